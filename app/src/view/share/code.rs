//! A link as a QR code: dark on light whatever the theme, with the quiet edge that readers need.

use elements::{El, el, svg};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// Modules of light around the code, as its standard asks for.
const QUIET: i32 = 4;

/// A link that fits into no code (some kilobytes) has none.
pub fn code(link: &str, name: &'static str) -> Option<El> {
    let code = QrCode::encode_text(link, QrCodeEcc::Medium).ok()?;
    let size = code.size() + 2 * QUIET;
    let drawing = svg("svg")
        .attr("viewBox", format!("0 0 {size} {size}"))
        .attr("role", "img")
        .attr("aria-label", name)
        .attr("shape-rendering", "crispEdges")
        .child(svg("path").attr("fill", "#FFFFFF").attr("d", format!("M0 0h{size}v{size}h-{size}z")))
        .child(svg("path").attr("fill", "#000000").attr("d", dark(&code)));
    Some(el("div").class("code").child(drawing))
}

/// Runs of dark modules in each row.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|&x| code.get_module(x, y)).count() as i32;
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_covers_exactly_the_dark_modules() {
        let code = QrCode::encode_text("http://storm.local:3000/b/abc", QrCodeEcc::Medium).unwrap();
        let path = dark(&code);
        let drawn: i32 = path
            .split('h')
            .skip(1)
            .step_by(2)
            .filter_map(|it| it.split('v').next()?.parse::<i32>().ok())
            .sum();
        let modules = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        assert_eq!(drawn, modules.filter(|&(x, y)| code.get_module(x, y)).count() as i32);
        assert!(
            path.starts_with(&format!("M{QUIET} {QUIET}h7v1h-7z")),
            "the corner mark begins with seven dark ones"
        );
    }
}

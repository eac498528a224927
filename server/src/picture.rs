//! Pixels for a board's SVG: with the page's own font, and the machine's fonts for scripts that it lacks.

use draw::Theme;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, OnceLock};

/// A part of Inter (SIL Open Font License, beside it) with the letters of Latin, Greek and Cyrillic.
const INTER: &[u8] = include_bytes!("../assets/inter.ttf");
const FAMILY: &str = "Inter Variable";
/// What previews of links show.
const PREVIEW: (u32, u32) = (1200, 630);
/// The smallest scale of a preview: of a large board it shows the beginning.
const LEGIBLE: f32 = 0.3;
/// The longest side and the area of a picture; larger boards are drawn smaller.
const LONGEST: f32 = 6_000.0;
const AREA: f32 = 12e6;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Size {
    /// Twice as many pixels as the board has, as screens do nowadays, where that is not too many.
    Natural,
    Preview,
}

/// Draws an SVG of ours.
pub fn png(svg: &str, size: Size, theme: Theme) -> Result<Vec<u8>, String> {
    let options = Options { fontdb: fonts(), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let (across, down, scale) = match size {
        Size::Natural => {
            let scale = 2f32.min(LONGEST / width.max(height)).min((AREA / (width * height)).sqrt());
            ((width * scale) as u32, (height * scale) as u32, scale)
        }
        Size::Preview => {
            let (across, down) = PREVIEW;
            let whole = (across as f32 / width).min(down as f32 / height);
            (across, down, whole.clamp(LEGIBLE, 1.5))
        }
    };
    let mut pixels = Pixmap::new(across.max(1), down.max(1)).ok_or("the picture has no size")?;
    pixels.fill(canvas(theme));
    // What does not fit is cut off at its end, not at its beginning.
    let left = ((across as f32 - width * scale) / 2.0).max(0.0);
    let top = ((down as f32 - height * scale) / 2.0).max(0.0);
    let place = Transform::from_scale(scale, scale).post_translate(left, top);
    resvg::render(&tree, place, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}

fn canvas(theme: Theme) -> Color {
    let [red, green, blue] = theme.canvas();
    Color::from_rgba8(red, green, blue, u8::MAX)
}

/// Read once: looking through a machine's fonts takes a moment.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let read = || {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(INTER.to_vec());
        fonts.load_system_fonts();
        Arc::new(fonts)
    };
    FONTS.get_or_init(read).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shows() {
        let picture = |words: &str| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"50\" font-family=\"{FAMILY}\">\
                 <text x=\"10\" y=\"30\" font-size=\"20\">{words}</text></svg>"
            );
            png(&svg, Size::Natural, Theme::Light).unwrap()
        };
        assert_ne!(picture("Todo Added"), picture(""));
        assert_ne!(picture("Заказ"), picture("Ωμέγα"));
    }

    #[test]
    fn pictures_have_a_size_that_a_browser_can_show() {
        let size = |width: u32, height: u32, size: Size| {
            let svg =
                format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>");
            let png = png(&svg, size, Theme::Dark).unwrap();
            let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
            (number(16), number(20))
        };
        assert_eq!(size(600, 300, Size::Natural), (1200, 600));
        assert_eq!(size(600, 300, Size::Preview), PREVIEW);
        assert_eq!(size(900_000, 9, Size::Preview), PREVIEW);
        let (width, height) = size(90_000, 70_000, Size::Natural);
        assert!(width <= 6_000 && width * height <= 12_000_000, "{width} x {height}");
    }
}

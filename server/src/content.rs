//! A board by its address: `/b/<link>.emd`, `.eml.yaml`, `.svg`, `.png`, `.mmd`, `.dot`, `.squall`. Whoever holds any link to
//! a board may read it so.
//!
//! Invariants: what people wrote never becomes a page: each answer forbids scripts and everything foreign. No answer is
//! larger than a wall that people work at needs: an SVG shows up to 20,000 lines, a PNG up to 4,000, and a model is
//! written or drawn while its lists hold up to two million names.

use crate::access::BoardId;
use crate::documents::{Document, DocumentError};
use crate::picture::{self, Size};
use crate::service::Service;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use board::{Replica, file, layout};
use draw::Theme;
use lint::{Level, Options, Profile};
use serde::Deserialize;
use std::fmt::Write;

/// Stickies that a picture shows at most. (A hundred times what a wall holds.)
const MOST_STICKIES: usize = 20_000;
/// And one of pixels: while it is drawn, each letter is an outline in memory.
const MOST_PIXELLED: usize = 4_000;
/// Names in the lists of a model. Where everything has to do with everything they grow with the square of the text.
const MOST_NAMES: usize = 2_000_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Emd,
    Eml,
    Svg,
    Png,
    Mermaid,
    Graphviz,
    Squall,
}

impl Format {
    const ALL: [(Format, &str, &str); 7] = [
        (Format::Emd, "emd", "text/plain; charset=utf-8"),
        (Format::Eml, "eml.yaml", "application/yaml; charset=utf-8"),
        (Format::Svg, "svg", "image/svg+xml"),
        (Format::Png, "png", "image/png"),
        (Format::Mermaid, "mmd", "text/vnd.mermaid; charset=utf-8"),
        (Format::Graphviz, "dot", "text/vnd.graphviz; charset=utf-8"),
        (Format::Squall, "squall", "application/json"),
    ];

    pub fn of_ending(ending: &str) -> Option<Format> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == ending).map(|(format, ..)| format)
    }

    fn ending(self) -> &'static str {
        Self::ALL.iter().find(|(format, ..)| *format == self).map_or("", |(_, ending, _)| ending)
    }

    fn content_type(self) -> &'static str {
        Self::ALL.iter().find(|(format, ..)| *format == self).map_or("", |(.., kind)| kind)
    }
}

/// How a picture is wished.
#[derive(Deserialize, Clone, Default)]
pub struct Wish {
    #[serde(default)]
    theme: String,
    /// Fitted into the frame that previews of links have (`.png` only).
    preview: Option<String>,
    /// To be saved rather than shown.
    download: Option<String>,
}

impl Wish {
    fn theme(&self) -> Theme {
        if self.theme == "dark" { Theme::Dark } else { Theme::Light }
    }

    fn size(&self) -> Size {
        if self.preview.is_some() { Size::Preview } else { Size::Natural }
    }
}

/// The answer to a request for a board in this format.
pub async fn answer(
    service: &Service,
    board: &BoardId,
    format: Format,
    wish: Wish,
    headers: &HeaderMap,
) -> Result<Response, DocumentError> {
    let document = Document::of(service, board).await?;
    let tag = tag(&document, format, &wish);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok(protected((StatusCode::NOT_MODIFIED, caching(&tag)).into_response()));
    }
    let (theme, size) = (wish.theme(), wish.size());
    let (title, made) = document
        .read(move |replica| {
            (draw::title(replica.board()).unwrap_or_default(), make(replica, format, theme, size))
        })
        .await?;
    let body = match made {
        Ok(body) => body,
        Err(Refusal::TooLarge(why)) => return Ok((StatusCode::PAYLOAD_TOO_LARGE, why).into_response()),
        Err(Refusal::Drawing(why)) => return Err(DocumentError::Unreadable(why)),
    };
    let disposition = if wish.download.is_some() { "attachment" } else { "inline" };
    let named = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("{disposition}; {}", file_name(&title, format.ending()))),
    ];
    Ok(protected((caching(&tag), named, body).into_response()))
}

/// Why a board is not given in some format.
enum Refusal {
    TooLarge(&'static str),
    Drawing(String),
}

fn make(replica: &Replica, format: Format, theme: Theme, size: Size) -> Result<Vec<u8>, Refusal> {
    let board = replica.board();
    let lines: Vec<&str> = board.texts().collect();
    if !fits(&lines, format) {
        return Err(Refusal::TooLarge(match format {
            Format::Mermaid | Format::Graphviz => {
                "this model is too large for a diagram; fetch its text (.emd) instead\n"
            }
            _ => "this board is too large for a picture; fetch its text (.emd) instead\n",
        }));
    }
    Ok(match format {
        Format::Emd => (board.text() + "\n").into_bytes(),
        Format::Eml => eml(&lines)?.into_bytes(),
        Format::Svg => draw::svg(board, &layout::layout(board), theme).into_bytes(),
        Format::Png => {
            let svg = draw::svg(board, &layout::layout(board), theme);
            picture::png(&svg, size, theme).map_err(Refusal::Drawing)?
        }
        Format::Mermaid => draw::mermaid(&lines).into_bytes(),
        Format::Graphviz => draw::graphviz(&lines).into_bytes(),
        Format::Squall => file::write(board, &replica.runs()).into_bytes(),
    })
}

/// Whether a picture or a diagram of the text keeps to its bounds. The others have theirs in the size of the text or
/// where they are made.
fn fits(lines: &[&str], format: Format) -> bool {
    match format {
        Format::Svg => lines.len() <= MOST_STICKIES,
        Format::Png => lines.len() <= MOST_PIXELLED,
        Format::Mermaid | Format::Graphviz => {
            let document = emd::Document::of_lines(lines, Profile::Squall.read());
            names(&eml::lower(&document, Profile::Squall).solution) <= MOST_NAMES
        }
        Format::Emd | Format::Eml | Format::Squall => true,
    }
}

/// As `squall convert` writes it.
fn eml(lines: &[&str]) -> Result<String, Refusal> {
    let options = Options { profile: Profile::Squall, level: Level::SoftwareDesign };
    let report = lint::inspect(lines, &options);
    if names(&report.lowered.solution) > MOST_NAMES {
        return Err(Refusal::TooLarge(
            "this model is too large to be written; fetch its text (.emd) instead\n",
        ));
    }
    let errors: Vec<_> = report.errors().cloned().collect();
    Ok(eml::yaml(&report.lowered.solution, &errors, Profile::Squall))
}

/// How many names the lists of a model hold, counted where they are shared: to write them out is what takes memory.
fn names(solution: &eml::Solution) -> usize {
    let of_context = |context: &eml::Context| {
        let commands = context.streams.iter().flat_map(|stream| &stream.commands);
        let after: usize = commands.map(|command| command.postconditions.len()).sum();
        let heard = context.readmodels.iter().flat_map(|model| model.subscribes_to.lists());
        after + heard.map(<[_]>::len).sum::<usize>()
    };
    solution.contexts.iter().map(of_context).sum()
}

/// Weak: what is drawn the same may have come about in two ways.
fn tag(document: &Document, format: Format, wish: &Wish) -> String {
    let mut tag = String::from("W/\"");
    for byte in &document.mark()[..12] {
        // Writing to a string does not fail.
        let _ = write!(tag, "{byte:02x}");
    }
    let dark = if wish.theme() == Theme::Dark { "-dark" } else { "" };
    let preview = if wish.size() == Size::Preview { "-preview" } else { "" };
    let version = env!("CARGO_PKG_VERSION");
    let _ = write!(tag, "-{}{dark}{preview}-{version}\"", format.ending());
    tag
}

/// The address is a secret and the board may change: nobody between keeps a copy, and who has one asks again.
fn caching(tag: &str) -> [(HeaderName, String); 2] {
    [(header::CACHE_CONTROL, "private, no-cache".to_owned()), (header::ETAG, tag.to_owned())]
}

fn protected(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    // Who knows the address may show the picture on a page of his own.
    let name = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(name, HeaderValue::from_static("cross-origin"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}

/// The title as a name of a file: plain for old clients, and in full.
fn file_name(title: &str, ending: &str) -> String {
    const LONGEST: usize = 60;
    let words = |keep: fn(char) -> bool| {
        let text: String = title.chars().map(|c| if keep(c) { c } else { ' ' }).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join("-");
        let text: String = text.chars().take(LONGEST).collect();
        if text.is_empty() { "board".to_owned() } else { text }
    };
    let plain = words(|c| c.is_ascii_alphanumeric());
    let full = words(char::is_alphanumeric);
    let mut out = format!("filename=\"{plain}.{ending}\"");
    if full != plain {
        out.push_str("; filename*=UTF-8''");
        for byte in full.bytes() {
            let safe = byte.is_ascii_alphanumeric() || byte == b'-';
            let _ = if safe { write!(out, "{}", byte as char) } else { write!(out, "%{byte:02X}") };
        }
        let _ = write!(out, ".{ending}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_harmless_file_name() {
        assert_eq!(file_name("TODO List", "svg"), "filename=\"TODO-List.svg\"");
        assert_eq!(file_name("", "emd"), "filename=\"board.emd\"");
        assert_eq!(file_name("../\"a\r\n; b", "emd"), "filename=\"a-b.emd\"");
        assert_eq!(
            file_name("Caf\u{e9}", "eml.yaml"),
            "filename=\"Caf.eml.yaml\"; filename*=UTF-8''Caf%C3%A9.eml.yaml"
        );
    }

    #[test]
    fn lists_that_grow_with_the_square_of_a_text_are_not_written_out() {
        let model = |many: usize| {
            let events = (0..many).map(|at| format!("Item{at} Added // itemId"));
            events.chain((0..many).map(|at| format!("Items{at}* // itemId"))).collect::<Vec<_>>()
        };
        for (many, is_fine) in [(10, true), (1_500, false)] {
            let text = model(many);
            let lines: Vec<&str> = text.iter().map(String::as_str).collect();
            assert_eq!(fits(&lines, Format::Mermaid), is_fine);
            assert_eq!(fits(&lines, Format::Graphviz), is_fine);
            assert_eq!(eml(&lines).is_ok(), is_fine);
        }
    }

    #[test]
    fn a_picture_of_pixels_shows_fewer_lines_than_one_of_outlines() {
        let lines = vec!["Todo Added"; MOST_PIXELLED + 1];
        assert!(fits(&lines, Format::Svg) && !fits(&lines, Format::Png));
        assert!(fits(&lines[1..], Format::Png));
    }

    #[test]
    fn endings_name_formats_and_nothing_else_does() {
        for (format, ending, _) in Format::ALL {
            assert_eq!(Format::of_ending(ending), Some(format));
        }
        assert_eq!(Format::of_ending("yaml"), None);
        assert_eq!(Format::of_ending("svg.exe"), None);
    }
}

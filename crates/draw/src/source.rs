//! The picture's own text: Event Markdown in its metadata, so that the picture opens as a board again.

use crate::xml::{Xml, unescape};

const NAME: &str = "squall:emd";
const OPEN: &str = "<squall:emd xmlns:squall=\"urn:squall:source\">";
const CLOSE: &str = "</squall:emd>";

pub(crate) fn write(xml: &mut Xml, text: &str) {
    xml.open("metadata", &[]);
    xml.leaf(NAME, &[("xmlns:squall", "urn:squall:source".into())], text);
    xml.close("metadata");
}

/// The Event Markdown of a picture that `svg` drew; `None` for any other picture.
pub fn source(svg: &str) -> Option<String> {
    let (_, rest) = svg.split_once(OPEN)?;
    let (text, _) = rest.split_once(CLOSE)?;
    Some(unescape(text))
}

//! Files that are no Event Markdown as Event Markdown: asked of the generator, which can read them.

use super::generator;
use crate::messages::ship as words;
use protocol::ship::{Ask, Say};

/// The text that a file of this name means, or why there is none.
pub async fn raise(name: String, text: String) -> Result<String, String> {
    match generator::ask(Ask::Raise { name, text }).await {
        Ok(Say::Text(text)) => Ok(text),
        Ok(_) => Err(words::STRANGE.to_owned()),
        Err(failed) => Err(words::failed(&failed)),
    }
}

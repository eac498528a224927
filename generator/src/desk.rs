//! One message in, its answer out.

use crate::api::Api;
use crate::operations;
use crate::shelf::{Shelf, findings, hash, listed};
use codegen::merge::lines;
use codegen::{Foreign, NotReady, Target};
use protocol::ship::{self, Ask, Failed, Message, Reply, Say};

const NO_PICTURE: &str = "it is no picture that Squall drew";

/// Answers messages, and remembers what the next one may be about.
#[derive(Default)]
pub struct Desk {
    shelf: Shelf,
    /// What somebody took before, while they compare.
    earlier: Shelf,
    api: Api,
}

/// What goes back to the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// The JSON of a reply.
    Words(String),
    /// The same, and bytes beside it.
    Bytes(String, Vec<u8>),
}

impl Desk {
    pub fn hear(&mut self, json: &str) -> Said {
        let Message { id, ask } = match serde_json::from_str(json) {
            Ok(message) => message,
            Err(error) => {
                let say = Say::Failed(Failed::Unreadable(error.to_string()));
                return Said::Words(written(id_of(json), say));
            }
        };
        if let Ask::Zip { text, target } = &ask {
            return match self.zip(text, target) {
                Ok(bytes) => Said::Bytes(written(id, Say::Zip), bytes),
                Err(say) => Said::Words(written(id, say)),
            };
        }
        Said::Words(written(id, self.answer(&ask).unwrap_or_else(|say| say)))
    }

    fn answer(&mut self, ask: &Ask) -> Result<Say, Say> {
        match ask {
            Ask::Targets => Ok(Say::Targets(targets())),
            Ask::Generate { text, target } => {
                let tree = self.shelf.tree(text, named(target)?).map_err(not_ready)?;
                Ok(Say::Files(listed(tree)))
            }
            Ask::File { text, target, path } => {
                let tree = self.shelf.tree(text, named(target)?).map_err(not_ready)?;
                tree.get(path).map(|file| Say::Text(file.text.clone())).ok_or(Say::Failed(Failed::NoSuchFile))
            }
            Ask::Difference { before, hash, text, target, path } => {
                self.difference(before, hash, text, named(target)?, path).map(Say::Text)
            }
            Ask::Raise { name, text } => raised(name, text).map(Say::Text).map_err(Say::Failed),
            Ask::Api { text } => {
                let tree = self.shelf.tree(text, Target::Specifications).map_err(not_ready)?;
                let document = tree.get(operations::DOCUMENT).map_or("", |file| file.text.as_str());
                Ok(Say::Operations(operations::of(document)))
            }
            Ask::Call { text, keep, calls } => {
                self.api.call(text, *keep, calls).map(Say::Answer).map_err(Say::Failed)
            }
            Ask::Zip { .. } => Ok(Say::Zip),
        }
    }

    /// A file that is no longer made has lost all its lines.
    fn difference(
        &mut self,
        before: &str,
        taken: &str,
        text: &str,
        target: Target,
        path: &str,
    ) -> Result<String, Say> {
        let now = self.shelf.tree(text, target).map_err(not_ready)?.get(path);
        let then = self.earlier.tree(before, target).map_err(not_ready)?.get(path);
        let then = then.filter(|file| hash(&file.text) == taken).ok_or(Say::Failed(Failed::NoSuchFile))?;
        Ok(lines::difference(&then.text, now.map_or("", |file| &file.text)))
    }

    fn zip(&mut self, text: &str, target: &str) -> Result<Vec<u8>, Say> {
        let tree = self.shelf.tree(text, named(target)?).map_err(not_ready)?;
        codegen::zip(tree).map_err(|error| Say::Failed(Failed::NoZip(error.to_string())))
    }
}

/// What a text cannot say of the file stands on the wall as notes.
fn raised(name: &str, text: &str) -> Result<String, Failed> {
    if name.to_lowercase().ends_with(".svg") {
        // A picture that Squall drew brings the board's text along.
        return draw::source(text).ok_or_else(|| Failed::NotRaised(NO_PICTURE.to_owned()));
    }
    let kind = Foreign::of_name(name).unwrap_or(Foreign::Eml);
    let raised = codegen::raise_text(kind, text).map_err(|why| Failed::NotRaised(why.to_string()))?;
    // The end of the last line begins no other one.
    Ok(raised.with_notes().trim_end().to_owned())
}

fn targets() -> Vec<ship::Target> {
    let target =
        |target: Target| ship::Target { id: target.id().to_owned(), title: target.title().to_owned() };
    Target::ALL.map(target).into()
}

fn named(target: &str) -> Result<Target, Say> {
    Target::of_id(target).ok_or(Say::Failed(Failed::NoSuchTarget))
}

fn not_ready(why: &NotReady) -> Say {
    Say::NotReady(findings(why))
}

/// Replies are plain data: writing them cannot fail.
fn written(id: u32, say: Say) -> String {
    serde_json::to_string(&Reply { id, say }).unwrap_or_default()
}

/// The number of a message that cannot be read otherwise; 0 where even that is missing.
fn id_of(json: &str) -> u32 {
    let read = serde_json::from_str::<serde_json::Value>(json).ok();
    let id = read.as_ref().and_then(|message| message.get("id")?.as_u64());
    id.and_then(|id| u32::try_from(id).ok()).unwrap_or(0)
}

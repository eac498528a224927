//! The plain picture of a board that views, plans and layout read. Made and kept by `doc.rs` alone.

use emd::Kind;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The version of the schema that this build writes. A page that meets a newer one goes read-only.
pub const FORMAT: u32 = 1;

/// The name of a line, random, made once. Foreign records may hold any string.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LineId(pub Arc<str>);

/// A short keyed hash that stands for a person on one board.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct PersonId(pub Arc<str>);

/// A place on the wall, in wall pixels: the top left corner of a sticky.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Gone {
    /// Milliseconds since 1970 on the room's clock.
    pub when: f64,
    pub who: PersonId,
}

/// One line record, as read. `kind` is derived from `text` and kept for speed only.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    pub text: String,
    pub kind: Kind,
    /// The order key; `None` (absent or not a string) sorts last.
    pub ord: Option<String>,
    /// The sticky that an annotation belongs to.
    pub of: Option<LineId>,
    pub pos: Option<Point>,
    pub gone: Option<Gone>,
    pub by: PersonId,
    /// Lines with the same word here are selected and dragged together.
    pub group: Option<Arc<str>>,
    /// On the wall it stays as it is, where it is, until somebody unlocks it.
    pub locked: bool,
}

impl Line {
    /// A line that says this, and nothing else about itself.
    pub fn new(text: String) -> Line {
        Line {
            kind: emd::line(&text).kind,
            text,
            ord: None,
            of: None,
            pos: None,
            gone: None,
            by: PersonId::default(),
            group: None,
            locked: false,
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Person {
    pub name: String,
    /// `#rrggbb`
    pub colour: String,
}

/// How formal a board is; what is written as `level` in its settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Level {
    /// Everything may be said; nothing is checked strictly. A new empty board.
    #[default]
    BigPicture,
    ProcessModelling,
    /// Checked like code. A board that began as a text.
    SoftwareDesign,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::BigPicture, Level::ProcessModelling, Level::SoftwareDesign];

    pub const fn slug(self) -> &'static str {
        match self {
            Level::BigPicture => "big-picture",
            Level::ProcessModelling => "process",
            Level::SoftwareDesign => "design",
        }
    }

    /// Words of foreign clients read as the mildest level.
    pub fn from_slug(slug: &str) -> Level {
        Level::ALL.into_iter().find(|level| level.slug() == slug).unwrap_or_default()
    }
}

/// The board as it reads now.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Version of the schema; a page that meets a newer one goes read-only.
    pub format: u32,
    pub level: Level,
    /// All line records, those that are gone included.
    pub lines: HashMap<LineId, Line>,
    /// The living lines in text order.
    pub order: Vec<LineId>,
    pub people: BTreeMap<PersonId, Person>,
    /// Becomes another one with whatever a layout depends on: lines that come, go or change their place, other
    /// kinds, longer titles. Typing in a sticky leaves it as it is.
    pub shape: u64,
}

impl Board {
    pub fn line(&self, id: &LineId) -> Option<&Line> {
        self.lines.get(id)
    }

    /// The Event Markdown of the board: its living lines, joined by newlines.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.texts().collect();
        lines.join("\n")
    }

    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.order.iter().filter_map(|id| self.lines.get(id)).map(|line| line.text.as_str())
    }

    /// Whether somebody has dragged freely: then every sticky has its own place.
    pub fn is_free(&self) -> bool {
        self.order.iter().any(|id| self.lines.get(id).is_some_and(|line| line.pos.is_some()))
    }
}

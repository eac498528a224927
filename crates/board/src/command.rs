//! What can happen to a board: the closed list of commands, and the steps that carry one out.

use crate::runs::Writes;
use crate::{Level, Line, LineId, Person, PersonId, Point};
use emd::Kind;
use std::sync::Arc;

/// Where in the order of lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum At {
    Start,
    End,
    Before(LineId),
    After(LineId),
}

/// Positions inside a line are UTF-16 code units, as the browser and Yjs count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    pub at: u32,
    pub delete: u32,
    /// Holds no newline.
    pub insert: String,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// A new sticky or line. `place` only counts on a free board or where a person pointed at a spot.
    Add {
        at: At,
        text: String,
        place: Option<Point>,
    },
    /// Typing inside one line.
    Type {
        line: LineId,
        splices: Vec<Splice>,
    },
    SetKind {
        lines: Vec<LineId>,
        kind: Kind,
    },
    /// The end of a drag: `by` is the way the stickies went on the wall.
    Drop {
        lines: Vec<LineId>,
        by: Point,
    },
    Remove {
        lines: Vec<LineId>,
    },
    Restore {
        lines: Vec<LineId>,
    },
    Duplicate {
        lines: Vec<LineId>,
        by: Point,
    },
    /// Lines of a text, one sticky each; Event Markdown keeps its kinds.
    Paste {
        at: At,
        text: String,
        place: Option<Point>,
    },
    /// One splice of the whole text as the text pane shows it (UTF-16 positions in the joined text).
    Splice {
        at: u32,
        delete: u32,
        insert: String,
    },
    /// Makes the whole text this one; equal lines, then equal names, keep their records.
    Replace {
        text: String,
    },
    /// Moves lines as a block (Alt+Up/Down, insertion mark).
    Move {
        lines: Vec<LineId>,
        at: At,
    },
    /// Every sticky moves to this edge of what they take up together.
    Align {
        lines: Vec<LineId>,
        edge: Edge,
    },
    /// One group of their own from now on.
    Group {
        lines: Vec<LineId>,
    },
    Ungroup {
        lines: Vec<LineId>,
    },
    /// A locked sticky is left alone by everything that happens on the wall; typing in the text still reaches it.
    Lock {
        lines: Vec<LineId>,
        locked: bool,
    },
    /// The properties of one line, in order; its kind and name stay.
    SetProperties {
        line: LineId,
        properties: Vec<String>,
    },
    /// Back to flow: the layout places everything.
    Tidy,
    /// How formal the board is from now on, for everybody.
    SetLevel(Level),
    /// What happens to a run of the model: see `Runs`.
    Run(Writes),
    /// Who I am on this board.
    Introduce {
        name: String,
        colour: String,
    },
}

/// A side of a selection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    Left,
    Right,
    Top,
    Bottom,
}

/// Who acts, when, and where fresh ids come from.
pub struct Author<'a> {
    pub me: &'a PersonId,
    /// Milliseconds since 1970 on the room's clock.
    pub now: f64,
    pub random: &'a mut dyn FnMut() -> u64,
}

/// One step on the document. A plan is carried out whole, in one transaction.
#[derive(Clone, PartialEq, Debug)]
pub enum Op {
    Create {
        id: LineId,
        line: Line,
    },
    Splice {
        id: LineId,
        splice: Splice,
    },
    SetOrd {
        id: LineId,
        ord: String,
    },
    SetOf {
        id: LineId,
        of: Option<LineId>,
    },
    SetPos {
        id: LineId,
        pos: Option<Point>,
    },
    SetGroup {
        id: LineId,
        group: Option<Arc<str>>,
    },
    SetLock {
        id: LineId,
        locked: bool,
    },
    Remove {
        id: LineId,
        when: f64,
    },
    Restore {
        id: LineId,
    },
    SetPerson {
        id: PersonId,
        person: Person,
    },
    /// Written once, by whoever makes the board.
    SetFormat {
        format: u32,
    },
    SetLevel(Level),
    /// One entry of the runs; nobody undoes it.
    SetRun {
        key: Arc<str>,
        value: Option<String>,
    },
}

/// What a command comes to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    pub ops: Vec<Op>,
    /// The stickies that a person will want selected now.
    pub touched: Vec<LineId>,
}

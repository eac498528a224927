//! The `.squall` file: a board as JSON that opens as the same board, each line with its id.
//!
//! ```text
//! { "squall": 1, "level": "design",
//!   "people": { "<person>": { "name": "...", "colour": "#rrggbb" } },
//!   "lines": [ { "id": "...", "text": "...", "ord": "...", "by": "<person>",
//!                "of"?: "<line>", "pos"?: [x, y], "group"?: "...", "lock"?: true } ],
//!   "runs"?: { "<key>": "..." } }                                  as in the document: see `runs`
//! ```
//!
//! Invariants: what is written is read back and written again as the same text; lines are in text order, one on each
//! line of the file; a file that does not make sense is an error with a place, never a panic or half a board.
//! A run that would make the file larger than what is read is left out.
//! Not here: the history of a board, lines that were deleted, votes and comments.

pub(crate) mod json;

use crate::record::{is_colour, is_place, one_line};
use crate::runs::Runs;
use crate::{Board, FORMAT, Level, Line, LineId, Op, Person, PersonId, Point, sequence};
use json::{Json, write_text};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// The newest version that this build reads, and the one it writes.
pub const VERSION: u32 = 1;
/// A file larger than this (in bytes) is nobody's board.
const LARGEST: usize = 16 << 20;
/// The longest id.
const LONGEST: usize = 1 << 10;

/// A board as a file tells it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Squall {
    pub level: Level,
    pub people: BTreeMap<PersonId, Person>,
    pub lines: Vec<(LineId, Line)>,
    pub runs: Runs,
}

/// Why a file does not open.
#[derive(Clone, PartialEq, Debug)]
pub enum FileError {
    TooBig,
    /// Not JSON, from this line of the file on (counted from 1).
    Syntax {
        line: usize,
    },
    /// JSON, but nothing that Squall wrote.
    Foreign,
    /// Written by a newer Squall.
    Newer {
        version: u32,
    },
    /// One of the board's lines (counted from 1) makes no sense.
    Line {
        nth: usize,
        flaw: Flaw,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// It has no id, or one that is too long.
    Id,
    /// Another line has the same id.
    Twice,
    NoText,
    /// Its place is no pair of numbers.
    Place,
    /// Another of its fields is of the wrong kind.
    Field,
    /// It belongs to itself, by way of others or not.
    Circle,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::TooBig => f.write_str("the file is too large for a board"),
            FileError::Syntax { line } => write!(f, "line {line} of the file is damaged"),
            FileError::Foreign => f.write_str("this is not a Squall board"),
            FileError::Newer { version } => {
                write!(f, "the file was written by a newer Squall (version {version} of the format)")
            }
            FileError::Line { nth, flaw } => {
                let what = match flaw {
                    Flaw::Id => "has no usable id",
                    Flaw::Twice => "has the id of another one",
                    Flaw::NoText => "has no text",
                    Flaw::Place => "has a place that is no pair of numbers",
                    Flaw::Field => "has a field that makes no sense",
                    Flaw::Circle => "belongs to itself",
                };
                write!(f, "sticky {nth} in the file {what}")
            }
        }
    }
}

impl std::error::Error for FileError {}

impl Squall {
    /// The steps that make an empty replica this board: carry them out once, untracked.
    pub fn ops(&self) -> Vec<Op> {
        let people =
            self.people.iter().map(|(id, person)| Op::SetPerson { id: id.clone(), person: person.clone() });
        let lines = self.lines.iter().map(|(id, line)| Op::Create { id: id.clone(), line: line.clone() });
        let settings = [Op::SetFormat { format: FORMAT }, Op::SetLevel(self.level)];
        let runs = self.runs.entries();
        let runs = runs.map(|(key, value)| Op::SetRun { key: key.into(), value: Some(value) });
        settings.into_iter().chain(people).chain(lines).chain(runs).collect()
    }
}

pub fn write(board: &Board, runs: &Runs) -> String {
    let mut out =
        format!("{{\n\"squall\": {VERSION},\n\"level\": \"{}\",\n\"people\": {{", board.level.slug());
    for (nth, (id, person)) in board.people.iter().enumerate() {
        out.push_str(if nth == 0 { "\n" } else { ",\n" });
        write_text(&mut out, &id.0);
        field(&mut out, ": {", "name", &person.name);
        field(&mut out, ", ", "colour", &person.colour);
        out.push('}');
    }
    out.push_str("\n},\n\"lines\": [");
    for (nth, id) in board.order.iter().enumerate() {
        if let Some(line) = board.line(id) {
            out.push_str(if nth == 0 { "\n" } else { ",\n" });
            let of = line.of.as_ref().filter(|_| !sequence::is_endless(&board.lines, id));
            write_line(&mut out, id, line, of);
        }
    }
    out.push_str("\n]");
    write_runs(&mut out, runs);
    out.push_str("\n}\n");
    out
}

fn write_runs(out: &mut String, runs: &Runs) {
    let mut room = LARGEST.saturating_sub(out.len() + 64);
    let mut first = true;
    for (id, run) in runs.iter() {
        let mut text = String::new();
        for (key, value) in run.entries(id) {
            field(&mut text, ",\n", &key, &value);
        }
        if let Some(left) = room.checked_sub(text.len()) {
            room = left;
            let start = if first { ",\n\"runs\": {\n" } else { ",\n" };
            out.push_str(start);
            out.push_str(text.trim_start_matches(",\n"));
            first = false;
        }
    }
    if !first {
        out.push_str("\n}");
    }
}

fn write_line(out: &mut String, id: &LineId, line: &Line, of: Option<&LineId>) {
    field(out, "{", "id", &id.0);
    field(out, ", ", "text", &line.text);
    let texts = [
        ("ord", line.ord.as_deref()),
        ("of", of.map(|of| of.0.as_ref())),
        ("group", line.group.as_deref()),
        ("by", Some(line.by.0.as_ref()).filter(|by| !by.is_empty())),
    ];
    for (key, value) in texts {
        if let Some(value) = value {
            field(out, ", ", key, value);
        }
    }
    if let Some(Point { x, y }) = line.pos {
        out.push_str(&format!(", \"pos\": [{x}, {y}]"));
    }
    if line.locked {
        out.push_str(", \"lock\": true");
    }
    out.push('}');
}

fn field(out: &mut String, before: &str, key: &str, value: &str) {
    out.push_str(before);
    write_text(out, key);
    out.push_str(": ");
    write_text(out, value);
}

pub fn read(text: &str) -> Result<Squall, FileError> {
    if text.len() > LARGEST {
        return Err(FileError::TooBig);
    }
    let text = text.trim_start_matches('\u{FEFF}');
    let file = json::read(text).map_err(|at| {
        let line = text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count() + 1;
        FileError::Syntax { line }
    })?;
    let version = file.get("squall").and_then(Json::number).filter(|version| *version >= 1.0);
    let version = version.ok_or(FileError::Foreign)? as u32;
    if version > VERSION {
        return Err(FileError::Newer { version });
    }
    let lines = file.get("lines").and_then(Json::list).ok_or(FileError::Foreign)?;
    let lines = lines
        .iter()
        .enumerate()
        .map(|(at, line)| read_line(line).map_err(|flaw| FileError::Line { nth: at + 1, flaw }))
        .collect::<Result<Vec<_>, _>>()?;
    let lines = sound(lines)?;
    let level = file.get("level").and_then(Json::text).map_or(Level::default(), Level::from_slug);
    Ok(Squall { level, people: people(&file), lines, runs: runs(&file) })
}

fn runs(file: &Json) -> Runs {
    let Some(Json::Map(entries)) = file.get("runs") else {
        return Runs::default();
    };
    Runs::read(entries.iter().map(|(key, value)| (key, value.text().map(str::to_owned))))
}

fn read_line(line: &Json) -> Result<(LineId, Line), Flaw> {
    let word = |key: &str| match line.get(key) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Text(word)) => Ok(Some(word.as_str())),
        Some(_) => Err(Flaw::Field),
    };
    let id = word("id").ok().flatten().filter(|id| id.len() <= LONGEST).ok_or(Flaw::Id)?;
    let text = line.get("text").and_then(Json::text).ok_or(Flaw::NoText)?;
    let line = Line {
        ord: word("ord")?.map(str::to_owned),
        of: word("of")?.map(|of| LineId(of.into())),
        group: word("group")?.filter(|group| !group.is_empty()).map(Into::into),
        by: PersonId(word("by")?.unwrap_or_default().into()),
        pos: line.get("pos").map(place).transpose()?,
        locked: line.get("lock") == Some(&Json::Bool(true)),
        ..Line::new(one_line(text.to_owned()))
    };
    Ok((LineId(id.into()), line))
}

fn place(pair: &Json) -> Result<Point, Flaw> {
    match pair.list() {
        Some([Json::Number(x), Json::Number(y)]) if is_place(*x) && is_place(*y) => {
            Ok(Point { x: *x, y: *y })
        }
        _ => Err(Flaw::Place),
    }
}

/// No id twice, nobody their own owner.
fn sound(lines: Vec<(LineId, Line)>) -> Result<Vec<(LineId, Line)>, FileError> {
    let mut all: HashMap<LineId, Line> = HashMap::with_capacity(lines.len());
    for (at, (id, line)) in lines.iter().enumerate() {
        if all.insert(id.clone(), line.clone()).is_some() {
            return Err(FileError::Line { nth: at + 1, flaw: Flaw::Twice });
        }
    }
    match lines.iter().position(|(id, _)| sequence::is_endless(&all, id)) {
        Some(at) => Err(FileError::Line { nth: at + 1, flaw: Flaw::Circle }),
        None => Ok(lines),
    }
}

fn people(file: &Json) -> BTreeMap<PersonId, Person> {
    let Some(Json::Map(people)) = file.get("people") else {
        return BTreeMap::new();
    };
    let person = |(id, person): &(String, Json)| {
        let word = |key: &str| person.get(key).and_then(Json::text).unwrap_or_default().to_owned();
        let colour = Some(word("colour")).filter(|colour| is_colour(colour)).unwrap_or_default();
        (PersonId(id.as_str().into()), Person { name: one_line(word("name")), colour })
    };
    people.iter().filter(|(id, _)| id.len() <= LONGEST).map(person).collect()
}

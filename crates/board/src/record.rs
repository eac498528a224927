//! Reading a line record of any shape, and what is written into one. Reading is total: whatever a foreign client
//! wrote, a line comes out or none does.
//!
//! A record without a usable `ord` sorts last, a `pos` that is no pair of finite numbers is ignored, a line break
//! inside a text reads as a space (one for one, so that positions stay what Yjs counts).
//! Not here: yrs (`doc.rs` hands plain values in).

use crate::history::Removed;
use crate::{FORMAT, Gone, Level, Line, LineId, Op, Person, PersonId, Point};

/// A value of a record, as far as a board cares.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    Bool(bool),
    List(Vec<Value>),
    Other,
}

/// The fields of a line record that somebody wrote.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub text: Option<Value>,
    pub ord: Option<Value>,
    pub of: Option<Value>,
    pub pos: Option<Value>,
    pub gone: Option<Value>,
    pub by: Option<Value>,
    pub group: Option<Value>,
    pub lock: Option<Value>,
}

impl Fields {
    pub fn read(field: impl Fn(&str) -> Option<Value>) -> Fields {
        Fields {
            text: field("text"),
            ord: field("ord"),
            of: field("of"),
            pos: field("pos"),
            gone: field("gone"),
            by: field("by"),
            group: field("group"),
            lock: field("lock"),
        }
    }
}

/// Places further out than this are nonsense and would break arithmetic on screen.
const FAR: f64 = 1e9;

pub(crate) fn line(fields: Fields) -> Line {
    let text = match fields.text {
        Some(Value::Text(text)) => one_line(text),
        _ => String::new(),
    };
    Line {
        ord: string(fields.ord),
        of: string(fields.of).map(|id| LineId(id.into())),
        pos: fields.pos.as_ref().and_then(point),
        gone: fields.gone.as_ref().and_then(gone),
        by: PersonId(string(fields.by).unwrap_or_default().into()),
        group: string(fields.group).filter(|group| !group.is_empty()).map(Into::into),
        locked: fields.lock == Some(Value::Bool(true)),
        ..Line::new(text)
    }
}

/// What a fresh record says beside its text.
pub(crate) fn fields(line: &Line) -> impl Iterator<Item = (&'static str, Value)> {
    let text = |text: &str| Value::Text(text.to_owned());
    let fields = [
        ("ord", line.ord.as_deref().map(text)),
        ("of", line.of.as_ref().map(|of| text(&of.0))),
        ("pos", line.pos.map(pair)),
        ("by", Some(text(&line.by.0))),
        ("gone", line.gone.as_ref().map(departure)),
        ("group", line.group.as_deref().map(text)),
        ("lock", line.locked.then_some(Value::Bool(true))),
    ];
    fields.into_iter().filter_map(|(key, value)| Some((key, value?)))
}

/// The map that an op writes to.
pub(crate) enum Place<'a> {
    Line(&'a LineId),
    Settings,
    Runs,
}

/// Where an op writes to, the field, and its value; `None` as value takes the field away.
pub(crate) fn written<'a>(op: &'a Op, me: &PersonId) -> Option<(Place<'a>, &'a str, Option<Value>)> {
    let text = |text: &str| Value::Text(text.to_owned());
    let (id, key, value) = match op {
        Op::SetOrd { id, ord } => (id, "ord", Some(text(ord))),
        Op::SetOf { id, of } => (id, "of", of.as_ref().map(|of| text(&of.0))),
        Op::SetPos { id, pos } => (id, "pos", pos.map(pair)),
        Op::SetGroup { id, group } => (id, "group", group.as_deref().map(text)),
        Op::SetLock { id, locked } => (id, "lock", locked.then_some(Value::Bool(true))),
        Op::Remove { id, when } => (id, "gone", Some(departure(&Gone { when: *when, who: me.clone() }))),
        Op::Restore { id } => (id, "gone", None),
        Op::SetFormat { format } => {
            return Some((Place::Settings, "format", Some(Value::Number(f64::from(*format)))));
        }
        Op::SetLevel(level) => return Some((Place::Settings, "level", Some(text(level.slug())))),
        Op::SetRun { key, value } => return Some((Place::Runs, key, value.clone().map(Value::Text))),
        Op::Create { .. } | Op::Splice { .. } | Op::SetPerson { .. } => return None,
    };
    Some((Place::Line(id), key, value))
}

/// What keeps a fresh line out of sight until the step that lets it in.
pub(crate) fn hidden(when: f64, who: &PersonId) -> Value {
    departure(&Gone { when, who: who.clone() })
}

/// The lines that these steps remove, with what is written to say so.
pub(crate) fn removed(ops: &[Op], me: &PersonId) -> Removed {
    let removed = |op: &Op| match op {
        Op::Remove { id, when } => Some((id.clone(), Gone { when: *when, who: me.clone() })),
        _ => None,
    };
    ops.iter().filter_map(removed).collect()
}

fn pair(point: Point) -> Value {
    Value::List(vec![Value::Number(point.x), Value::Number(point.y)])
}

fn departure(gone: &Gone) -> Value {
    Value::List(vec![Value::Number(gone.when), Value::Text(gone.who.0.to_string())])
}

pub(crate) fn person(name: Option<Value>, colour: Option<Value>) -> Person {
    let colour = string(colour).filter(|colour| is_colour(colour));
    Person { name: one_line(string(name).unwrap_or_default()), colour: colour.unwrap_or_default() }
}

/// A board that says nothing (a foreign client made it) has the format that we write.
pub(crate) fn format(value: Option<Value>) -> u32 {
    match value {
        Some(Value::Number(number)) if number >= 0.0 => number as u32,
        _ => FORMAT,
    }
}

pub(crate) fn level(value: Option<Value>) -> Level {
    string(value).map_or(Level::default(), |slug| Level::from_slug(&slug))
}

/// Only `#rrggbb` gets through: the colour ends up in a style.
pub(crate) fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A record is one line; a line break inside it reads as a space.
pub(crate) fn one_line(text: String) -> String {
    if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], " ") } else { text }
}

pub(crate) fn string(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// Whether something may lie that far out.
pub(crate) fn is_place(number: f64) -> bool {
    number.is_finite() && number.abs() <= FAR
}

fn point(value: &Value) -> Option<Point> {
    let Value::List(list) = value else {
        return None;
    };
    let [Value::Number(x), Value::Number(y)] = list[..] else {
        return None;
    };
    (is_place(x) && is_place(y)).then_some(Point { x, y })
}

/// Any `gone` but null or false means gone: a foreign client may well write `true`.
fn gone(value: &Value) -> Option<Gone> {
    let mut gone = Gone { when: 0.0, who: PersonId::default() };
    match value {
        Value::Other | Value::Bool(false) => return None,
        Value::Number(when) if when.is_finite() => gone.when = *when,
        Value::List(list) => {
            if let Some(Value::Number(when)) = list.first()
                && when.is_finite()
            {
                gone.when = *when;
            }
            if let Some(Value::Text(who)) = list.get(1) {
                gone.who = PersonId(who.as_str().into());
            }
        }
        Value::Number(_) | Value::Text(_) | Value::Bool(true) => {}
    }
    Some(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<Value> {
        Some(Value::Text(text.to_owned()))
    }

    #[test]
    fn a_record_with_nothing_but_a_text_is_a_line() {
        let line = line(Fields { text: text("Todo Added"), ..Fields::default() });
        assert_eq!(line.text, "Todo Added");
        assert_eq!((line.ord, line.of, line.pos), (None, None, None));
        assert!(line.gone.is_none());
    }

    #[test]
    fn line_breaks_read_as_spaces() {
        let line = line(Fields { text: text("a\nb\r\nc"), ..Fields::default() });
        assert_eq!(line.text, "a b  c");
    }

    #[test]
    fn fields_of_the_wrong_type_are_ignored() {
        let number = || Some(Value::Number(1.0));
        let line = line(Fields {
            text: number(),
            ord: number(),
            of: number(),
            pos: text("here"),
            gone: Some(Value::Other),
            by: number(),
            group: number(),
            lock: text("yes"),
        });
        assert_eq!(line.text, "");
        assert_eq!((line.ord, line.of, line.pos), (None, None, None));
        assert!(line.gone.is_none() && line.group.is_none() && !line.locked);
    }

    #[test]
    fn only_a_pair_of_finite_numbers_is_a_place() {
        let pair = |x, y| Value::List(vec![Value::Number(x), Value::Number(y)]);
        assert_eq!(point(&pair(1.0, 2.0)), Some(Point { x: 1.0, y: 2.0 }));
        assert_eq!(point(&pair(f64::NAN, 2.0)), None);
        assert_eq!(point(&pair(f64::INFINITY, 2.0)), None);
        assert_eq!(point(&pair(1e300, 2.0)), None);
        assert_eq!(point(&Value::List(vec![Value::Number(1.0)])), None);
    }

    #[test]
    fn a_colour_that_could_break_a_style_is_dropped() {
        assert_eq!(person(text("Ann"), text("#12abEF")).colour, "#12abEF");
        assert_eq!(person(text("Ann"), text("red;} body{")).colour, "");
    }
}

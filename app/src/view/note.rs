//! One sticky on the wall, drawn again only when its own line or place changes.

use super::element::{El, el, remembered};
use super::icons::live_icon;
use crate::people::{initials, safe_colour};
use crate::session::Session;
use board::layout::Frame;
use board::{LineId, Point};
use diag::Severity;
use emd::Kind;
use leptos::prelude::*;

/// What a sticky shows of its line.
#[derive(Clone, PartialEq)]
pub struct Face {
    pub kind: Kind,
    pub name: String,
    pub properties: Vec<String>,
    pub author: String,
}

impl Default for Face {
    fn default() -> Self {
        Face { kind: Kind::Note, name: String::new(), properties: Vec::new(), author: String::new() }
    }
}

impl Face {
    fn read(session: Session, id: &LineId) -> Option<Face> {
        let line = session.watch_mirror(|mirror| mirror.watch_text(id)).flatten()?;
        let read = emd::line(&line.text);
        let author =
            session.with_board(|board| board.people.get(&line.by).map(|person| initials(&person.name)));
        Some(Face {
            kind: read.kind,
            name: read.name.text.to_string(),
            properties: read.properties.iter().map(|property| property.text.to_string()).collect(),
            author: author.unwrap_or_default(),
        })
    }
}

/// The word for a kind, as people say it.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => "event",
        Kind::Command => "command",
        Kind::ReadModel => "read model",
        Kind::Policy => "policy",
        Kind::Constraint => "constraint",
        Kind::Actor => "actor",
        Kind::System => "system",
        Kind::Hotspot => "hotspot",
        Kind::Screen => "screen",
        Kind::Opportunity => "opportunity",
        Kind::Heading(_) => "heading",
        Kind::Term => "term",
        Kind::Chapter => "chapter",
        Kind::Lane => "lane",
        Kind::Context => "context",
        Kind::Note | Kind::Annotation(_) | Kind::Scenario(_) | Kind::Caret | Kind::Blank => "note",
    }
}

/// The stable name of a kind in attributes and styles.
pub fn kind_slug(kind: Kind) -> &'static str {
    match kind {
        Kind::ReadModel => "readmodel",
        other => kind_word(other),
    }
}

/// Longer names get smaller letters: 24, 21, 18, 16, 14 px below 14, 24, 40, 80 and from 80 characters.
pub fn size_class(name: &str) -> &'static str {
    match name.chars().count() {
        0..14 => "size-1",
        14..24 => "size-2",
        24..40 => "size-3",
        40..80 => "size-4",
        _ => "size-5",
    }
}

/// How far the sticky is from its place right now, by a drag of mine or of somebody else's.
fn drag_offset(session: Session, id: &LineId) -> Option<Point> {
    let mine =
        session.drag.with(|drag| drag.as_ref().filter(|drag| drag.lines.contains(id)).map(|drag| drag.by));
    mine.or_else(|| {
        session.peers.with(|peers| {
            peers.iter().find_map(|peer| {
                let (lines, by) = peer.presence.drag.as_ref()?;
                lines.contains(id).then_some(*by)
            })
        })
    })
}

/// What a sticky follows, each by itself.
#[derive(Clone, Copy)]
struct Sight {
    id: StoredValue<LineId>,
    face: Memo<Face>,
    frame: Memo<Frame>,
    offset: Memo<Option<Point>>,
    selected: Memo<bool>,
    lit: Memo<bool>,
    severity: Memo<Option<Severity>>,
    /// Name and colour of somebody else who has chosen it.
    peer: Memo<Option<(String, String)>>,
    /// The keyboard starts here when nothing is selected.
    first: Memo<bool>,
}

impl Sight {
    fn of(session: Session, id: LineId) -> Sight {
        let id = StoredValue::new(id);
        let of_id = move |read: fn(Session, &LineId) -> bool| {
            remembered(move || id.with_value(|id| read(session, id)))
        };
        Sight {
            id,
            face: remembered(move || id.with_value(|id| Face::read(session, id)).unwrap_or_default()),
            frame: remembered(move || {
                let frame = id.with_value(|id| session.watch_mirror(|mirror| mirror.watch_place(id)));
                frame.flatten().unwrap_or_default()
            }),
            offset: remembered(move || id.with_value(|id| drag_offset(session, id))),
            selected: of_id(|session, id| session.selection.with(|all| all.contains(id))),
            lit: of_id(|session, id| session.hovered.with(|hovered| hovered.as_ref() == Some(id))),
            severity: remembered(move || id.with_value(|id| worst(session, id))),
            peer: remembered(move || id.with_value(|id| chosen_by(session, id))),
            first: of_id(|session, id| {
                session.selection.with(Vec::is_empty) && session.stickies.with(|all| all.first() == Some(id))
            }),
        }
    }

    fn style(&self) -> String {
        let (frame, by) = (self.frame.get(), self.offset.get().unwrap_or_default());
        let (x, y) = (frame.at.x + by.x, frame.at.y + by.y);
        let ring = self.peer.with(|peer| match peer {
            Some((_, colour)) => format!(";--peer:{}", safe_colour(colour)),
            None => String::new(),
        });
        format!("translate:{x}px {y}px;width:{}px;height:{}px{ring}", frame.width, frame.height)
    }

    fn class(&self) -> String {
        let mut class = format!("note {}", self.face.with(|face| size_class(&face.name)));
        for (on, name) in [
            (self.selected.get(), " selected"),
            (self.lit.get(), " lit"),
            (self.offset.get().is_some(), " lifted"),
            (self.peer.with(Option::is_some), " chosen"),
        ] {
            if on {
                class.push_str(name);
            }
        }
        class
    }

    fn kind(&self) -> Kind {
        self.face.with(|face| face.kind)
    }

    fn level(&self) -> Option<String> {
        if let Kind::Heading(level) = self.kind() { Some(level.to_string()) } else { None }
    }
}

pub fn note(session: Session, id: LineId) -> El {
    let line = id.0.to_string();
    let it = Sight::of(session, id);
    el("div")
        .live_attr("class", move || it.class())
        .live_attr("style", move || it.style())
        .attr("data-line", line)
        .live_attr("data-kind", move || kind_slug(it.kind()))
        .live_attr("data-level", move || it.level())
        .live_attr("data-severity", move || it.severity.get().map(Severity::word))
        .live_attr("data-empty", move || it.face.with(|face| face.name.is_empty()))
        .attr("role", "group")
        .live_attr("tabindex", move || if it.selected.get() || it.first.get() { "0" } else { "-1" })
        .live_attr("aria-label", move || it.face.with(|face| spoken(face, it.severity.get())))
        .on("focus", move || focused(session, &it.id.get_value()))
        .on("pointerenter", move || session.hovered.set(Some(it.id.get_value())))
        .on("pointerleave", move || session.hovered.set(None))
        .child(el("div").class("note-text").live_text(move || it.face.with(|face| face.name.clone())))
        .when(move || it.face.with(|face| !face.properties.is_empty()), move || properties(it))
        .child(foot(it))
        .when(
            move || it.severity.get().is_some(),
            move || aside("note-finding").live_text(move || it.severity.get().map(mark)),
        )
        .when(
            move || it.peer.with(Option::is_some),
            move || aside("note-peer").live_text(move || it.peer.get().map(|(name, _)| name)),
        )
}

fn aside(class: &str) -> El {
    el("div").class(class).attr("aria-hidden", "true")
}

fn properties(it: Sight) -> El {
    el("div").class("note-props").live_text(move || it.face.with(|face| face.properties.join(", ")))
}

fn foot(it: Sight) -> El {
    let kind = el("span")
        .class("kind")
        .child(live_icon(move || kind_slug(it.kind())))
        .live_text(move || kind_word(it.kind()));
    let author = el("span").class("author").live_text(move || it.face.with(|face| face.author.clone()));
    aside("note-foot").child(kind).child(author)
}

/// A sticky that the keyboard reaches is the selected one.
fn focused(session: Session, id: &LineId) {
    if session.selection.with_untracked(|all| !all.contains(id)) {
        session.selection.set(vec![id.clone()]);
        session.show();
    }
}

fn worst(session: Session, id: &LineId) -> Option<Severity> {
    session.checked.with(|checked| {
        let found = checked.by_line.get(id)?;
        found
            .iter()
            .filter_map(|at| checked.report.diagnostics.get(*at))
            .map(|finding| finding.severity)
            .min()
    })
}

fn chosen_by(session: Session, id: &LineId) -> Option<(String, String)> {
    session.peers.with(|peers| {
        let peer = peers.iter().find(|peer| peer.presence.selection.contains(id))?;
        Some((peer.presence.name.clone(), peer.presence.colour.clone()))
    })
}

fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => "!",
        Severity::Hint => "i",
    }
}

/// What a screen reader says: kind, name, properties, and that something is found.
fn spoken(face: &Face, severity: Option<Severity>) -> String {
    let mut words = format!("{}: {}", kind_word(face.kind), face.name);
    if !face.properties.is_empty() {
        words.push_str(". ");
        words.push_str(&face.properties.join(", "));
    }
    if let Some(severity) = severity {
        words.push_str(&format!(". Has a finding: {}", severity.word()));
    }
    words
}

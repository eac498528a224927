//! One sticky on the wall, drawn again only when its own line or place changes.

use super::icons::KindIcon;
use crate::people::{initials, safe_colour};
use crate::session::Session;
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

#[component]
pub fn Note(id: LineId) -> impl IntoView {
    let session = expect_context::<Session>();
    let id = StoredValue::new(id);
    let face = Memo::new(move |_| {
        id.with_value(|id| Face::read(session, id)).unwrap_or(Face {
            kind: Kind::Note,
            name: String::new(),
            properties: Vec::new(),
            author: String::new(),
        })
    });
    let frame = Memo::new(move |_| {
        id.with_value(|id| session.watch_mirror(|mirror| mirror.watch_place(id)))
            .flatten()
            .unwrap_or_default()
    });
    let offset = Memo::new(move |_| id.with_value(|id| drag_offset(session, id)));
    let selected = Memo::new(move |_| id.with_value(|id| session.selection.with(|all| all.contains(id))));
    let lit =
        Memo::new(move |_| id.with_value(|id| session.hovered.with(|hovered| hovered.as_ref() == Some(id))));
    let severity = Memo::new(move |_| id.with_value(|id| worst(session, id)));
    let peer = Memo::new(move |_| id.with_value(|id| chosen_by(session, id)));
    let first = Memo::new(move |_| {
        session.selection.with(Vec::is_empty)
            && id.with_value(|id| session.stickies.with(|all| all.first() == Some(id)))
    });
    let style = move || {
        let (frame, by) = (frame.get(), offset.get().unwrap_or_default());
        let (x, y) = (frame.at.x + by.x, frame.at.y + by.y);
        let ring =
            peer.get().map(|(_, colour)| format!(";--peer:{}", safe_colour(&colour))).unwrap_or_default();
        format!("translate:{x}px {y}px;width:{}px;height:{}px{ring}", frame.width, frame.height)
    };
    let class = move || {
        let mut class = format!("note {}", face.with(|face| size_class(&face.name)));
        for (on, name) in [
            (selected.get(), " selected"),
            (lit.get(), " lit"),
            (offset.get().is_some(), " lifted"),
            (peer.with(Option::is_some), " chosen"),
        ] {
            if on {
                class.push_str(name);
            }
        }
        class
    };
    let label = move || face.with(|face| spoken(face, severity.get()));
    view! {
        <div
            class=class
            style=style
            data-line=id.with_value(|id| id.0.to_string())
            data-kind=move || kind_slug(face.with(|face| face.kind))
            data-level=move || if let Kind::Heading(level) = face.with(|face| face.kind) { Some(level) } else { None }
            data-severity=move || severity.get().map(Severity::word)
            data-empty=move || face.with(|face| face.name.is_empty())
            role="group"
            tabindex=move || if selected.get() || first.get() { "0" } else { "-1" }
            aria-label=label
            on:focus=move |_| focused(session, &id.get_value())
            on:pointerenter=move |_| session.hovered.set(Some(id.get_value()))
            on:pointerleave=move |_| session.hovered.set(None)
        >
            <div class="note-text">{move || face.with(|face| face.name.clone())}</div>
            <Show when=move || face.with(|face| !face.properties.is_empty())>
                <div class="note-props">{move || face.with(|face| face.properties.join(", "))}</div>
            </Show>
            <div class="note-foot" aria-hidden="true">
                <span class="kind">
                    {move || view! { <KindIcon kind=face.with(|face| face.kind) /> }}
                    {move || kind_word(face.with(|face| face.kind))}
                </span>
                <span class="author">{move || face.with(|face| face.author.clone())}</span>
            </div>
            <Show when=move || severity.get().is_some()>
                <div class="note-finding" aria-hidden="true">{move || severity.get().map(mark)}</div>
            </Show>
            <Show when=move || peer.with(Option::is_some)>
                <div class="note-peer" aria-hidden="true">{move || peer.get().map(|(name, _)| name)}</div>
            </Show>
        </div>
    }
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

//! One sticky on the wall, drawn again only when its own line or place changes.

mod room;

pub use room::letters_of;

use super::chips::{self, Chip};
use super::fit::{self, Letters};
use super::icons::{icon, live_icon};
use crate::decimals::{area, px};
use crate::messages;
use crate::mirror::Cover;
use crate::people::{Peer, initials, safe_colour};
use crate::session::{Beside, Session};
use board::layout::Frame;
use board::{Line, LineId, Point};
use diag::Severity;
use elements::{El, el, remembered};
use emd::{Annotation, Kind, Step};
use leptos::prelude::*;
use room::{Below, below, clear_room};
use wasm_bindgen::JsCast;

/// What a sticky shows of its line and of what belongs to it.
#[derive(Clone, PartialEq)]
pub struct Face {
    pub kind: Kind,
    pub name: String,
    pub properties: Vec<String>,
    pub author: String,
    pub locked: bool,
    pub chips: Vec<Chip>,
    /// Given, when and then of a scenario.
    pub steps: Vec<(Step, String)>,
}

impl Default for Face {
    fn default() -> Self {
        let (kind, name, author) = (Kind::Note, String::new(), String::new());
        Face {
            kind,
            name,
            properties: Vec::new(),
            author,
            locked: false,
            chips: Vec::new(),
            steps: Vec::new(),
        }
    }
}

impl Face {
    fn read(session: Session, id: &LineId) -> Option<Face> {
        let line = session.watch_mirror(|mirror| mirror.watch_text(id)).flatten()?;
        let read = emd::line(&line.text);
        let author =
            session.with_board(|board| board.people.get(&line.by).map(|person| initials(&person.name)));
        let (mut chips, mut steps) = (Vec::new(), Vec::new());
        session.with_mirror(|mirror| {
            for (id, part) in mirror.parts(id) {
                chips.extend(Chip::read(id, part));
                steps.extend(step_words(part));
            }
        });
        Some(Face {
            kind: read.kind,
            name: read.name.text.to_string(),
            properties: read.properties.iter().map(|property| property.text.to_string()).collect(),
            author: author.unwrap_or_default(),
            locked: line.locked,
            chips,
            steps,
        })
    }

    /// Whether it is a hotspot that somebody has closed.
    fn resolved(&self) -> bool {
        self.kind == Kind::Hotspot && self.chips.iter().any(|chip| chip.annotation == Annotation::Resolved)
    }
}

fn step_words(line: &Line) -> Option<(Step, String)> {
    let read = emd::line(&line.text);
    let Kind::Scenario(step) = read.kind else { return None };
    let values: Vec<&str> = read.properties.iter().map(|piece| &*piece.text).collect();
    let values = if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
    Some((step, format!("{}{values}", read.name.text)))
}

/// The word for a kind on the wall, where a step is part of its scenario's card.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Scenario(_) => "scenario",
        Kind::Annotation(_) => "note",
        other => other.noun(),
    }
}

/// The stable name of a kind in attributes and styles.
pub fn kind_slug(kind: Kind) -> &'static str {
    match kind {
        Kind::ReadModel => "readmodel",
        other => kind_word(other),
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
    cover: Memo<Cover>,
    below: Memo<Below>,
    letters: Memo<Letters>,
    /// The size of letters where only names can be read.
    afar: Memo<u8>,
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
        let face = remembered(move || id.with_value(|id| Face::read(session, id)).unwrap_or_default());
        let frame = remembered(move || {
            let frame = id.with_value(|id| session.watch_mirror(|mirror| mirror.watch_place(id)));
            frame.flatten().unwrap_or_default()
        });
        let cover = remembered(move || {
            id.with_value(|id| {
                session.watch_mirror(|mirror| mirror.watch_place(id));
                session.with_mirror(|mirror| mirror.cover(id))
            })
        });
        let below = remembered(move || face.with(|face| below(face, frame.get(), cover.get())));
        let letters = remembered(move || {
            let (frame, height, cover) = (frame.get(), below.get().height, cover.get());
            face.with(|face| fit::letters(face.kind, &face.name, clear_room(face.kind, frame, height, cover)))
        });
        let afar = remembered(move || {
            let (frame, cover) = (frame.get(), cover.get());
            // An actor stays over the lower corner from afar too.
            let under = if cover.left.0 > 0.0 { below.get().height } else { 0.0 };
            face.with(|face| {
                let room = clear_room(face.kind, frame, under, cover);
                fit::letters_from_afar(face.kind, &face.name, room).pixels
            })
        });
        let of_id = move |read: fn(Session, &LineId) -> bool| {
            remembered(move || id.with_value(|id| read(session, id)))
        };
        Sight {
            id,
            face,
            frame,
            cover,
            below,
            letters,
            afar,
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
        let cover = self.cover.get();
        let mut style = area(x, y, frame.width, frame.height) + &ring;
        let letters = self.letters.get().pixels;
        let sides = [
            ("--letters", f64::from(letters)),
            ("--afar", f64::from(self.afar.get())),
            ("--below", self.below.get().height),
            ("--right", cover.right - 10.0),
            ("--left", cover.left.0 - 8.0),
        ];
        for (name, value) in sides.into_iter().filter(|(_, value)| *value > 0.0) {
            style.push_str(&format!(";{name}:{}", px(value)));
        }
        style
    }

    fn class(&self) -> String {
        let mut class = "note".to_owned();
        let letters = self.letters.get();
        for (on, name) in [
            (self.selected.get(), " selected"),
            (self.lit.get(), " lit"),
            (self.offset.get().is_some(), " lifted"),
            (self.peer.with(Option::is_some), " chosen"),
            (self.face.with(|face| face.locked), " locked"),
            (self.face.with(Face::resolved), " resolved"),
            (letters.broken, " broken"),
            (letters.cut, " cut"),
        ] {
            if on {
                class.push_str(name);
            }
        }
        class
    }

    /// The whole name where the sticky cannot show it.
    fn whole(&self) -> Option<String> {
        self.letters.get().cut.then(|| self.face.with(|face| face.name.clone()))
    }

    /// Its place among the others, said when the keyboard reaches it.
    fn nth(&self, session: Session) -> Option<(usize, usize)> {
        if !self.selected.get() {
            return None;
        }
        session.stickies.with(|all| {
            let at = self.id.with_value(|id| all.iter().position(|other| other == id))?;
            Some((at + 1, all.len()))
        })
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
    let text = el("div")
        .class("note-text")
        .live_attr("title", move || it.whole())
        .live_text(move || it.face.with(|face| face.name.clone()));
    el("div")
        .live_attr("class", move || it.class())
        .live_attr("style", move || it.style())
        .attr("data-line", line)
        .live_attr("data-kind", move || kind_slug(it.kind()))
        .live_attr("data-level", move || it.level())
        .live_attr("data-severity", move || it.severity.get().map(Severity::word))
        .live_attr("data-found", move || session.search.with(|found| it.id.with_value(|id| found.mark(id))))
        .live_attr("data-empty", move || it.face.with(|face| face.name.is_empty()))
        .attr("role", "group")
        .live_attr("tabindex", move || if it.selected.get() || it.first.get() { "0" } else { "-1" })
        .live_attr("aria-label", move || {
            it.face.with(|face| spoken(face, it.severity.get(), it.nth(session)))
        })
        .on_event("focus", move |event: web_sys::Event| focused(session, &it.id.get_value(), &event))
        .on_event("keydown", move |event: web_sys::KeyboardEvent| {
            walk_on(session, &it.id.get_value(), &event)
        })
        .on("pointerenter", move || session.hovered.set(Some(it.id.get_value())))
        .on("pointerleave", move || session.hovered.set(None))
        .child(text)
        .when(move || it.face.with(|face| !face.steps.is_empty()), move || steps(it))
        .when(
            move || it.face.with(|face| !face.properties.is_empty() || !face.chips.is_empty()),
            move || below_the_name(session, it),
        )
        .child(foot(it))
        .when(move || it.face.with(|face| face.locked), || aside("note-lock").child(icon("lock")))
        .when(
            move || it.severity.get().is_some(),
            move || {
                aside("note-finding")
                    .on_event("pointerdown", |event: web_sys::Event| event.stop_propagation())
                    .on("click", move || session.open_fixes(it.id.get_value(), Beside::Sticky))
                    .live_text(move || it.severity.get().map(mark))
            },
        )
        .when(
            move || it.peer.with(Option::is_some),
            move || aside("note-peer").live_text(move || it.peer.get().map(|(name, _)| name)),
        )
}

fn aside(class: &str) -> El {
    el("div").class(class).attr("aria-hidden", "true")
}

/// Properties and annotations; screen readers have them in the name of the sticky.
fn below_the_name(session: Session, it: Sight) -> El {
    el("div").class("note-below").live_child(move || {
        let shown = it.below.get();
        it.face.with(|face| {
            let list = (!face.properties.is_empty()).then(|| {
                let more = face.properties.len() - shown.properties;
                let names = face.properties[..shown.properties].join(", ");
                el("div")
                    .class("note-props")
                    .attr("aria-hidden", "true")
                    .attr("title", (more > 0).then(|| face.properties.join(", ")))
                    .text(&messages::some_properties(&names, more))
            });
            let chips = (shown.chips > 0).then(|| chips::on_sticky(session, &face.chips, shown.chips));
            list.into_iter().chain(chips).collect::<Vec<_>>()
        })
    })
}

/// A scenario is one card: its title, and under it what is given, what happens and what follows.
fn steps(it: Sight) -> El {
    aside("note-steps").live_child(move || {
        it.face.with(|face| {
            let line = |(step, words): &(Step, String)| {
                let word = el("b").text(messages::step(*step));
                el("div").class("note-step").attr("title", words.clone()).child(word).text(" ").text(words)
            };
            let (all, most) = (face.steps.len(), 7);
            let shown = if all > most { most - 1 } else { all };
            let rest =
                face.steps[shown..].iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(", ");
            let more = (all > shown).then(|| {
                el("div")
                    .class("note-step")
                    .attr("title", rest)
                    .text(&messages::more_annotations(all - shown))
            });
            face.steps[..shown].iter().map(line).chain(more).collect::<Vec<_>>()
        })
    })
}

fn foot(it: Sight) -> El {
    let drawing = move || if it.face.with(Face::resolved) { "check" } else { kind_slug(it.kind()) };
    let word = move || if it.face.with(Face::resolved) { messages::RESOLVED } else { kind_word(it.kind()) };
    let kind = el("span").class("kind").child(live_icon(drawing)).live_text(word);
    let author = el("span").class("author").live_text(move || it.face.with(|face| face.author.clone()));
    aside("note-foot").child(kind).child(author)
}

/// The mark of a focus that was given by the page and not by the person.
pub const QUIET: &str = "data-quiet";

/// A sticky that the keyboard reaches is the selected one, unless the page put the focus there because the sticky
/// that had it is gone: nobody has chosen this one yet.
fn focused(session: Session, id: &LineId, event: &web_sys::Event) {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let quiet = element.is_some_and(|element| element.has_attribute(QUIET));
    if !quiet && session.selection.with_untracked(|all| !all.contains(id)) {
        session.selection.set(vec![id.clone()]);
        session.show();
    }
}

/// Walking on from a sticky that has the focus without being chosen begins with it.
fn walk_on(session: Session, id: &LineId, event: &web_sys::KeyboardEvent) {
    let walks = matches!(
        event.key().as_str(),
        "Tab" | "Enter" | "F2" | "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"
    );
    if walks && session.selection.with_untracked(Vec::is_empty) {
        session.selection.set(vec![id.clone()]);
        session.show();
    }
}

fn worst(session: Session, id: &LineId) -> Option<Severity> {
    session.checked.with(|checked| {
        let found = checked.by_line.get(id)?;
        found.iter().filter_map(|at| checked.found.get(*at)).map(|finding| finding.severity).min()
    })
}

fn chosen_by(session: Session, id: &LineId) -> Option<(String, String)> {
    session.peers.with(|peers| {
        let writes = |peer: &&Peer| peer.presence.caret.as_ref().is_some_and(|caret| caret.line == *id);
        let chosen = |peer: &&Peer| peer.presence.selection.contains(id);
        let peer = peers.iter().find(writes).or_else(|| peers.iter().find(chosen))?;
        Some((peer.presence.name.clone(), peer.presence.colour.clone()))
    })
}

fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => "!",
        Severity::Hint => "i",
    }
}

/// What a screen reader says: kind, name, properties, annotations, author, lock, findings, and which of how many.
fn spoken(face: &Face, severity: Option<Severity>, nth: Option<(usize, usize)>) -> String {
    let mut words = format!("{}: {}", kind_word(face.kind), face.name);
    let mut say = |more: &str| {
        if !more.is_empty() {
            words.push_str(". ");
            words.push_str(more);
        }
    };
    say(&face.properties.join(", "));
    face.chips.iter().for_each(|chip| say(&chip.words()));
    face.steps.iter().for_each(|(step, line)| say(&format!("{} {line}", messages::step(*step))));
    say(&messages::by(&face.author));
    say(if face.locked { messages::LOCKED } else { "" });
    say(&severity.map_or(String::new(), |severity| format!("Has a finding: {}", severity.word())));
    say(&nth.map_or(String::new(), |(nth, all)| messages::nth(nth, all)));
    words
}

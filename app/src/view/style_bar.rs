//! What can be done with the selection, floating beside it: its kind, lock, group, copies, properties.
//!
//! The bar is a toolbar for the keyboard too: Alt+Enter leads here, arrows walk along it, Escape leads back to the
//! sticky. It is away while something is written or dragged. Where it stands: `spot`.

mod kinds;
mod spot;

use super::icons::icon;
use super::note::kind_word;
use super::{properties, wall};
use crate::session::{Panel, Session};
use crate::{browser, messages};
use board::{Command, LineId, Point, geometry};
use elements::{El, afterwards, el, remembered, word};
use emd::{Annotation, Kind};
use leptos::html::Div;
use leptos::prelude::*;
use spot::{Rect, Side, spot};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// From this zoom on the sheet opens by itself.
const READABLE: f64 = 0.55;

/// What is selected, as far as the bar is concerned.
#[derive(Clone, PartialEq)]
pub(super) struct Subject {
    pub lines: Vec<LineId>,
    /// The kind, where all have the same.
    pub kind: Option<Kind>,
    pub locked: bool,
    grouped: bool,
    resolved: bool,
}

impl Subject {
    fn read(session: Session) -> Subject {
        session.epoch.track();
        let lines = session.selection.get();
        session.with_mirror(|mirror| {
            let records: Vec<_> = lines.iter().filter_map(|id| mirror.board().line(id)).collect();
            let first = records.first();
            let kind =
                first.map(|line| line.kind).filter(|kind| records.iter().all(|line| line.kind == *kind));
            let group = first.and_then(|line| line.group.as_ref());
            let resolved = |id: &LineId| {
                mirror.parts(id).any(|(_, part)| part.kind == Kind::Annotation(Annotation::Resolved))
            };
            Subject {
                kind,
                locked: !records.is_empty() && records.iter().all(|line| line.locked),
                grouped: group.is_some() && records.iter().all(|line| line.group.as_ref() == group),
                resolved: lines.iter().all(resolved),
                lines: lines.clone(),
            }
        })
    }

    fn word(&self) -> String {
        match (self.kind, self.lines.len()) {
            (Some(kind), 1) => kind_word(kind).to_owned(),
            (_, count) => messages::stickies(count),
        }
    }
}

/// The bar, while there is a selection.
pub fn style_bar(session: Session) -> El {
    let subject = remembered(move || Subject::read(session));
    let busy =
        remembered(move || session.editing.with(Option::is_some) || session.drag.with(Option::is_some));
    // Until the person says, the sheet is there where stickies are near enough to be read.
    let said = RwSignal::new(None::<bool>);
    let open = remembered(move || said.get().unwrap_or(session.zoom.get() >= READABLE));
    let (bar, sheet) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let about = remembered(move || {
        subject.with(|subject| match &subject.lines[..] {
            [line] if properties::has_any(subject.kind) => Some(line.clone()),
            _ => None,
        })
    });
    let ask = stay_beside(session, subject, [bar, sheet], open, said);
    let there = move || !busy.get() && subject.with(|subject| !subject.lines.is_empty());
    let shown = remembered(move || if there() && open.get() { about.get() } else { None });
    let floating = move |class: &str, place: NodeRef<Div>| el("div").class(class).known_as(place);
    el("div")
        .class("style-place")
        .on_event("keydown", move |event: KeyboardEvent| keys(session, &event))
        .on("click", ask)
        .on("change", ask)
        .on("keyup", ask)
        .when(there, move || {
            floating("style-bar", bar)
                .attr("id", "style-bar")
                .attr("role", "toolbar")
                .live_attr("aria-label", move || subject.with(|it| messages::style_of(&it.word())))
                .live_child(move || buttons(session, subject.get(), about.get().is_some(), open, said))
        })
        .live_child(move || {
            shown
                .get()
                .map(|line| floating("property-sheet", sheet).child(properties::properties(session, line)))
        })
}

fn button(name: &'static str, title: String, run: impl FnMut() + 'static) -> El {
    el("button")
        .class("tool")
        .attr("type", "button")
        .attr("aria-label", title.clone())
        .attr("title", title)
        .on("click", run)
        .child(icon(name))
}

fn buttons(
    session: Session,
    subject: Subject,
    has_properties: bool,
    open: Memo<bool>,
    said: RwSignal<Option<bool>>,
) -> Vec<El> {
    let lines = StoredValue::new(subject.lines.clone());
    let run = move |command: fn(Vec<LineId>) -> Command| {
        session.run(command(lines.get_value()));
    };
    let mut all = Vec::new();
    if !subject.locked {
        all.push(kinds::chooser(session, &subject));
    }
    if subject.kind == Some(Kind::Hotspot) && !subject.locked {
        all.push(hotspot(session, &subject));
    }
    if has_properties {
        let toggle = button("properties", messages::PROPERTIES.to_owned(), move || {
            said.set(Some(!open.get_untracked()))
        });
        all.push(toggle.live_attr("aria-pressed", move || word(open.get())));
    }
    let lock = match subject.locked {
        true => button("unlock", messages::UNLOCK.to_owned(), move || {
            run(|lines| Command::Lock { lines, locked: false })
        }),
        false => button("lock", messages::LOCK.to_owned(), move || {
            run(|lines| Command::Lock { lines, locked: true })
        }),
    };
    all.push(lock);
    if subject.grouped {
        all.push(button("ungroup", messages::UNGROUP.to_owned(), move || {
            run(|lines| Command::Ungroup { lines })
        }));
    } else if subject.lines.len() > 1 {
        all.push(button("group", messages::GROUP.to_owned(), move || run(|lines| Command::Group { lines })));
    }
    all.push(button("copy", messages::DUPLICATE.to_owned(), move || duplicate(session, lines.get_value())));
    if !subject.locked {
        all.push(button("delete", messages::DELETE.to_owned(), move || {
            let lines = lines.get_value();
            let count = lines.len();
            // The focus goes on from the sticky, as this bar goes away with it.
            wall::focus_selection(session);
            session.run(Command::Remove { lines });
            session.announcement.set(messages::removed(count));
        }));
    }
    all.push(button("more", messages::MORE.to_owned(), move || {
        let (x, y) = wall::menu_spot(session);
        session.panel.set(Some(Panel::Menu { x, y }));
    }));
    all
}

fn duplicate(session: Session, lines: Vec<LineId>) {
    let made = session.run(Command::Duplicate { lines, by: Point { x: 30.0, y: 30.0 } });
    session.flush();
    wall::select(session, made);
}

/// Closing a hotspot says who closed it.
fn hotspot(session: Session, subject: &Subject) -> El {
    let resolved = subject.resolved;
    let lines = subject.lines.clone();
    let (name, title) = if resolved { ("reopen", messages::REOPEN) } else { ("check", messages::RESOLVE) };
    let change = move || properties::resolve(session, &lines, !resolved);
    button(name, title.to_owned(), change).class("tool worded").child(el("span").text(title))
}

/// Keys of the bar stay in it; what is done with Ctrl is for the whole board.
fn keys(session: Session, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.default_prevented() {
        return;
    }
    event.stop_propagation();
    match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            wall::focus_selection(session);
        }
        "ArrowRight" | "ArrowDown" => along(event, 1),
        "ArrowLeft" | "ArrowUp" => along(event, -1),
        "Home" => along(event, -100),
        "End" => along(event, 100),
        _ => {}
    }
}

/// Arrows walk along the buttons of the bar.
fn along(event: &KeyboardEvent, by: i32) {
    let from = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(bar) = from.as_ref().and_then(|from| from.closest(".style-bar").ok().flatten()) else { return };
    let Ok(buttons) = bar.query_selector_all(":scope > .tool, :scope > .kind-chooser > .tool") else {
        return;
    };
    let all: Vec<HtmlElement> =
        (0..buttons.length()).filter_map(|at| buttons.item(at)?.dyn_into().ok()).collect();
    let here = all.iter().position(|button| from.as_ref() == Some(button.as_ref())).unwrap_or(0) as i32;
    let to = (here + by).clamp(0, all.len() as i32 - 1);
    if let Some(button) = all.get(to as usize) {
        event.prevent_default();
        let _ = button.focus();
    }
}

/// Keeps bar and sheet beside the selection, whatever moves; answers what asks for it once more.
fn stay_beside(
    session: Session,
    subject: Memo<Subject>,
    floats: [NodeRef<Div>; 2],
    open: Memo<bool>,
    said: RwSignal<Option<bool>>,
) -> impl Fn() + Copy + 'static {
    let asked = StoredValue::new(false);
    let settle = move || {
        asked.set_value(false);
        let frames = subject.try_with_untracked(|subject| {
            session.with_mirror(|mirror| {
                geometry::bounds(subject.lines.iter().filter_map(|line| mirror.layout.frames.get(line)))
            })
        });
        let Some(Some(frame)) = frames else { return };
        let camera = session.camera.get_value();
        let (x, y) = camera.to_screen(frame.at);
        let about = Rect { x, y, width: frame.width * camera.zoom, height: frame.height * camera.zoom };
        let wanted = said.try_get_untracked().flatten() == Some(true);
        place(&about, floats, wanted);
    };
    let ask = move || {
        if !asked.get_value() {
            asked.set_value(true);
            browser::next_frame(settle);
        }
    };
    afterwards(move || {
        subject.track();
        open.track();
        session.camera_moves.track();
        session.drag.track();
        session.editing.track();
        session.text_open.track();
        ask();
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| ask());
    on_cleanup(move || resized.remove());
    // The sheet grows and shrinks with what stands in it.
    session.listen(move |_| ask());
    ask
}

/// `wanted`: the person has opened the sheet, so it is there even where it has to cover the sticky.
fn place(about: &Rect, [bar, sheet]: [NodeRef<Div>; 2], wanted: bool) {
    let Some(view) = wall::viewport() else { return };
    let room = Rect {
        x: 8.0,
        y: view.top - 12.0,
        width: view.left * 2.0 + view.width - 16.0,
        height: view.height + 24.0,
    };
    let in_sight = room.overlaps(about);
    let mut taken = None;
    let floats = [
        (bar, [Side::Above, Side::Below, Side::Right, Side::Left], true),
        (sheet, [Side::Below, Side::Right, Side::Left, Side::Above], wanted),
    ];
    for (float, order, wanted) in floats {
        let Some(Some(float)) = float.try_get_untracked() else { continue };
        let size = (f64::from(float.offset_width()), f64::from(float.offset_height()));
        let at = spot(about, size, &room, order, taken.as_ref());
        let shows = in_sight && (wanted || !at.overlaps(about));
        let near = if at.y > room.y + room.height / 2.0 { "bottom" } else { "top" };
        let _ = float.set_attribute("data-near", near);
        let style = HtmlElement::style(&float);
        let _ = style.set_property("translate", &format!("{}px {}px", at.x.round(), at.y.round()));
        let _ = style.set_property("visibility", if shows { "visible" } else { "hidden" });
        taken = Some(at);
    }
}

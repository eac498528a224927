//! The wall: takes pointer and wheel, feeds the tools, carries their effects out, and moves the camera.

use super::cursors::Cursors;
use super::editor::{self, Editor};
use super::note::Note;
use crate::browser;
use crate::camera::{Area, Camera, Viewport, dot_spacing};
use crate::messages;
use crate::session::{Drag, Session};
use crate::tools::{self, Effect, Held, Input, Screen, State, View};
use board::layout::{Frame, drop};
use board::{At, Command, LineId, Point};
use emd::Kind;
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen::JsCast;

/// What the wall keeps between events.
#[derive(Clone, Copy)]
struct Hand {
    session: Session,
    wall: NodeRef<Div>,
    tool: StoredValue<State, LocalStorage>,
    /// Pointers that are down, for pinching: id to place.
    fingers: StoredValue<HashMap<i32, Screen>, LocalStorage>,
    space: RwSignal<bool>,
    marquee: RwSignal<Option<Area>>,
    mark: RwSignal<Option<(Point, Point)>>,
}

#[component]
pub fn Wall() -> impl IntoView {
    let session = expect_context::<Session>();
    let hand = Hand {
        session,
        wall: NodeRef::new(),
        tool: StoredValue::new_local(State::Idle),
        fingers: StoredValue::new_local(HashMap::new()),
        space: RwSignal::new(false),
        marquee: RwSignal::new(None),
        mark: RwSignal::new(None),
    };
    hand.hold_space();
    hand.follow_arming();
    fit_once_synced(session);
    hand.stop_browser_zoom();
    let tool = move || {
        if session.armed.get().is_some() {
            "place"
        } else if session.hand.get() || hand.space.get() {
            "hand"
        } else {
            "select"
        }
    };
    view! {
        <div
            class="wall"
            id="wall"
            node_ref=hand.wall
            data-tool=tool
            role="region"
            aria-label=messages::WALL
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |event| hand.cancelled(&event)
            on:pointerleave=move |_| { session.cursor.set_value(None); session.show(); }
            on:dblclick=move |event| hand.double_click(&event)
        >
            <div class="wall-plane" id="wall-plane">
                <For each=move || session.stickies.get() key=|id| id.clone() let:id>
                    <Note id />
                </For>
                <Editor />
                {move || session.insertion.get().map(|at| view! {
                    <div class="insertion-point" style=format!("translate:{}px {}px", at.x, at.y)></div>
                })}
                {move || hand.mark.get().map(|mark| view! { <div class="insertion-mark" style=mark_style(mark)></div> })}
                {move || hand.marquee.get().map(|area| view! { <div class="marquee" style=area_style(area)></div> })}
                <Cursors />
            </div>
            <Show when=move || session.synced.get() && session.stickies.with(Vec::is_empty)
                && session.editing.with(Option::is_none)>
                <p class="wall-empty">{messages::EMPTY_WALL}</p>
            </Show>
        </div>
    }
}

fn area_style(area: Area) -> String {
    format!("translate:{}px {}px;width:{}px;height:{}px", area.x, area.y, area.width, area.height)
}

fn mark_style((from, to): (Point, Point)) -> String {
    let area = Area {
        x: from.x.min(to.x) - 3.0,
        y: from.y.min(to.y),
        width: (from.x - to.x).abs().max(6.0),
        height: (from.y - to.y).abs().max(6.0),
    };
    area_style(area)
}

impl Hand {
    fn screen(&self, x: i32, y: i32) -> Screen {
        let edge = self.wall.get_untracked().map(|wall| wall.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |edge| (edge.left(), edge.top()));
        Screen { x: f64::from(x) - left, y: f64::from(y) - top }
    }

    fn held(&self, event: &web_sys::PointerEvent) -> Held {
        Held {
            shift: event.shift_key(),
            alt: event.alt_key(),
            hand: self.session.hand.get_untracked() || self.space.get_untracked() || event.button() == 1,
            touch: event.pointer_type() == "touch",
        }
    }

    fn down(&self, event: &web_sys::PointerEvent) {
        if event.button() > 1 || inside_editor(event.target()) {
            return;
        }
        // The browser would select text or start its own panning.
        event.prevent_default();
        leave_fields();
        let at = self.screen(event.client_x(), event.client_y());
        self.fingers.update_value(|fingers| {
            fingers.insert(event.pointer_id(), at);
        });
        if let Some(wall) = self.wall.get_untracked() {
            let _ = wall.set_pointer_capture(event.pointer_id());
        }
        if self.fingers.with_value(HashMap::len) > 1 {
            return self.feed(Input::Cancel);
        }
        let on = line_at(event.client_x(), event.client_y());
        let mut held = self.held(event);
        if self.session.role.get_untracked() == board::wire::Role::View && on.is_some() {
            // A viewer looks around: stickies do not follow, the wall does.
            held.hand = true;
        }
        self.feed(Input::Down { at, on, held });
    }

    fn moved(&self, event: &web_sys::PointerEvent) {
        let at = self.screen(event.client_x(), event.client_y());
        let before = self.fingers.with_value(|fingers| fingers.get(&event.pointer_id()).copied());
        if let Some(before) = before {
            let other = self.fingers.with_value(|fingers| {
                fingers.iter().find(|(id, _)| **id != event.pointer_id()).map(|(_, at)| *at)
            });
            self.fingers.update_value(|fingers| {
                fingers.insert(event.pointer_id(), at);
            });
            if let Some(other) = other {
                return self.pinch(before, at, other);
            }
            self.feed(Input::Move { at, held: self.held(event) });
        }
        let camera = self.session.camera.get_value();
        self.session.cursor.set_value(Some(camera.to_wall(at.x, at.y)));
        self.session.show();
    }

    /// Two fingers pan and zoom together.
    fn pinch(&self, before: Screen, after: Screen, other: Screen) {
        let apart = |a: Screen, b: Screen| (a.x - b.x).hypot(a.y - b.y).max(1.0);
        let middle = Screen { x: (after.x + other.x) / 2.0, y: (after.y + other.y) / 2.0 };
        let factor = apart(after, other) / apart(before, other);
        move_camera(self.session, |camera| {
            camera
                .panned((after.x - before.x) / 2.0, (after.y - before.y) / 2.0)
                .zoomed_at(middle.x, middle.y, factor)
        });
    }

    fn up(&self, event: &web_sys::PointerEvent) {
        let known = self.fingers.try_update_value(|fingers| fingers.remove(&event.pointer_id()).is_some());
        if known == Some(true) {
            let at = self.screen(event.client_x(), event.client_y());
            self.feed(Input::Up { at, held: self.held(event) });
        }
    }

    fn cancelled(&self, event: &web_sys::PointerEvent) {
        self.fingers.update_value(|fingers| {
            fingers.remove(&event.pointer_id());
        });
        self.feed(Input::Cancel);
    }

    fn double_click(&self, event: &web_sys::MouseEvent) {
        if inside_editor(event.target()) {
            return;
        }
        match line_at(event.client_x(), event.client_y()) {
            Some(line) => self.session.edit(line),
            None => {
                let at = self.screen(event.client_x(), event.client_y());
                let around = self.session.camera.get_value().to_wall(at.x, at.y);
                write_around(self.session, self.session.last_kind.get_untracked(), around);
            }
        }
    }

    fn feed(&self, input: Input) {
        let state = self.tool.get_value();
        let selection = self.session.selection.get_untracked();
        let touching = |area: Area| touching(self.session, area);
        let camera = self.session.camera.get_value();
        let view = View { camera, selection: &selection, touching: &touching };
        let (next, effects) = tools::step(state, input, &view);
        if !matches!(next, State::Placing { .. }) && self.session.armed.get_untracked().is_some() {
            self.session.armed.set(None);
        }
        self.tool.set_value(next);
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn carry_out(&self, effect: Effect) {
        let session = self.session;
        match effect {
            Effect::Select(lines) => {
                if let [line] = &lines[..] {
                    focus(line);
                }
                select(session, lines);
            }
            Effect::Ghost { lines, by } => {
                self.mark
                    .set(session.with_mirror(|mirror| drop(mirror.board(), &mirror.layout, &lines, by).mark));
                session.drag.set(Some(Drag { lines, by }));
                session.show();
            }
            Effect::Unghost => {
                self.mark.set(None);
                session.drag.set(None);
                session.show();
            }
            Effect::Drop { lines, by } => {
                session.run(Command::Drop { lines, by });
                session.flush();
            }
            Effect::Duplicate { lines, by } => {
                let made = session.run(Command::Duplicate { lines, by });
                session.flush();
                select(session, made);
            }
            Effect::Pan { dx, dy } => move_camera(session, |camera| camera.panned(dx, dy)),
            Effect::Marquee(area) => self.marquee.set(area),
            Effect::Insertion(at) => {
                if session.can_write() {
                    session.insertion.set(Some(at));
                }
            }
            Effect::Write { kind, around } => write_around(session, kind, around),
        }
    }

    /// Space held down is the hand. Escape ends every gesture.
    fn hold_space(self) {
        let down = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" {
                self.feed(Input::Cancel);
            }
            if event.code() == "Space" && !in_field(event.target()) {
                event.prevent_default();
                self.space.set(true);
            }
        });
        let up = window_event_listener(leptos::ev::keyup, move |event| {
            if event.code() == "Space" {
                self.space.set(false);
            }
        });
        on_cleanup(move || {
            down.remove();
            up.remove();
        });
    }

    fn follow_arming(self) {
        Effect::new_watch(self);
    }

    /// The wheel pans; with Ctrl, and by pinching a touch pad, it zooms at the pointer instead of the whole page.
    fn stop_browser_zoom(self) {
        leptos::prelude::Effect::new(move |_| {
            let Some(wall) = self.wall.get() else { return };
            let options = gloo_events::EventListenerOptions::enable_prevent_default();
            gloo_events::EventListener::new_with_options(&wall, "wheel", options, move |event| {
                if let Some(event) = event.dyn_ref::<web_sys::WheelEvent>() {
                    event.prevent_default();
                    self.wheel(event);
                }
            })
            .forget();
        });
    }

    fn wheel(&self, event: &web_sys::WheelEvent) {
        let lines = if event.delta_mode() == web_sys::WheelEvent::DOM_DELTA_LINE { 16.0 } else { 1.0 };
        let (dx, dy) = (event.delta_x() * lines, event.delta_y() * lines);
        let at = self.screen(event.client_x(), event.client_y());
        move_camera(self.session, |camera| {
            if event.ctrl_key() || event.meta_key() {
                camera.zoomed_at(at.x, at.y, (-dy * 0.01).exp().clamp(0.8, 1.25))
            } else if event.shift_key() && dx == 0.0 {
                camera.panned(-dy, 0.0)
            } else {
                camera.panned(-dx, -dy)
            }
        });
    }
}

impl Effect {
    /// The tool follows the palette: a chosen kind arms it, a dropped one disarms it.
    fn new_watch(hand: Hand) {
        leptos::prelude::Effect::new(move |_| {
            let armed = hand.session.armed.get();
            let placing = matches!(hand.tool.get_value(), State::Placing { .. });
            match armed {
                Some(kind) => hand.feed_armed(kind),
                None if placing => hand.feed(Input::Cancel),
                None => {}
            }
        });
    }
}

impl Hand {
    fn feed_armed(&self, kind: Kind) {
        if !matches!(self.tool.get_value(), State::Placing { kind: now } if now == kind) {
            self.feed(Input::Arm(kind));
        }
    }
}

// ---- what other views ask of the wall

pub fn select(session: Session, lines: Vec<LineId>) {
    session.insertion.set(None);
    if session.selection.with_untracked(|old| *old != lines) {
        session.selection.set(lines);
        session.show();
    }
}

/// Gives a sticky the focus where it lies.
pub fn focus(line: &LineId) {
    if let Some(note) = browser::note_element(line) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = note.focus_with_options(&options);
    }
}

/// Starts a sticky around a point: in flow the order decides its place, on a free board it lies at the point.
pub fn write_around(session: Session, kind: Kind, around: Point) {
    editor::close(session);
    session.flush();
    let at = at_point(session, around);
    if session.stickies.with_untracked(Vec::is_empty) {
        bring_first_place(session, kind, around);
    }
    let place = session.with_board(board::Board::is_free).then(|| {
        let size = board::layout::size(kind);
        Point { x: around.x - size.0 / 2.0, y: around.y - size.1 / 2.0 }
    });
    session.write(kind, at, place);
}

/// On an empty board the first sticky appears where the person pointed: the wall moves under it.
fn bring_first_place(session: Session, kind: Kind, around: Point) {
    let frame = session.with_mirror(|mirror| mirror.draft_frame(kind, &At::End, None));
    if let Some(frame) = frame {
        let (dx, dy) =
            (around.x - frame.at.x - frame.width / 2.0, around.y - frame.at.y - frame.height / 2.0);
        move_camera(session, |camera| camera.panned(dx * camera.zoom, dy * camera.zoom));
    }
}

/// Where in the order a point on the wall lies: after the last sticky that reads before it.
fn at_point(session: Session, point: Point) -> At {
    session.with_mirror(|mirror| {
        let before = |frame: &Frame| {
            let bottom = frame.at.y + frame.height;
            bottom < point.y || (frame.at.y < point.y && frame.at.x + frame.width / 2.0 < point.x)
        };
        let ids = mirror.stickies();
        let last = ids.iter().rev().find(|id| mirror.layout.frames.get(*id).is_some_and(before));
        match (last, ids.first()) {
            (Some(id), _) => At::After(id.clone()),
            (None, Some(_)) => At::Start,
            (None, None) => At::End,
        }
    })
}

fn touching(session: Session, area: Area) -> Vec<LineId> {
    session.with_mirror(|mirror| {
        let touches = |frame: &Frame| {
            frame.at.x < area.x + area.width
                && frame.at.x + frame.width > area.x
                && frame.at.y < area.y + area.height
                && frame.at.y + frame.height > area.y
        };
        let ids = mirror.stickies();
        ids.into_iter().filter(|id| mirror.layout.frames.get(id).is_some_and(touches)).collect()
    })
}

/// The sticky under a point of the window.
fn line_at(x: i32, y: i32) -> Option<LineId> {
    let element = browser::document().element_from_point(x as f32, y as f32)?;
    let note = element.closest("[data-line]").ok().flatten()?;
    Some(LineId(note.get_attribute("data-line")?.into()))
}

fn inside_editor(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest(".editing").ok().flatten().is_some())
}

/// Whether the keys go into a field.
pub fn in_field(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| {
        element.closest("input, textarea, select, [contenteditable], dialog").ok().flatten().is_some()
    })
}

/// A press on the wall ends writing elsewhere, as a click outside a field does.
fn leave_fields() {
    if let Some(active) = browser::document().active_element() {
        if let Ok(active) = active.dyn_into::<web_sys::HtmlElement>() {
            let _ = active.blur();
        }
    }
}

// ---- the camera

/// Moves the camera and writes the transform.
pub fn move_camera(session: Session, change: impl FnOnce(Camera) -> Camera) {
    let camera = change(session.camera.get_value());
    session.camera.set_value(camera);
    if session.zoom.get_untracked() != camera.zoom {
        session.zoom.set(camera.zoom);
    }
    let document = browser::document();
    let element =
        |id: &str| document.get_element_by_id(id).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    let (Some(wall), Some(plane)) = (element("wall"), element("wall-plane")) else { return };
    let set = |target: &web_sys::HtmlElement, name: &str, value: &str| {
        // A style that is refused leaves the old one; the next move sets it again.
        let _ = web_sys::HtmlElement::style(target).set_property(name, value);
    };
    set(&plane, "transform", &format!("translate({}px,{}px) scale({})", camera.x, camera.y, camera.zoom));
    set(&plane, "--unzoom", &format!("{}", 1.0 / camera.zoom));
    let gap = dot_spacing(camera.zoom);
    set(&wall, "--dot-gap", &format!("{}px", gap.unwrap_or(0.0)));
    set(&wall, "--dot-x", &format!("{}px", camera.x));
    set(&wall, "--dot-y", &format!("{}px", camera.y));
    let detail = if camera.zoom >= 0.6 {
        "near"
    } else if camera.zoom >= 0.3 {
        "mid"
    } else {
        "far"
    };
    let _ = wall.set_attribute("data-zoom", detail);
    let _ = wall.set_attribute("data-dots", if gap.is_some() { "on" } else { "off" });
}

fn viewport() -> Option<Viewport> {
    let wall = browser::document().get_element_by_id("wall")?.get_bounding_client_rect();
    let narrow = wall.width() < 600.0;
    let (side, top, bottom) = if narrow { (12.0, 120.0, 130.0) } else { (40.0, 88.0, 96.0) };
    Some(Viewport {
        left: side,
        top,
        width: (wall.width() - 2.0 * side).max(50.0),
        height: (wall.height() - top - bottom).max(50.0),
    })
}

fn bounds(session: Session, lines: Option<&[LineId]>) -> Option<Area> {
    session.with_mirror(|mirror| {
        let wanted = |id: &LineId| lines.is_none_or(|lines| lines.contains(id));
        let frames = mirror.layout.frames.iter().filter(|(id, _)| wanted(id)).map(|(_, frame)| frame);
        frames.fold(None, |area: Option<Area>, frame| {
            let (x, y) = (frame.at.x, frame.at.y);
            let (right, bottom) = (x + frame.width, y + frame.height);
            Some(match area {
                None => Area { x, y, width: frame.width, height: frame.height },
                Some(old) => {
                    let (left, top) = (old.x.min(x), old.y.min(y));
                    let width = (old.x + old.width).max(right) - left;
                    let height = (old.y + old.height).max(bottom) - top;
                    Area { x: left, y: top, width, height }
                }
            })
        })
    })
}

pub fn fit_all(session: Session) {
    fit(session, bounds(session, None));
}

pub fn fit_selection(session: Session) {
    let selection = session.selection.get_untracked();
    fit(session, bounds(session, Some(&selection)));
}

fn fit(session: Session, area: Option<Area>) {
    if let (Some(area), Some(view)) = (area, viewport()) {
        move_camera(session, |_| Camera::fitting(area, view));
    }
}

pub fn zoom_by(session: Session, factor: f64) {
    if let Some(view) = viewport() {
        let (x, y) = (view.left + view.width / 2.0, view.top + view.height / 2.0);
        move_camera(session, |camera| camera.zoomed_at(x, y, factor));
    }
}

pub fn zoom_to(session: Session, zoom: f64) {
    zoom_by(session, zoom / session.camera.get_value().zoom);
}

/// Brings a sticky into view if it is not, without changing the zoom.
pub fn reveal(session: Session, line: &LineId) {
    let frame = session.with_mirror(|mirror| mirror.layout.frames.get(line).copied());
    if let Some(frame) = frame {
        reveal_frame(session, frame);
    }
}

/// Pulls the wall by the shortest way that brings this frame out from under edges and panels.
pub fn reveal_frame(session: Session, frame: Frame) {
    let Some(view) = viewport() else { return };
    let camera = session.camera.get_value();
    let (left, top) = camera.to_screen(frame.at);
    let way = |start: f64, length: f64, from: f64, room: f64| {
        let (before, after) = (from - start, start + length - (from + room));
        if before > 0.0 || length > room {
            before
        } else if after > 0.0 {
            -after
        } else {
            0.0
        }
    };
    let dx = way(left, frame.width * camera.zoom, view.left, view.width);
    let dy = way(top, frame.height * camera.zoom, view.top, view.height);
    if dx != 0.0 || dy != 0.0 {
        move_camera(session, |camera| camera.panned(dx, dy));
    }
}

/// The first picture of a board shows all of it.
fn fit_once_synced(session: Session) {
    move_camera(session, |camera| camera);
    leptos::prelude::Effect::new(move |fitted: Option<bool>| {
        let ready = session.synced.get();
        if ready && fitted != Some(true) {
            if let Some(view) = viewport() {
                // An empty wall starts in the middle of the screen, where there is room to every side.
                let (x, y) = (view.left + view.width * 0.3, view.top + view.height * 0.35);
                move_camera(session, |_| Camera { x, y, zoom: 1.0 });
            }
            fit_all(session);
        }
        ready || fitted == Some(true)
    });
}

//! What pointer and wheel do on the wall: events go in as inputs of the tools, their effects are carried out.

use super::look::move_camera;
use super::place::{focus, in_field, inside_editor, leave_fields, line_at, select, touching, write_around};
use crate::camera::Area;
use crate::session::{Drag, Session};
use crate::tools::{self, Effect, Held, Input, Screen, State, View};
use board::layout::drop;
use board::{Command, Point};
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen::JsCast;

/// What the wall keeps between events.
#[derive(Clone, Copy)]
pub struct Hand {
    pub session: Session,
    pub wall: NodeRef<Div>,
    tool: StoredValue<State, LocalStorage>,
    /// Pointers that are down, for pinching: id to place.
    fingers: StoredValue<HashMap<i32, Screen>, LocalStorage>,
    pub space: RwSignal<bool>,
    pub marquee: RwSignal<Option<Area>>,
    pub mark: RwSignal<Option<(Point, Point)>>,
}

impl Hand {
    /// Takes hold of the wall: keys, wheel and palette are followed from now on.
    pub fn new(session: Session) -> Hand {
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
        hand.take_the_wheel();
        hand
    }

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

    pub fn down(&self, event: &web_sys::PointerEvent) {
        if event.button() > 1 || inside_editor(event.target()) {
            return;
        }
        self.session.steered.set_value(true);
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

    pub fn moved(&self, event: &web_sys::PointerEvent) {
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

    pub fn up(&self, event: &web_sys::PointerEvent) {
        let known = self.fingers.try_update_value(|fingers| fingers.remove(&event.pointer_id()).is_some());
        if known == Some(true) {
            let at = self.screen(event.client_x(), event.client_y());
            self.feed(Input::Up { at, held: self.held(event) });
        }
    }

    pub fn cancelled(&self, event: &web_sys::PointerEvent) {
        self.fingers.update_value(|fingers| {
            fingers.remove(&event.pointer_id());
        });
        self.feed(Input::Cancel);
    }

    pub fn double_click(&self, event: &web_sys::MouseEvent) {
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

    /// The tool follows the palette: a chosen kind arms it, a dropped one disarms it.
    fn follow_arming(self) {
        leptos::prelude::Effect::new(move |_| {
            let placing = match self.tool.get_value() {
                State::Placing { kind } => Some(kind),
                _ => None,
            };
            match (self.session.armed.get(), placing) {
                (Some(kind), placing) if placing != Some(kind) => self.feed(Input::Arm(kind)),
                (None, Some(_)) => self.feed(Input::Cancel),
                _ => {}
            }
        });
    }

    /// The wheel pans; with Ctrl, and by pinching a touch pad, it zooms at the pointer instead of the whole page.
    fn take_the_wheel(self) {
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
        self.session.steered.set_value(true);
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

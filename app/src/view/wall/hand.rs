//! What pointers do on the wall: events go in as inputs of the tools; `effects` carries out what comes of them.
//! Keys, wheel and window are followed in `attention`, drops from outside in `arrivals`.

mod arrivals;
mod attention;
mod edge;
mod effects;

use super::look::move_camera;
use super::place::{inside_editor, leave_fields, line_at, write_around};
use crate::camera::Area;
use crate::commands;
use crate::messages;
use crate::session::Session;
use crate::tools::{self, Guide, Held, Input, Screen, State};
use board::{LineId, Point};
use gloo_timers::callback::Timeout;
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::HashMap;

/// A finger that has not moved for so long asks for the menu.
const REST: u32 = 500;
/// Two taps within this time (milliseconds) and distance are one double tap.
const DOUBLE_TAP: f64 = 400.0;
const TAP_SPREAD: f64 = 30.0;

/// What the wall keeps between events.
#[derive(Clone, Copy)]
pub struct Hand {
    pub session: Session,
    pub wall: NodeRef<Div>,
    tool: StoredValue<State, LocalStorage>,
    /// Pointers that are down, for pinching: id to place.
    fingers: StoredValue<HashMap<i32, Screen>, LocalStorage>,
    /// Where the pointer was last, for the wall's edge.
    last: StoredValue<Option<(Screen, Held)>, LocalStorage>,
    /// Runs while a finger rests.
    rest: StoredValue<Option<Timeout>, LocalStorage>,
    /// When and where a finger tapped last.
    tap: StoredValue<Option<(f64, Screen)>, LocalStorage>,
    /// Frames for which the pointer has been at the edge.
    at_edge: StoredValue<u32>,
    pub space: RwSignal<bool>,
    pub marquee: RwSignal<Option<Area>>,
    pub mark: RwSignal<Option<(Point, Point)>>,
    /// The lines to which what is carried has snapped.
    pub guides: RwSignal<Vec<Guide>>,
}

impl Hand {
    /// Takes hold of the wall: keys, wheel, palette and drops are followed from now on.
    pub fn new(session: Session) -> Hand {
        let hand = Hand {
            session,
            wall: session.wall,
            tool: StoredValue::new_local(State::Idle),
            fingers: StoredValue::new_local(HashMap::new()),
            last: StoredValue::new_local(None),
            rest: StoredValue::new_local(None),
            tap: StoredValue::new_local(None),
            at_edge: StoredValue::new(0),
            space: RwSignal::new(false),
            marquee: RwSignal::new(None),
            mark: RwSignal::new(None),
            guides: RwSignal::new(Vec::new()),
        };
        hand.pay_attention();
        hand.welcome_drops();
        hand
    }

    fn screen(&self, x: i32, y: i32) -> Screen {
        let edge = self.wall.get_untracked().map(|wall| wall.get_bounding_client_rect());
        let (left, top) = edge.map_or((0.0, 0.0), |edge| (edge.left(), edge.top()));
        Screen { x: f64::from(x) - left, y: f64::from(y) - top }
    }

    fn held(&self, event: &web_sys::PointerEvent) -> Held {
        let mac_right = event.button() == 0 && event.ctrl_key() && crate::browser::is_mac();
        Held {
            shift: event.shift_key(),
            alt: event.alt_key(),
            command: event.ctrl_key() || event.meta_key(),
            hand: self.session.hand.get_untracked() || self.space.get_untracked() || event.button() == 1,
            right: event.button() == 2 || mac_right,
            touch: event.pointer_type() == "touch",
        }
    }

    pub fn down(&self, event: &web_sys::PointerEvent) {
        if event.button() > 2 || inside_editor(event.target()) || commands::on_control(event.target()) {
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
            self.rest.set_value(None);
            self.tap.set_value(None);
            return self.feed(Input::Pinch);
        }
        let on = line_at(event.client_x(), event.client_y());
        let mut held = self.held(event);
        if !self.session.can_write() && on.is_some() && !held.right {
            // A viewer looks around: stickies do not follow, the wall does.
            held.hand = true;
        }
        self.last.set_value(Some((at, held)));
        self.feed(Input::Down { at, on, held });
        if held.touch {
            let hand = *self;
            self.rest.set_value(Some(Timeout::new(REST, move || hand.feed(Input::Rest))));
        }
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
            let held = self.held(event);
            self.last.set_value(Some((at, held)));
            self.feed(Input::Move { at, held });
            self.pull_at_the_edge();
        }
        let camera = self.session.camera.get_value();
        self.session.cursor.set_value(Some(camera.to_wall(at.x, at.y)));
        self.session.show();
    }

    /// Two fingers pan and zoom together.
    fn pinch(&self, before: Screen, after: Screen, other: Screen) {
        let apart = |a: Screen, b: Screen| (a.x - b.x).hypot(a.y - b.y).max(1.0);
        let middle = Screen { x: f64::midpoint(after.x, other.x), y: f64::midpoint(after.y, other.y) };
        let factor = apart(after, other) / apart(before, other);
        move_camera(self.session, |camera| {
            camera
                .panned((after.x - before.x) / 2.0, (after.y - before.y) / 2.0)
                .zoomed_at(middle.x, middle.y, factor)
        });
    }

    pub fn up(&self, event: &web_sys::PointerEvent) {
        self.rest.set_value(None);
        let known = self.fingers.try_update_value(|fingers| fingers.remove(&event.pointer_id()).is_some());
        let at = self.screen(event.client_x(), event.client_y());
        let held = self.held(event);
        if known != Some(true) {
            // It went down on the palette and carried a kind here.
            let on_wall = !inside_editor(event.target()) && !commands::on_control(event.target());
            if on_wall && self.session.armed.get_untracked().is_some() {
                self.feed(Input::Up { at, held });
            }
            return;
        }
        if let Some(left) = self.fingers.with_value(|fingers| fingers.values().next().copied()) {
            // One of two fingers is gone: the other goes on pulling the wall.
            let held = Held { hand: true, ..held };
            return self.feed(Input::Down { at: left, on: None, held });
        }
        let tapped = held.touch && matches!(self.tool.get_value(), State::Pressing { .. });
        self.feed(Input::Up { at, held });
        if tapped {
            self.tapped(event.time_stamp(), at, event);
        }
    }

    fn tapped(&self, now: f64, at: Screen, event: &web_sys::PointerEvent) {
        let before = self.tap.get_value();
        let second =
            before.is_some_and(|(then, there)| now - then < DOUBLE_TAP && !at.far_from(there, TAP_SPREAD));
        self.tap.set_value((!second).then_some((now, at)));
        if second {
            self.open(event);
        }
    }

    pub fn cancelled(&self, event: &web_sys::PointerEvent) {
        self.rest.set_value(None);
        self.fingers.update_value(|fingers| {
            fingers.remove(&event.pointer_id());
        });
        self.feed(Input::Cancel);
    }

    /// The browser's own double click; fingers are counted in `tapped`, as browsers disagree about them.
    pub fn double_click(&self, event: &web_sys::MouseEvent) {
        let by_finger = self.last.with_value(|last| last.is_some_and(|(_, held)| held.touch));
        if !by_finger && !inside_editor(event.target()) && !commands::on_control(event.target()) {
            self.open(event);
        }
    }

    /// Opens what lies under the pointer: a group shows its member, a sticky its words, the wall a new sticky.
    fn open(&self, event: &web_sys::MouseEvent) {
        let at = self.screen(event.client_x(), event.client_y());
        let Some(line) = line_at(event.client_x(), event.client_y()) else {
            let around = self.session.camera.get_value().to_wall(at.x, at.y);
            return write_around(self.session, self.session.last_kind.get_untracked(), around);
        };
        let group = self.group_of(&line);
        let selection = self.session.selection.get_untracked();
        if group.len() > 1 && !tools::is_inside(&selection, &group) {
            self.choose(vec![line]);
        } else if self.session.with_board(|board| board.line(&line).is_some_and(|line| line.locked)) {
            self.session.say(messages::commands::IS_LOCKED);
        } else {
            self.session.edit(line);
        }
    }

    /// All of them are let go, as when the window loses the person.
    fn let_go(&self) {
        self.rest.set_value(None);
        self.fingers.update_value(HashMap::clear);
        self.space.set(false);
        self.feed(Input::Cancel);
    }

    fn group_of(&self, line: &LineId) -> Vec<LineId> {
        effects::group(self.session, line)
    }
}

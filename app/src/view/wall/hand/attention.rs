//! What the hand hears besides pointers: space, Escape, the wheel, the palette of kinds, the window.

use super::super::look::move_camera;
use super::super::place::in_field;
use super::Hand;
use crate::commands;
use crate::tools::{Input, State};
use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

impl Hand {
    pub(super) fn pay_attention(self) {
        self.hold_space();
        self.end_on_escape();
        self.let_go_with_the_window();
        self.follow_arming();
        self.take_the_wheel();
    }

    /// Space held down is the hand.
    fn hold_space(self) {
        let down = window_event_listener(leptos::ev::keydown, move |event| {
            let free = !in_field(event.target()) && !commands::on_control(event.target());
            if event.code() == "Space" && free && !event.default_prevented() {
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

    /// Escape ends a gesture and nothing else: it is taken before the shortcuts hear of it.
    fn end_on_escape(self) {
        let options = EventListenerOptions::run_in_capture_phase();
        let options = EventListenerOptions { passive: false, ..options };
        let window = crate::browser::window();
        let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
            let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
            if escape && self.tool.try_with_value(State::is_gesture) == Some(true) {
                event.prevent_default();
                event.stop_propagation();
                self.rest.set_value(None);
                self.feed(Input::Cancel);
            }
        });
        let listener = StoredValue::new_local(Some(listener));
        on_cleanup(move || listener.set_value(None));
    }

    fn let_go_with_the_window(self) {
        let blur = window_event_listener_untyped("blur", move |_| self.let_go());
        on_cleanup(move || blur.remove());
    }

    /// The tool follows the palette: a chosen kind arms it, a dropped one disarms it.
    fn follow_arming(self) {
        Effect::new(move |_| {
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

    /// The wheel pans; with Ctrl, and by pinching a touch pad, it zooms at the pointer instead of the whole page. The
    /// browser's own menu gives way to ours.
    fn take_the_wheel(self) {
        Effect::new(move |_| {
            let Some(wall) = self.wall.get() else { return };
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&wall, "wheel", options, move |event| {
                if let Some(event) = event.dyn_ref::<web_sys::WheelEvent>() {
                    event.prevent_default();
                    self.wheel(event);
                }
            })
            .forget();
            EventListener::new_with_options(&wall, "contextmenu", options, move |event| {
                if !in_field(event.target()) {
                    event.prevent_default();
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
        // What is carried stays under the pointer.
        if let Some((at, held)) = self.last.get_value()
            && self.tool.with_value(State::pulls_at_the_edge)
        {
            self.feed(Input::Move { at, held });
        }
    }
}

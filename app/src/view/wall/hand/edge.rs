//! When something is carried to the edge of the wall, the wall comes to meet it.

use super::super::look::move_camera;
use super::Hand;
use crate::browser;
use crate::tools::{Input, Screen, State};
use leptos::prelude::*;

/// How near the edge, in screen pixels.
const BAND: f64 = 28.0;
/// So many frames the pointer has to stay there first: it may only pass through.
const PATIENCE: u32 = 10;
/// The fastest pull, in pixels a frame.
const FASTEST: f64 = 18.0;

impl Hand {
    /// Called with each move; goes on by itself from frame to frame as long as the pointer stays at the edge.
    pub(super) fn pull_at_the_edge(&self) {
        if self.at_edge.get_value() == 0 && self.pull().is_some() {
            self.at_edge.set_value(1);
            self.next_pull();
        }
    }

    fn next_pull(&self) {
        let hand = *self;
        browser::next_frame(move || {
            // The wall may be gone by now.
            let Some(frames) = hand.at_edge.try_get_value() else { return };
            let Some(way) = hand.pull() else { return hand.at_edge.set_value(0) };
            hand.at_edge.set_value(frames + 1);
            if frames > PATIENCE {
                move_camera(hand.session, |camera| camera.panned(way.x, way.y));
                if let Some((at, held)) = hand.last.get_value() {
                    hand.feed(Input::Move { at, held });
                }
            }
            hand.next_pull();
        });
    }

    /// The way the wall goes now, if it does.
    fn pull(&self) -> Option<Screen> {
        if !self.tool.try_with_value(State::pulls_at_the_edge)? {
            return None;
        }
        let (at, _) = self.last.get_value()?;
        let wall = self.wall.try_get_untracked()??.get_bounding_client_rect();
        let speed = |at: f64, length: f64| {
            let depth = |near: f64| ((BAND - near) / BAND).clamp(0.0, 1.0) * FASTEST;
            depth(at) - depth(length - at)
        };
        let way = Screen { x: speed(at.x, wall.width()), y: speed(at.y, wall.height()) };
        (way.x != 0.0 || way.y != 0.0).then_some(way)
    }
}

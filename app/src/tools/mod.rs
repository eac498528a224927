//! What the pointer is doing on the wall, as a state chart: one state a file, `step(state, input, view)` gives the
//! next state and effects. No DOM and no Leptos here, so gestures are tested without a browser.

mod dragging;
mod idle;
mod marquee;
mod panning;
mod placing;
mod pressing;

use crate::camera::{Area, Camera};
use board::{LineId, Point};
use emd::Kind;

/// A drag starts after this many screen pixels.
const MOUSE_SLOP: f64 = 4.0;
const TOUCH_SLOP: f64 = 8.0;

/// A point on the screen, in pixels from the wall's upper left corner.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Screen {
    pub x: f64,
    pub y: f64,
}

impl Screen {
    fn far_from(self, other: Screen, slop: f64) -> bool {
        (self.x - other.x).hypot(self.y - other.y) > slop
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Held {
    pub shift: bool,
    pub alt: bool,
    /// The hand: space is held, or the middle button, or the hand tool.
    pub hand: bool,
    pub touch: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    Down {
        at: Screen,
        on: Option<LineId>,
        held: Held,
    },
    Move {
        at: Screen,
        held: Held,
    },
    Up {
        at: Screen,
        held: Held,
    },
    /// Escape, or the pointer was taken away.
    Cancel,
    /// A kind was chosen to be placed with the next click.
    Arm(Kind),
}

#[derive(Clone, PartialEq, Debug, Default)]
pub enum State {
    #[default]
    Idle,
    /// The button is down on a sticky or on the wall; nothing has moved yet.
    Pressing {
        from: Screen,
        on: Option<LineId>,
        held: Held,
    },
    Dragging {
        from: Screen,
        lines: Vec<LineId>,
        copy: bool,
    },
    Panning {
        last: Screen,
    },
    Marquee {
        from: Screen,
        kept: Vec<LineId>,
    },
    Placing {
        kind: Kind,
    },
}

/// What the page has to do. Effects on the document come only at the end of a gesture.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    Select(Vec<LineId>),
    /// Shows the stickies moved by this way; nothing is written yet.
    Ghost {
        lines: Vec<LineId>,
        by: Point,
    },
    /// Takes the ghost away.
    Unghost,
    Drop {
        lines: Vec<LineId>,
        by: Point,
    },
    Duplicate {
        lines: Vec<LineId>,
        by: Point,
    },
    Pan {
        dx: f64,
        dy: f64,
    },
    Marquee(Option<Area>),
    /// A click on the empty wall: the next sticky starts here.
    Insertion(Point),
    /// Starts writing a sticky of this kind around this point.
    Write {
        kind: Kind,
        around: Point,
    },
}

/// What a step may look at.
pub struct View<'a> {
    pub camera: Camera,
    pub selection: &'a [LineId],
    /// The stickies that touch an area of the wall.
    pub touching: &'a dyn Fn(Area) -> Vec<LineId>,
}

/// One step of the chart.
pub fn step(state: State, input: Input, view: &View<'_>) -> (State, Vec<Effect>) {
    if let Input::Arm(kind) = input {
        let (_, effects) = step(state, Input::Cancel, view);
        return (State::Placing { kind }, effects);
    }
    match state {
        State::Idle => idle::step(input),
        State::Pressing { from, on, held } => pressing::step(from, on, held, input, view),
        State::Dragging { from, lines, copy } => dragging::step(from, lines, copy, input, view),
        State::Panning { last } => panning::step(last, input),
        State::Marquee { from, kept } => marquee::step(from, kept, input, view),
        State::Placing { kind } => placing::step(kind, input, view),
    }
}

fn way(from: Screen, to: Screen, camera: Camera) -> Point {
    Point { x: (to.x - from.x) / camera.zoom, y: (to.y - from.y) / camera.zoom }
}

#[cfg(test)]
mod tests;

//! What the pointer is doing on the wall, as a state chart: one state a file, `step(state, input, view)` gives the
//! next state and effects. No DOM and no Leptos here, so gestures are tested without a browser.
//!
//! Invariants: effects on the document come only at the end of a gesture; `Cancel` in any state leaves selection,
//! camera and document as they were before the gesture. Where a gesture began is kept in wall pixels, so that the
//! camera may move under it.

mod dragging;
mod idle;
mod marquee;
mod panning;
mod placing;
mod pressing;
mod snapping;

pub use snapping::{Guide, REACH, Snap, snap};

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
    pub fn far_from(self, other: Screen, slop: f64) -> bool {
        (self.x - other.x).hypot(self.y - other.y) > slop
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Held {
    pub shift: bool,
    pub alt: bool,
    /// Ctrl, or Cmd on a Mac: nothing snaps.
    pub command: bool,
    /// The hand: space is held, or the middle button, or the hand tool.
    pub hand: bool,
    /// The right button: pulls the wall when it moves, asks for the menu when it does not.
    pub right: bool,
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
    /// The finger has rested long enough to ask for the menu.
    Rest,
    /// A second finger is down: what one finger began ends here.
    Pinch,
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
        from: Point,
        lines: Vec<LineId>,
        /// The selection before, for Escape.
        before: Vec<LineId>,
    },
    Panning {
        last: Screen,
        /// How far it went, for Escape.
        way: Screen,
    },
    Marquee {
        from: Point,
        kept: Vec<LineId>,
        /// The selection before, for Escape.
        before: Vec<LineId>,
    },
    Placing {
        kind: Kind,
    },
}

impl State {
    /// Whether Escape ends something here before it does anything else.
    pub fn is_gesture(&self) -> bool {
        !matches!(self, State::Idle | State::Placing { .. })
    }

    /// Whether the wall follows when the pointer comes to its edge.
    pub fn pulls_at_the_edge(&self) -> bool {
        matches!(self, State::Dragging { .. } | State::Marquee { .. })
    }
}

/// What the page has to do. Effects on the document come only at the end of a gesture.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    Select(Vec<LineId>),
    /// Shows the stickies moved by this way, with the lines they have snapped to; nothing is written yet.
    Ghost {
        lines: Vec<LineId>,
        snap: Snap,
        copy: bool,
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
    /// What can be done with this sticky, or with the wall here.
    Menu {
        at: Screen,
        on: Option<LineId>,
    },
}

/// What lies on the wall, as far as gestures ask.
pub trait Wall {
    /// The stickies that touch an area, locked ones left out.
    fn touching(&self, area: Area) -> Vec<LineId>;
    /// A sticky with all that it is grouped with, in text order.
    fn group(&self, line: &LineId) -> Vec<LineId>;
    fn is_locked(&self, line: &LineId) -> bool;
    /// The way that these stickies go when they are pulled this far.
    fn snap(&self, lines: &[LineId], by: Point) -> Snap;
}

/// What a step may look at.
pub struct View<'a> {
    pub camera: Camera,
    pub selection: &'a [LineId],
    pub wall: &'a dyn Wall,
}

impl View<'_> {
    fn to_wall(&self, at: Screen) -> Point {
        self.camera.to_wall(at.x, at.y)
    }

    /// What a click on a sticky means: its whole group, until somebody has gone into the group.
    fn meant(&self, line: &LineId) -> Vec<LineId> {
        let group = self.wall.group(line);
        if is_inside(self.selection, &group) { vec![line.clone()] } else { group }
    }
}

/// Whether somebody has gone into a group: a part of it is selected and nothing else.
pub fn is_inside(selection: &[LineId], group: &[LineId]) -> bool {
    !selection.is_empty()
        && selection.len() < group.len()
        && selection.iter().all(|line| group.contains(line))
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
        State::Dragging { from, lines, before } => dragging::step(from, lines, before, input, view),
        State::Panning { last, way } => panning::step(last, way, input),
        State::Marquee { from, kept, before } => marquee::step(from, kept, before, input, view),
        State::Placing { kind } => placing::step(kind, input, view),
    }
}

#[cfg(test)]
mod tests;

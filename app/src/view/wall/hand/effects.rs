//! Carries out what the tools ask for, and answers what they ask about the wall.

use super::super::look::move_camera;
use super::super::place::{focus, select, touching, write_around};
use super::Hand;
use crate::camera::{Area, Camera};
use crate::session::{Drag, Panel, Session};
use crate::tools::{self, Effect, Input, REACH, Snap, State, View};
use board::layout::{Frame, drop};
use board::{Command, LineId, Point, geometry};
use leptos::prelude::*;

/// How far around what is carried others are looked for to snap to, in wall pixels.
const AROUND: f64 = 600.0;

/// The wall as it lies now, for the tools.
struct Lying {
    session: Session,
    camera: Camera,
}

/// A sticky with all that it is grouped with, in text order.
pub fn group(session: Session, line: &LineId) -> Vec<LineId> {
    session.with_mirror(|mirror| {
        let of = |id: &LineId| mirror.board().line(id).and_then(|line| line.group.as_ref());
        match of(line) {
            Some(group) => mirror.layout.order.iter().filter(|id| of(id) == Some(group)).cloned().collect(),
            None => vec![line.clone()],
        }
    })
}

impl tools::Wall for Lying {
    fn touching(&self, area: Area) -> Vec<LineId> {
        let mut lines = touching(self.session, area);
        lines.retain(|line| !self.is_locked(line));
        lines
    }

    fn group(&self, line: &LineId) -> Vec<LineId> {
        group(self.session, line)
    }

    fn is_locked(&self, line: &LineId) -> bool {
        self.session.with_board(|board| board.line(line).is_some_and(|line| line.locked))
    }

    fn snap(&self, lines: &[LineId], by: Point) -> Snap {
        self.session.with_mirror(|mirror| {
            let frames = &mirror.layout.frames;
            let carried = geometry::bounds(lines.iter().filter_map(|line| frames.get(line)));
            let Some(carried) = carried else { return Snap { by, guides: Vec::new() } };
            let around = carried.moved(by).grown(AROUND);
            let others: Vec<Frame> = frames
                .iter()
                .filter(|(id, frame)| frame.overlaps(&around) && !lines.contains(id))
                .map(|(_, frame)| *frame)
                .collect();
            tools::snap(&carried, by, &others, REACH / self.camera.zoom)
        })
    }
}

impl Hand {
    /// One step of the tools, carried out.
    pub(super) fn feed(&self, input: Input) {
        let state = self.tool.get_value();
        let selection = self.session.selection.get_untracked();
        let camera = self.session.camera.get_value();
        let wall = Lying { session: self.session, camera };
        let view = View { camera, selection: &selection, wall: &wall };
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
            Effect::Select(lines) => self.choose(lines),
            Effect::Ghost { lines, snap, copy } => self.show_ghost(lines, snap, copy),
            Effect::Unghost => {
                self.mark.set(None);
                self.guides.set(Vec::new());
                self.say_copy(false);
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
            Effect::Menu { at, .. } => {
                let edge = self.wall.get_untracked().map(|wall| wall.get_bounding_client_rect());
                let (left, top) = edge.map_or((0.0, 0.0), |edge| (edge.left(), edge.top()));
                let (x, y) = ((at.x + left).round() as i32, (at.y + top).round() as i32);
                session.panel.set(Some(Panel::Menu { x, y }));
            }
        }
    }

    pub(super) fn choose(&self, lines: Vec<LineId>) {
        if let [line] = &lines[..] {
            focus(line);
        }
        select(self.session, lines);
    }

    fn show_ghost(&self, lines: Vec<LineId>, snap: Snap, copy: bool) {
        let by = snap.by;
        let mark = (!copy).then(|| {
            self.session.with_mirror(|mirror| drop(mirror.board(), &mirror.layout, &lines, by).mark)
        });
        self.mark.set(mark.flatten());
        if self.guides.with_untracked(|old| *old != snap.guides) {
            self.guides.set(snap.guides);
        }
        self.say_copy(copy);
        self.session.drag.set(Some(Drag { lines, by }));
        self.session.show();
    }

    /// The pointer over the wall tells that a copy will stay behind.
    fn say_copy(&self, copy: bool) {
        if let Some(wall) = self.wall.get_untracked() {
            let _ = wall.toggle_attribute_with_force("data-copy", copy);
        }
    }
}

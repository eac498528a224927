//! The page's copy of the board, with one trigger per mounted note and property: what a change touches, and
//! nothing else, draws again. Written by `session` alone.

mod covers;

pub use covers::Cover;

use board::layout::{Frame, Layout, layout};
use board::{At, Board, Change, Line, LineId, Point, Replica};
use emd::{Kind, Step};
use leptos::prelude::{ArcTrigger, Notify, Track};
use std::collections::{HashMap, HashSet};

pub struct Mirror {
    pub replica: Replica,
    pub layout: Layout,
    /// What a sticky shows beside its own line: its annotations, the lines of its scenario.
    parts: HashMap<LineId, Vec<LineId>>,
    covers: HashMap<LineId, Cover>,
    texts: HashMap<LineId, ArcTrigger>,
    places: HashMap<LineId, ArcTrigger>,
}

impl Mirror {
    pub fn new(replica: Replica) -> Self {
        let layout = layout(replica.board());
        let parts = parts(replica.board());
        let covers = covers::covers(replica.board(), &layout);
        Mirror { replica, layout, parts, covers, texts: HashMap::new(), places: HashMap::new() }
    }

    pub fn board(&self) -> &Board {
        self.replica.board()
    }

    /// Reads a line and has the caller's view drawn again when its text or author changes.
    pub fn watch_text(&mut self, id: &LineId) -> Option<Line> {
        self.texts.entry(id.clone()).or_default().track();
        self.board().line(id).cloned()
    }

    /// The lines that are shown on this one, in text order; whoever watches a text is told when they change.
    pub fn parts(&self, id: &LineId) -> impl Iterator<Item = (&LineId, &Line)> {
        let parts = self.parts.get(id).into_iter().flatten();
        parts.filter_map(|id| Some((id, self.board().line(id)?)))
    }

    /// Reads a frame and has the caller's view drawn again when it moves.
    pub fn watch_place(&mut self, id: &LineId) -> Option<Frame> {
        self.places.entry(id.clone()).or_default().track();
        self.layout.frames.get(id).copied()
    }

    /// What lies over the corners of a sticky; whoever watches its place is told when that changes.
    pub fn cover(&self, id: &LineId) -> Cover {
        self.covers.get(id).copied().unwrap_or_default()
    }

    /// The living stickies in reading order.
    pub fn stickies(&self) -> Vec<LineId> {
        self.board().order.iter().filter(|id| self.layout.frames.contains_key(*id)).cloned().collect()
    }

    /// Takes in what changed and notifies the views of exactly those lines.
    pub fn flush(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Text(id, _) | Change::Added(id) | Change::Held(id) => self.notify_text(id),
                Change::Removed(id) => {
                    self.notify_text(id);
                    self.texts.remove(id);
                }
                Change::Moved(_)
                | Change::Placed(_)
                | Change::Person(_)
                | Change::Settings
                | Change::Runs(_) => {}
            }
        }
        let same = self.layout.is_of(self.replica.board());
        self.flush_parts(changes, same);
        if same {
            return;
        }
        let fresh = layout(self.replica.board());
        let covers = covers::covers(self.replica.board(), &fresh);
        let old = std::mem::replace(&mut self.layout, fresh);
        let old_covers = std::mem::replace(&mut self.covers, covers);
        for (id, trigger) in &self.places {
            if old.frames.get(id) != self.layout.frames.get(id) || old_covers.get(id) != self.covers.get(id) {
                trigger.notify();
            }
        }
        let frames = &self.layout.frames;
        self.places.retain(|id, _| frames.contains_key(id));
    }

    /// Tells the stickies whose parts are others now, or say something else.
    /// With the same lines of the same kinds in the same order, parts are the same.
    fn flush_parts(&mut self, changes: &[Change], same: bool) {
        let old = (!same).then(|| {
            let fresh = parts(self.replica.board());
            std::mem::replace(&mut self.parts, fresh)
        });
        let said = changes
            .iter()
            .filter_map(|change| if let Change::Text(id, _) = change { Some(id) } else { None });
        let said: HashSet<&LineId> = said.collect();
        for (owner, trigger) in &self.texts {
            let now = self.parts.get(owner);
            let others = old.as_ref().is_some_and(|old| old.get(owner) != now);
            if others || now.is_some_and(|parts| parts.iter().any(|id| said.contains(id))) {
                trigger.notify();
            }
        }
    }

    fn notify_text(&self, id: &LineId) {
        if let Some(trigger) = self.texts.get(id) {
            trigger.notify();
        }
    }

    /// Where a sticky that is not written yet would come to lie.
    pub fn draft_frame(&self, kind: Kind, at: &At, place: Option<Point>) -> Option<Frame> {
        let mut board = self.board().clone();
        let id = LineId("draft".into());
        let line = Line { pos: place, ..Line::new(emd::edit::write(kind, "?", &[])) };
        let at = match at {
            At::Start => 0,
            At::End => board.order.len(),
            At::Before(other) => board.order.iter().position(|id| id == other).unwrap_or(board.order.len()),
            At::After(other) => {
                board.order.iter().position(|id| id == other).map_or(board.order.len(), |at| at + 1)
            }
        };
        board.order.insert(at, id.clone());
        board.lines.insert(id.clone(), line);
        let mut frame = layout(&board).frames.get(&id).copied()?;
        if let Some(place) = place {
            frame.at = place;
        }
        Some(frame)
    }
}

/// Annotations stand behind their sticky, given, when and then behind their scenario.
fn parts(board: &Board) -> HashMap<LineId, Vec<LineId>> {
    let mut parts: HashMap<LineId, Vec<LineId>> = HashMap::new();
    let (mut sticky, mut scenario) = (None, None);
    for (id, line) in board.order.iter().filter_map(|id| Some((id, board.line(id)?))) {
        let owner = match line.kind {
            Kind::Annotation(_) => line.of.as_ref().or(sticky),
            Kind::Scenario(Step::Scenario) => {
                scenario = Some(id);
                continue;
            }
            Kind::Scenario(_) => scenario,
            Kind::Blank | Kind::Caret => continue,
            _ => {
                sticky = Some(id);
                continue;
            }
        };
        if let Some(owner) = owner {
            parts.entry(owner.clone()).or_default().push(id.clone());
        }
    }
    parts
}

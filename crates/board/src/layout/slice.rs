//! A slice of the timeline: a command with all that stands around it, as columns of stickies.
//!
//! The screen on top, then command, rules and events from left to right; read models under the command, policies
//! under the events, actors on the command's lower left corner, hotspots on the upper right corner of their sticky.

use super::{Frame, GAP, PIVOTAL};

/// So many events of one command stand on each other, then a new column begins.
const STACK: usize = 4;
/// How far a hotspot reaches over its sticky's corner.
pub(super) const OVER: f64 = 60.0;
pub(super) const ABOVE: f64 = 60.0;
/// From one actor to the next.
const ACTOR: f64 = 105.0;

/// The frames of all stickies, by their place in reading order.
pub(super) type Frames = Vec<Frame>;

/// A sticky with the hotspots and opportunities on its upper right corner. Stickies are told by their place in
/// reading order.
#[derive(Clone)]
pub(super) struct Cell {
    at: usize,
    size: (f64, f64),
    pivotal: bool,
    spots: Vec<(usize, (f64, f64))>,
}

impl Cell {
    pub fn new(at: usize, sticky: &super::Sticky<'_>) -> Cell {
        Cell { at, size: sticky.size, pivotal: sticky.pivotal, spots: Vec::new() }
    }

    pub fn attach(&mut self, spot: Cell) {
        self.spots.push((spot.at, spot.size));
    }

    pub fn width(&self) -> f64 {
        let spots = match self.spots.is_empty() {
            true => 0.0,
            false => row_width(self.spots.iter().map(|(_, size)| size.0)) - OVER,
        };
        self.size.0 + spots + if self.pivotal { 2.0 * PIVOTAL - GAP } else { 0.0 }
    }

    /// How far its hotspots stand out above it.
    pub fn above(&self) -> f64 {
        if self.spots.is_empty() { 0.0 } else { ABOVE }
    }

    /// Its height below its own upper edge.
    pub fn below(&self) -> f64 {
        let spots = largest(self.spots.iter().map(|(_, size)| size.1));
        self.size.1.max(spots - self.above())
    }

    pub fn place(&self, x: f64, y: f64, frames: &mut Frames) {
        frames[self.at] = Frame::new(x, y, self.size.0, self.size.1);
        let mut spot_x = x + self.size.0 - OVER;
        for (at, size) in &self.spots {
            frames[*at] = Frame::new(spot_x, y - self.above(), size.0, size.1);
            spot_x += size.0 + GAP;
        }
    }
}

/// Cells on top of each other.
#[derive(Default)]
struct Column(Vec<Cell>);

impl Column {
    fn width(&self) -> f64 {
        largest(self.0.iter().map(Cell::width))
    }

    fn above(&self) -> f64 {
        self.0.first().map_or(0.0, Cell::above)
    }

    /// From the first sticky's upper edge down.
    fn below(&self) -> f64 {
        let cells = self.0.iter().map(|cell| cell.above() + cell.below() + GAP);
        cells.sum::<f64>() - GAP - self.above()
    }

    fn place(&self, x: f64, y: f64, frames: &mut Frames) {
        let mut y = y - self.above();
        for cell in &self.0 {
            y += cell.above();
            cell.place(x, y, frames);
            y += cell.below() + GAP;
        }
    }
}

#[derive(Default)]
pub(super) struct Slice {
    pub actors: Vec<Cell>,
    pub screens: Vec<Cell>,
    pub command: Option<Cell>,
    pub models: Vec<Cell>,
    /// Constraints and systems.
    pub rules: Vec<Cell>,
    pub events: Vec<Cell>,
    pub policies: Vec<Cell>,
    /// Terms and notes, shown in the row above.
    pub notes: Vec<Cell>,
}

/// A slice as columns, ready to be placed.
pub(super) struct Block {
    screens: Vec<Cell>,
    columns: Vec<Column>,
    actors: Vec<Cell>,
    pub notes: Vec<Cell>,
}

impl Slice {
    pub fn into_block(mut self) -> Block {
        let mut columns = Vec::new();
        let mut under = Vec::new();
        match self.command.take() {
            Some(command) => {
                let cells = std::iter::once(command).chain(self.models);
                columns.push(Column(cells.collect()));
            }
            None => under = self.models,
        }
        columns.push(Column(self.rules));
        let first = columns.len();
        let mut events = self.events.into_iter().peekable();
        while events.peek().is_some() || columns.len() == first {
            columns.push(Column(events.by_ref().take(STACK).collect()));
        }
        columns[first].0.extend(self.policies);
        columns[first].0.extend(under);
        columns.retain(|column| !column.0.is_empty());
        Block { screens: self.screens, columns, actors: self.actors, notes: self.notes }
    }
}

pub(super) fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, f64::max)
}

fn row_width(widths: impl Iterator<Item = f64>) -> f64 {
    widths.map(|width| width + GAP).sum::<f64>() - GAP
}

impl Block {
    pub fn width(&self) -> f64 {
        let columns = row_width(self.columns.iter().map(Column::width));
        let screens = row_width(self.screens.iter().map(Cell::width));
        let actors = self.actors.len().min(2) as f64 * ACTOR;
        columns.max(screens).max(actors)
    }

    pub fn above(&self) -> f64 {
        let actors = self.actors.len() as f64 * ACTOR - 2.0 * ACTOR - 115.0;
        largest(self.columns.iter().map(Column::above)).max(actors)
    }

    pub fn below(&self) -> f64 {
        let actors = if self.actors.is_empty() { 0.0 } else { 215.0 };
        largest(self.columns.iter().map(Column::below)).max(actors)
    }

    /// The height of the band of screens over the slice.
    pub fn band(&self) -> f64 {
        let cells = self.screens.iter().map(|cell| cell.above() + cell.below() + GAP);
        cells.fold(0.0, f64::max)
    }

    /// `screens` is the upper edge of the row's band of screens.
    pub fn place(&self, x: f64, y: f64, screens: f64, frames: &mut Frames) {
        let mut at = x;
        for column in &self.columns {
            column.place(at, y, frames);
            at += column.width() + GAP;
        }
        at = x;
        for cell in &self.screens {
            cell.place(at, screens + cell.above(), frames);
            at += cell.width() + GAP;
        }
        // On the lower left corner of the command, the second beside it, more of them up its left side.
        for (nth, cell) in self.actors.iter().enumerate() {
            let across = if nth == 1 { ACTOR } else { 0.0 };
            let up = if nth > 1 { (nth - 1) as f64 * ACTOR } else { 0.0 };
            cell.place(x - 10.0 + across, y + 115.0 - up, frames);
        }
    }
}

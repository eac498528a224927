//! Flow: places from the order alone. Headings start sections; a section is rows of slices, read like a page.
//!
//! A command opens a slice; actors and screens wait for the next command, all else joins the slice before. Without
//! a command, each event is a slice of its own, so that a board of events reads as a timeline.

use super::{Frame, GAP, size_of, stickies};
use crate::{Board, Line, LineId};
use emd::Kind;
use std::collections::HashMap;

/// Rows wrap at this width on a small board, and at some more columns on a large one.
const WIDTH: f64 = 1900.0;
const COLUMN: f64 = 440.0;
/// How wide a wall is for its height.
const ASPECT: f64 = 1.5;
/// So many events of one command stand on each other, then a new column begins.
const STACK: usize = 4;
/// How far a hotspot reaches over its sticky's corner.
pub(super) const OVER: f64 = 60.0;
pub(super) const ABOVE: f64 = 60.0;
/// From one actor to the next.
const ACTOR: f64 = 105.0;
/// Room between two rows, and before a section.
const ROW: f64 = 60.0;

type Frames = HashMap<LineId, Frame>;

/// A sticky with the hotspots and opportunities on its upper right corner.
#[derive(Clone, Default)]
struct Cell<'a> {
    id: Option<&'a LineId>,
    size: (f64, f64),
    spots: Vec<(&'a LineId, (f64, f64))>,
}

impl<'a> Cell<'a> {
    fn new(id: &'a LineId, line: &Line) -> Cell<'a> {
        Cell { id: Some(id), size: size_of(line), spots: Vec::new() }
    }

    fn width(&self) -> f64 {
        match self.spots.is_empty() {
            true => self.size.0,
            false => self.size.0 - OVER + row_width(self.spots.iter().map(|(_, size)| size.0)),
        }
    }

    /// How far its hotspots stand out above it.
    fn above(&self) -> f64 {
        if self.spots.is_empty() { 0.0 } else { ABOVE }
    }

    /// Its height below its own upper edge.
    fn below(&self) -> f64 {
        let spots = largest(self.spots.iter().map(|(_, size)| size.1));
        self.size.1.max(spots - self.above())
    }

    fn place(&self, x: f64, y: f64, frames: &mut Frames) {
        if let Some(id) = self.id {
            frames.insert(id.clone(), Frame::new(x, y, self.size.0, self.size.1));
        }
        let mut spot_x = x + self.size.0 - OVER;
        for (id, size) in &self.spots {
            frames.insert((*id).clone(), Frame::new(spot_x, y - self.above(), size.0, size.1));
            spot_x += size.0 + GAP;
        }
    }
}

/// Cells on top of each other.
#[derive(Clone, Default)]
struct Column<'a>(Vec<Cell<'a>>);

impl Column<'_> {
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
struct Slice<'a> {
    actors: Vec<Cell<'a>>,
    screens: Vec<Cell<'a>>,
    command: Option<Cell<'a>>,
    models: Vec<Cell<'a>>,
    rules: Vec<Cell<'a>>,
    events: Vec<Cell<'a>>,
    policies: Vec<Cell<'a>>,
    /// Terms and notes, shown in the row above.
    notes: Vec<Cell<'a>>,
}

/// A slice as columns, ready to be placed.
struct Block<'a> {
    screens: Vec<Cell<'a>>,
    columns: Vec<Column<'a>>,
    actors: Vec<Cell<'a>>,
    notes: Vec<Cell<'a>>,
}

impl<'a> Slice<'a> {
    fn into_block(mut self) -> Block<'a> {
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
        let mut events: Vec<Column<'_>> =
            self.events.chunks(STACK).map(|cells| Column(cells.to_vec())).collect();
        if events.is_empty() {
            events.push(Column::default());
        }
        if let Some(first) = events.first_mut() {
            first.0.extend(self.policies);
            first.0.extend(under);
        }
        columns.extend(events);
        columns.retain(|column| !column.0.is_empty());
        Block { screens: self.screens, columns, actors: self.actors, notes: self.notes }
    }
}

fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, f64::max)
}

fn row_width(widths: impl Iterator<Item = f64>) -> f64 {
    widths.map(|width| width + GAP).sum::<f64>() - GAP
}

impl Block<'_> {
    fn width(&self) -> f64 {
        let columns = row_width(self.columns.iter().map(Column::width));
        let screens = row_width(self.screens.iter().map(Cell::width));
        let actors = self.actors.len().min(2) as f64 * ACTOR;
        columns.max(screens).max(actors)
    }

    fn above(&self) -> f64 {
        let actors = self.actors.len() as f64 * ACTOR - 2.0 * ACTOR - 115.0;
        largest(self.columns.iter().map(Column::above)).max(actors)
    }

    fn below(&self) -> f64 {
        largest(self.columns.iter().map(Column::below))
    }

    /// The height of the band of screens over the slice.
    fn band(&self) -> f64 {
        let cells = self.screens.iter().map(|cell| cell.above() + cell.below() + GAP);
        cells.fold(0.0, f64::max)
    }

    fn place(&self, x: f64, y: f64, screens: f64, frames: &mut Frames) {
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

/// What a heading and the slices under it come to.
#[derive(Default)]
struct Section<'a> {
    heading: Option<Cell<'a>>,
    /// Terms and notes before the first slice.
    notes: Vec<Cell<'a>>,
    slices: Vec<Slice<'a>>,
}

/// Which list of a slice a line goes to.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Heading,
    Note,
    Actor,
    Screen,
    Command,
    Model,
    Rule,
    Event,
    Policy,
    Spot,
}

fn part(kind: Kind) -> Part {
    match kind {
        Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context => Part::Heading,
        Kind::Actor => Part::Actor,
        Kind::Screen => Part::Screen,
        Kind::Command => Part::Command,
        Kind::ReadModel => Part::Model,
        Kind::Constraint | Kind::System => Part::Rule,
        Kind::Event => Part::Event,
        Kind::Policy => Part::Policy,
        Kind::Hotspot | Kind::Opportunity => Part::Spot,
        _ => Part::Note,
    }
}

/// Sorts the lines into sections and slices.
fn sections(board: &Board) -> Vec<Section<'_>> {
    let mut sections = vec![Section::default()];
    // Actors and screens wait here for their command.
    let mut waiting = Slice::default();
    let mut last = Part::Note;
    for (id, line) in stickies(board) {
        let cell = Cell::new(id, line);
        let part = part(line.kind);
        if part == Part::Spot && attach(&mut sections, &mut waiting, last, id, cell.size) {
            continue;
        }
        if part == Part::Heading {
            flush(&mut sections, &mut waiting);
            sections.push(Section { heading: Some(cell), ..Section::default() });
            last = part;
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        match part {
            Part::Actor => waiting.actors.push(cell),
            Part::Screen => waiting.screens.push(cell),
            Part::Command => {
                section.slices.push(Slice { command: Some(cell), ..std::mem::take(&mut waiting) })
            }
            Part::Note if section.slices.is_empty() => section.notes.push(cell),
            _ => list(section, part).push(cell),
        }
        last = part;
    }
    flush(&mut sections, &mut waiting);
    sections
}

/// Actors and screens that no command follows.
fn flush<'a>(sections: &mut [Section<'a>], waiting: &mut Slice<'a>) {
    let waiting = std::mem::take(waiting);
    if waiting.actors.is_empty() && waiting.screens.is_empty() {
        return;
    }
    if let Some(section) = sections.last_mut() {
        // They lie side by side, as nothing is there that they could lie on.
        section.slices.push(Slice { events: waiting.actors, screens: waiting.screens, ..Slice::default() });
    }
}

/// The list that takes a line of this part. A slice without a command takes one event.
fn list<'s, 'a>(section: &'s mut Section<'a>, part: Part) -> &'s mut Vec<Cell<'a>> {
    let opens = matches!(part, Part::Event | Part::Spot);
    let full = section
        .slices
        .last()
        .is_none_or(|slice| opens && slice.command.is_none() && !slice.events.is_empty());
    if full {
        section.slices.push(Slice::default());
    }
    let at = section.slices.len() - 1;
    let slice = &mut section.slices[at];
    match part {
        Part::Model => &mut slice.models,
        Part::Rule => &mut slice.rules,
        Part::Policy => &mut slice.policies,
        Part::Note => &mut slice.notes,
        _ => &mut slice.events,
    }
}

/// Puts a hotspot on the sticky before it; `false` if there is none.
fn attach<'a>(
    sections: &mut [Section<'a>],
    waiting: &mut Slice<'a>,
    last: Part,
    id: &'a LineId,
    size: (f64, f64),
) -> bool {
    let Some(section) = sections.last_mut() else {
        return false;
    };
    let host = match last {
        Part::Heading => section.heading.as_mut(),
        Part::Screen => waiting.screens.last_mut(),
        // An actor is smaller than what would hang on it, and lies on its command.
        Part::Actor | Part::Spot => None,
        Part::Note => match section.slices.last_mut() {
            Some(slice) => slice.notes.last_mut(),
            None => section.notes.last_mut(),
        },
        Part::Command => section.slices.last_mut().and_then(|slice| slice.command.as_mut()),
        part => section.slices.last_mut().and_then(|slice| match part {
            Part::Model => slice.models.last_mut(),
            Part::Rule => slice.rules.last_mut(),
            Part::Policy => slice.policies.last_mut(),
            _ => slice.events.last_mut(),
        }),
    };
    match host {
        Some(host) => {
            host.spots.push((id, size));
            true
        }
        None => false,
    }
}

/// Rows wrap at a width that grows in steps with the board, so that a line more rarely moves everything.
fn wrap_width(blocks: &[Vec<Block<'_>>]) -> f64 {
    let area: f64 = blocks
        .iter()
        .flatten()
        .map(|block| (block.width() + GAP) * (block.above() + block.below() + block.band() + ROW))
        .sum();
    let more = ((area * ASPECT).sqrt() - WIDTH).max(0.0);
    WIDTH + (more / COLUMN).ceil() * COLUMN
}

pub(super) fn flow(board: &Board) -> Frames {
    let mut frames = Frames::new();
    let mut heads = Vec::new();
    let mut bodies = Vec::new();
    for section in sections(board) {
        heads.push((section.heading, section.notes));
        bodies.push(section.slices.into_iter().map(Slice::into_block).collect::<Vec<_>>());
    }
    let width = wrap_width(&bodies);
    let mut y = 0.0;
    for ((heading, notes), blocks) in heads.into_iter().zip(bodies) {
        if heading.is_none() && notes.is_empty() && blocks.is_empty() {
            continue;
        }
        let above: Vec<Cell<'_>> = heading.into_iter().chain(notes).collect();
        y = place_line(&above, y, width, &mut frames);
        for row in rows(blocks, width) {
            y = place_row(&row, y, width, &mut frames);
        }
        y += ROW - GAP;
    }
    frames
}

/// Cells side by side, wrapped; answers where the next line may start.
fn place_line(cells: &[Cell<'_>], mut y: f64, width: f64, frames: &mut Frames) -> f64 {
    let mut rest = cells;
    while !rest.is_empty() {
        let mut x = 0.0;
        let count = rest
            .iter()
            .take_while(|cell| {
                let fits = x == 0.0 || x + cell.width() <= width;
                x += cell.width() + GAP;
                fits
            })
            .count();
        let (line, more) = rest.split_at(count);
        let above = largest(line.iter().map(Cell::above));
        let below = largest(line.iter().map(Cell::below));
        x = 0.0;
        for cell in line {
            cell.place(x, y + above, frames);
            x += cell.width() + GAP;
        }
        y += above + below + GAP;
        rest = more;
    }
    y
}

/// Breaks a section's slices into rows.
fn rows(blocks: Vec<Block<'_>>, width: f64) -> Vec<Vec<Block<'_>>> {
    let mut rows: Vec<Vec<Block<'_>>> = Vec::new();
    let mut x = 0.0;
    for block in blocks {
        let wide = block.width();
        match rows.last_mut() {
            Some(row) if x + wide <= width => row.push(block),
            _ => {
                x = 0.0;
                rows.push(vec![block]);
            }
        }
        x += wide + GAP;
    }
    rows
}

fn place_row(row: &[Block<'_>], y: f64, width: f64, frames: &mut Frames) -> f64 {
    let notes: Vec<Cell<'_>> = row.iter().flat_map(|block| block.notes.iter().cloned()).collect();
    let y = place_line(&notes, y, width, frames);
    let band = largest(row.iter().map(Block::band));
    let above = largest(row.iter().map(Block::above));
    let below = largest(row.iter().map(Block::below));
    let mut x = 0.0;
    for block in row {
        block.place(x, y + band + above, y, frames);
        x += block.width() + GAP;
    }
    y + band + above + below + ROW
}

//! Flow: places from the order alone. Titles start sections; a section is rows of slices, read like a page.
//!
//! A command opens a slice; actors and screens wait for the next command, all else joins the slice before. Without
//! a command, each event is a slice of its own, so that a board of events reads as a timeline. Chapters, lanes and
//! contexts start sections too, with room for their edges, so that no edge runs through a sticky.

use super::regions::{ending_at, inset, shape};
use super::slice::{Block, Cell, Frames, Slice, largest};
use super::{Frame, GAP, Shape, Sticky};
use emd::Kind;

/// Rows wrap at this width on a small board, and at some more columns on a large one.
const WIDTH: f64 = 1900.0;
const COLUMN: f64 = 440.0;
/// How wide a wall is for its height.
const ASPECT: f64 = 1.5;
/// Room between two rows.
const ROW: f64 = 60.0;
/// Room between two sections.
const SECTION: f64 = 100.0;

/// What a title and the slices under it come to.
#[derive(Default)]
struct Section {
    title: Option<Cell>,
    /// The region that the title opens.
    shape: Option<Shape>,
    /// Terms and notes before the first slice.
    notes: Vec<Cell>,
    slices: Vec<Slice>,
}

/// Which list of a slice a line goes to.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Title,
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
        Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context => Part::Title,
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

/// Sorts the stickies into sections and slices.
fn sections(stickies: &[Sticky<'_>]) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    // Actors and screens wait here for their command.
    let mut waiting = Slice::default();
    let mut last = Part::Note;
    for (at, sticky) in stickies.iter().enumerate() {
        let mut cell = Cell::new(at, sticky);
        let kind = sticky.line.kind;
        let part = part(kind);
        if part == Part::Spot {
            match attach(&mut sections, &mut waiting, last, cell) {
                Some(back) => cell = back,
                None => continue,
            }
        }
        if part == Part::Title {
            flush(&mut sections, &mut waiting);
            sections.push(Section { title: Some(cell), shape: shape(kind), ..Section::default() });
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
fn flush(sections: &mut [Section], waiting: &mut Slice) {
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
fn list(section: &mut Section, part: Part) -> &mut Vec<Cell> {
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

/// Puts a hotspot on the sticky before it; it comes back if there is none.
fn attach(sections: &mut [Section], waiting: &mut Slice, last: Part, spot: Cell) -> Option<Cell> {
    let Some(section) = sections.last_mut() else {
        return Some(spot);
    };
    let host = match last {
        Part::Title => section.title.as_mut(),
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
            host.attach(spot);
            None
        }
        None => Some(spot),
    }
}

/// Rows wrap at a width that grows in steps with the board, so that a line more rarely moves everything.
fn wrap_width(blocks: &[Vec<Block>]) -> f64 {
    let area: f64 = blocks
        .iter()
        .flatten()
        .map(|block| (block.width() + GAP) * (block.above() + block.below() + block.band() + ROW))
        .sum();
    let more = ((area * ASPECT).sqrt() - WIDTH).max(0.0);
    WIDTH + (more / COLUMN).ceil() * COLUMN
}

/// The wall as it is filled, from the top down.
struct Page {
    frames: Frames,
    /// Upper and lower edge of each row of slices, without the notes over it.
    rows: Vec<(f64, f64)>,
    width: f64,
    /// Where the next row may begin; what has been placed ends before it.
    y: f64,
}

/// The frames of all stickies, and the rows (upper and lower edge) that the slices stand in.
pub(super) fn flow(stickies: &[Sticky<'_>]) -> (Frames, Vec<(f64, f64)>) {
    let mut heads = Vec::new();
    let mut bodies = Vec::new();
    for section in sections(stickies) {
        if section.title.is_none() && section.notes.is_empty() && section.slices.is_empty() {
            continue;
        }
        let above: Vec<Cell> = section.title.into_iter().chain(section.notes).collect();
        heads.push((section.shape, above));
        bodies.push(section.slices.into_iter().map(Slice::into_block).collect::<Vec<_>>());
    }
    let frames = vec![Frame::default(); stickies.len()];
    let mut page = Page { frames, rows: Vec::new(), width: wrap_width(&bodies), y: 0.0 };
    let mut open = Vec::new();
    // Room that is left before a section: none at the top, little under a title that nothing else stands under.
    let mut least = 0.0;
    for ((shape, above), blocks) in heads.into_iter().zip(bodies) {
        let edges = room(&mut open, shape);
        page.y += if page.y > 0.0 { edges.max(least) } else { 0.0 };
        least = if blocks.is_empty() { ROW } else { SECTION };
        page.line(&above);
        for (nth, row) in rows(blocks, page.width).into_iter().enumerate() {
            page.y += match (nth, above.is_empty()) {
                (0, true) => 0.0,
                (0, false) => GAP,
                _ => ROW,
            };
            page.row(&row);
        }
    }
    (page.frames, page.rows)
}

/// The room that the edges of regions need where one begins, and the open ones that it ends.
fn room(open: &mut Vec<Shape>, begins: Option<Shape>) -> f64 {
    let Some(begins) = begins else {
        return 0.0;
    };
    let ends = largest(open.iter().filter(|shape| ending_at(**shape, begins)).map(|shape| inset(*shape)));
    open.retain(|shape| !ending_at(*shape, begins));
    open.push(begins);
    ends + GAP + inset(begins)
}

impl Page {
    /// Cells side by side, wrapped.
    fn line(&mut self, cells: &[Cell]) {
        let mut rest = cells;
        while !rest.is_empty() {
            let mut x = 0.0;
            let count = rest
                .iter()
                .take_while(|cell| {
                    let fits = x == 0.0 || x + cell.width() <= self.width;
                    x += cell.width() + GAP;
                    fits
                })
                .count();
            let (line, more) = rest.split_at(count);
            let above = largest(line.iter().map(Cell::above));
            x = 0.0;
            for cell in line {
                cell.place(x, self.y + above, &mut self.frames);
                x += cell.width() + GAP;
            }
            self.y += above + largest(line.iter().map(Cell::below));
            self.y += if more.is_empty() { 0.0 } else { GAP };
            rest = more;
        }
    }

    fn row(&mut self, row: &[Block]) {
        let notes: Vec<Cell> = row.iter().flat_map(|block| block.notes.iter().cloned()).collect();
        if !notes.is_empty() {
            self.line(&notes);
            self.y += GAP;
        }
        let screens = self.y;
        let y = screens + largest(row.iter().map(Block::band)) + largest(row.iter().map(Block::above));
        let mut x = 0.0;
        for block in row {
            block.place(x, y, screens, &mut self.frames);
            x += block.width() + GAP;
        }
        self.y = y + largest(row.iter().map(Block::below));
        self.rows.push((screens, self.y));
    }
}

/// Breaks a section's slices into rows.
fn rows(blocks: Vec<Block>, width: f64) -> Vec<Vec<Block>> {
    let mut rows: Vec<Vec<Block>> = Vec::new();
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

//! What lies under the stickies: chapters, lanes, contexts, and the lines of pivotal events.
//!
//! A region is around the stickies from its title to the next title that ends it, wherever those lie. The line of a
//! pivotal event is as high as its row; on a free board as its lane, its chapter, or the wall.

use super::{Frame, PIVOTAL, Region, Shape, Sticky};
use crate::Point;
use crate::geometry::bounds;
use emd::Kind;

/// How wide the line of a pivotal event is.
const LINE: f64 = 4.0;
/// How far the line reaches beyond what it divides.
const BEYOND: f64 = 10.0;

/// With more bands than this nobody sees on a free board which of them are side by side.
const MANY: usize = 300;

/// The region that a title of this kind opens.
pub(super) const fn shape(kind: Kind) -> Option<Shape> {
    match kind {
        Kind::Chapter => Some(Shape::Chapter),
        Kind::Lane => Some(Shape::Lane),
        Kind::Context => Some(Shape::Context),
        _ => None,
    }
}

/// How far a region's edge is from its stickies: edges of different regions never lie on each other.
pub(super) const fn inset(shape: Shape) -> f64 {
    match shape {
        Shape::Chapter => 48.0,
        Shape::Lane => 34.0,
        Shape::Context => 20.0,
        Shape::Pivotal => 0.0,
    }
}

/// Whether a region of this shape is over where the other begins.
pub(super) fn ending_at(shape: Shape, begins: Shape) -> bool {
    shape == begins || (shape == Shape::Lane && begins == Shape::Chapter)
}

/// All regions, from the lowest to the topmost. `rows` are the rows of a flowing board.
pub(super) fn regions(stickies: &[Sticky<'_>], frames: &[Frame], rows: Option<&[(f64, f64)]>) -> Vec<Region> {
    let mut regions = Vec::new();
    if stickies.iter().any(|sticky| shape(sticky.line.kind).is_some()) {
        for shape in [Shape::Chapter, Shape::Lane, Shape::Context] {
            around(shape, stickies, frames, &mut regions);
        }
        level(&mut regions, rows.is_none());
        for region in &mut regions {
            region.frame = region.frame.grown(inset(region.shape));
        }
    }
    let bands: Vec<Frame> = [Shape::Lane, Shape::Chapter]
        .into_iter()
        .flat_map(|shape| regions.iter().filter(move |region| region.shape == shape))
        .map(|region| region.frame)
        .collect();
    let pivotal = stickies.iter().zip(frames).filter(|(sticky, _)| sticky.pivotal);
    let mut all = None;
    for (sticky, frame) in pivotal {
        let holds = |(top, bottom): &&(f64, f64)| (*top..*bottom).contains(&frame.centre().y);
        let row = rows.and_then(|rows| rows.iter().find(holds).copied());
        let band = || bands.iter().find(|band| band.holds(frame.centre()));
        let (top, bottom) = row.unwrap_or_else(|| {
            let around = band().copied().or_else(|| *all.get_or_insert_with(|| bounds(frames)));
            around.map_or((frame.at.y, frame.bottom()), |around| (around.at.y, around.bottom()))
        });
        let frame =
            Frame::new(frame.right() + PIVOTAL - LINE / 2.0, top - BEYOND, LINE, bottom - top + 2.0 * BEYOND);
        regions.push(Region { line: sticky.id.clone(), shape: Shape::Pivotal, frame });
    }
    regions
}

fn around(wanted: Shape, stickies: &[Sticky<'_>], frames: &[Frame], regions: &mut Vec<Region>) {
    let mut open: Option<Region> = None;
    for (sticky, frame) in stickies.iter().zip(frames) {
        let begins = shape(sticky.line.kind);
        if begins.is_some_and(|begins| ending_at(wanted, begins)) {
            regions.extend(open.take());
        }
        if begins == Some(wanted) {
            open = Some(Region { line: sticky.id.clone(), shape: wanted, frame: *frame });
        } else if let Some(region) = &mut open {
            region.frame = region.frame.with(frame);
        }
    }
    regions.extend(open);
}

/// Bands begin at one left edge and end at one right edge: chapters those of all, lanes those of their chapter.
/// Where people have put bands side by side on a free board, each is only as wide as what lies in it.
fn level(regions: &mut [Region], free: bool) {
    let is_band = |region: &Region| region.shape != Shape::Context;
    let own: Vec<Region> = regions.iter().filter(|region| is_band(region)).cloned().collect();
    let Some(all) = bounds(own.iter().map(|region| &region.frame)) else {
        return;
    };
    if free && own.len() > MANY {
        return;
    }
    let mut chapters: Vec<(Frame, Frame)> = Vec::new();
    for region in regions.iter_mut().filter(|region| is_band(region)) {
        let around = |(own, _): &&(Frame, Frame)| own.with(&region.frame) == *own;
        let edges = match region.shape {
            Shape::Lane => chapters.iter().find(around).map_or(all, |(_, stretched)| *stretched),
            _ => all,
        };
        let stretched =
            Frame { at: Point { x: edges.at.x, ..region.frame.at }, width: edges.width, ..region.frame };
        let reach = stretched.grown(inset(region.shape));
        let hits = |other: &Region| {
            other.shape == region.shape && other.line != region.line && other.frame.overlaps(&reach)
        };
        let frame = if free && own.iter().any(hits) { region.frame } else { stretched };
        if region.shape == Shape::Chapter {
            chapters.push((region.frame, frame));
        }
        region.frame = frame;
    }
}

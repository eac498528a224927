//! What lies under the stickies: chapters, lanes, contexts, and the lines of pivotal events.
//!
//! A region is around the stickies from its title to the next title that ends it, wherever those lie. In flow the
//! bands of chapters and lanes are all as wide as the widest, and start at one left edge.

use super::{Frame, PIVOTAL, Region, Shape, Sticky};
use crate::geometry::bounds;
use emd::Kind;

/// How wide the line of a pivotal event is.
const LINE: f64 = 4.0;
/// How far the line reaches beyond what it divides.
const BEYOND: f64 = 10.0;

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
        if rows.is_some() {
            level(&mut regions);
        }
        for region in &mut regions {
            region.frame = region.frame.grown(inset(region.shape));
        }
    }
    let chapters: Vec<Frame> =
        regions.iter().filter(|region| region.shape == Shape::Chapter).map(|region| region.frame).collect();
    let pivotal = stickies.iter().zip(frames).filter(|(sticky, _)| sticky.pivotal);
    let mut all = None;
    for (sticky, frame) in pivotal {
        let holds = |(top, bottom): &&(f64, f64)| (*top..*bottom).contains(&frame.centre().y);
        let row = rows.and_then(|rows| rows.iter().find(holds).copied());
        let chapter = || chapters.iter().find(|chapter| chapter.holds(frame.centre()));
        let (top, bottom) = row.unwrap_or_else(|| {
            let around = chapter().copied().or_else(|| *all.get_or_insert_with(|| bounds(frames)));
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

/// Bands begin at one left edge and end at one right edge.
fn level(regions: &mut [Region]) {
    let Some(all) = bounds(regions.iter().map(|region| &region.frame)) else {
        return;
    };
    for region in regions.iter_mut().filter(|region| region.shape != Shape::Context) {
        region.frame.at.x = all.at.x;
        region.frame.width = all.width;
    }
}

//! What dropping stickies means for the order: "left is earlier" is settled at the drop, within a row; a drop into a
//! chapter, lane or context takes the stickies into it.

use super::regions::{ending_at, regions, shape};
use super::{Frame, GAP, Layout, Region, Shape, Sticky, size};
use crate::geometry::bounds;
use crate::{At, Board, LineId, Point};
use emd::Kind;
use std::collections::HashSet;

/// What a drop comes to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DropOutcome {
    /// Where the lines go in the order; `None`: it stays.
    pub at: Option<At>,
    /// The insertion mark, from its upper to its lower end.
    pub mark: Option<(Point, Point)>,
}

/// Two stickies are in one row if their centres are less than this apart, up and down.
const ROW: f64 = 110.0;

/// Something that the order is read from: an event, command, policy or read model.
#[derive(Clone, Copy)]
struct Read<'a> {
    frame: Frame,
    /// The first of the actors and screens that wait for it, or itself.
    first: &'a LineId,
    /// The last of the hotspots and opportunities on it, or itself.
    last: &'a LineId,
}

/// The stickies from one title of a region to the next.
#[derive(Default)]
struct Section<'a> {
    title: Option<(&'a LineId, Frame, Shape)>,
    read: Vec<Read<'a>>,
    /// Around all that lies here.
    around: Option<Frame>,
}

/// What dropping these stickies that far from where they lie would come to. The first of them in the text decides;
/// locked ones stay. Within its section the order changes only if its centre passes that of another in the same row.
pub fn drop(board: &Board, layout: &Layout, lines: &[LineId], by: Point) -> DropOutcome {
    let is_loose = |id: &&LineId| board.line(id).is_some_and(|line| !line.locked);
    let dragged: HashSet<&LineId> = lines.iter().filter(is_loose).collect();
    let lead = layout.order.iter().find(|id| dragged.contains(id)).and_then(|id| layout.frames.get(id));
    let Some(start) = lead else {
        return DropOutcome::default();
    };
    let (from, to) = (start.centre(), start.moved(by).centre());
    let (sections, home) = sections(board, layout, &dragged);
    let target = region_at(board, layout, &dragged, to)
        .and_then(|region| nearest(&sections, &region, to))
        .unwrap_or(home);
    let section = &sections[target];
    let found = if target == home { within(section, from, to) } else { into(section, to) };
    match found {
        Some((at, mark)) if moves(board, &dragged, &at) => DropOutcome { at: Some(at), mark: Some(mark) },
        _ => DropOutcome::default(),
    }
}

/// Where in the order a point in a region lies; `None` outside of all regions.
pub fn at(board: &Board, layout: &Layout, point: Point) -> Option<At> {
    let nothing = HashSet::new();
    let region = region_at(board, layout, &nothing, point)?;
    let (sections, _) = sections(board, layout, &nothing);
    let section = &sections[nearest(&sections, &region, point)?];
    into(section, point).map(|(at, _)| at)
}

/// All that is not dragged, by sections, and the section that the first of the dragged lies in.
fn sections<'a>(
    board: &'a Board,
    layout: &'a Layout,
    dragged: &HashSet<&LineId>,
) -> (Vec<Section<'a>>, usize) {
    let mut sections = vec![Section::default()];
    let mut home = None;
    // The first of the actors and screens just before, and whether the sticky just before is one to read.
    let (mut waiting, mut hangs) = (None, false);
    for id in &layout.order {
        let (Some(line), Some(&frame)) = (board.line(id), layout.frames.get(id)) else {
            continue;
        };
        if dragged.contains(id) {
            home.get_or_insert(sections.len() - 1);
            continue;
        }
        if let Some(shape) = shape(line.kind) {
            sections.push(Section { title: Some((id, frame, shape)), ..Section::default() });
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        section.around = Some(section.around.map_or(frame, |around| around.with(&frame)));
        let before = waiting.take();
        match (line.kind, section.read.last_mut()) {
            (Kind::Hotspot | Kind::Opportunity, Some(host)) if hangs => host.last = id,
            (Kind::Actor | Kind::Screen, _) => (waiting, hangs) = (before.or(Some(id)), false),
            (Kind::Event | Kind::Command | Kind::Policy | Kind::ReadModel, _) => {
                let first = before.filter(|_| line.kind == Kind::Command).unwrap_or(id);
                section.read.push(Read { frame, first, last: id });
                hangs = true;
            }
            _ => hangs = false,
        }
    }
    (sections, home.unwrap_or_default())
}

/// The innermost region at this point, as it is without what is dragged.
fn region_at(board: &Board, layout: &Layout, dragged: &HashSet<&LineId>, point: Point) -> Option<Region> {
    if !layout.regions.iter().any(|region| region.shape != Shape::Pivotal) {
        return None;
    }
    let rest = layout.order.iter().filter(|id| !dragged.contains(id));
    let (stickies, frames): (Vec<Sticky<'_>>, Vec<Frame>) = rest
        .filter_map(|id| {
            let line = board.line(id)?;
            let sticky = Sticky { id, line, size: size(line.kind), pivotal: false };
            Some((sticky, *layout.frames.get(id)?))
        })
        .unzip();
    let bands = (!board.is_free()).then_some(&[][..]);
    let area = |region: &Region| region.frame.width * region.frame.height;
    let regions = regions(&stickies, &frames, bands);
    let innermost = |reach: f64| {
        let wider = |frame: &Frame| {
            Frame::new(frame.at.x - reach, frame.at.y, frame.width + 2.0 * reach, frame.height)
        };
        let here = regions.iter().filter(|region| wider(&region.frame).holds(point));
        here.min_by(|a, b| area(a).total_cmp(&area(b)))
    };
    // Beside the last sticky of the widest band there is room for one more.
    innermost(0.0).or_else(|| innermost(size(Kind::Event).0)).cloned()
}

/// The section of a region that lies nearest to a point.
fn nearest(sections: &[Section<'_>], region: &Region, point: Point) -> Option<usize> {
    let first = sections.iter().position(|section| {
        section.title.is_some_and(|(id, _, shape)| *id == region.line && shape == region.shape)
    })?;
    let goes_on =
        |section: &&Section<'_>| section.title.is_none_or(|(_, _, begins)| !ending_at(region.shape, begins));
    let count = 1 + sections[first + 1..].iter().take_while(goes_on).count();
    let distance = |at: &usize| {
        sections[*at].around.map_or(f64::INFINITY, |frame| {
            let x = (frame.at.x - point.x).max(point.x - frame.right()).max(0.0);
            let y = (frame.at.y - point.y).max(point.y - frame.bottom()).max(0.0);
            x + y
        })
    };
    (first..first + count).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// The row at this height, from left to right.
fn row<'a>(section: &Section<'a>, y: f64) -> Vec<Read<'a>> {
    let near = |read: &&Read<'a>| (read.frame.centre().y - y).abs() < ROW;
    let mut row: Vec<Read<'a>> = section.read.iter().filter(near).copied().collect();
    row.sort_by(|a, b| a.frame.centre().x.total_cmp(&b.frame.centre().x));
    row
}

/// Where something that stays in its section goes; `None` where it passes nothing.
fn within(section: &Section<'_>, from: Point, to: Point) -> Option<(At, (Point, Point))> {
    let row = row(section, to.y);
    let same_row = (to.y - from.y).abs() < ROW;
    let (low, high) = (from.x.min(to.x), from.x.max(to.x));
    let passes = |read: &Read<'_>| {
        let x = read.frame.centre().x;
        low < x && x < high
    };
    if same_row && !row.iter().any(passes) {
        return None;
    }
    beside(&row, to, same_row && to.x < from.x)
}

/// Where something that comes from elsewhere goes in a section.
fn into(section: &Section<'_>, to: Point) -> Option<(At, (Point, Point))> {
    let above = |read: &&Read<'_>| read.frame.centre().y < to.y;
    let last = section.read.iter().rfind(above);
    beside(&row(section, to.y), to, false)
        .or_else(|| last.map(|last| (At::After(last.last.clone()), mark(Some(&last.frame), None))))
        .or_else(|| {
            let (id, frame, _) = section.title?;
            let (width, height) = size(Kind::Event);
            let under = Frame::new(frame.at.x, frame.bottom() + GAP, width, height);
            Some((At::After(id.clone()), mark(None, Some(&under))))
        })
}

/// Between the two of a row that a point lies between; `None` in an empty row.
fn beside(row: &[Read<'_>], to: Point, leftwards: bool) -> Option<(At, (Point, Point))> {
    let split = row.partition_point(|read| read.frame.centre().x < to.x);
    let left = split.checked_sub(1).and_then(|at| row.get(at));
    let right = row.get(split);
    let at = match (left, right) {
        (_, Some(right)) if leftwards => At::Before(right.first.clone()),
        (Some(left), _) => At::After(left.last.clone()),
        (None, Some(right)) => At::Before(right.first.clone()),
        (None, None) => return None,
    };
    Some((at, mark(left.map(|read| &read.frame), right.map(|read| &read.frame))))
}

/// Whether moving the block there changes the order of stickies at all.
fn moves(board: &Board, dragged: &HashSet<&LineId>, at: &At) -> bool {
    let is_dragged = |id: &LineId| dragged.contains(id) || dragged.contains(board.root(id));
    let sticky = |id: &&LineId| board.line(id).is_some_and(|line| line.kind.is_on_wall());
    let order: Vec<&LineId> = board.order.iter().filter(sticky).collect();
    let (block, rest): (Vec<&LineId>, Vec<&LineId>) = order.iter().partition(|id| is_dragged(id));
    let place = match at {
        At::Start => Some(0),
        At::End => Some(rest.len()),
        At::Before(id) => rest.iter().position(|other| *other == id),
        At::After(id) => rest.iter().position(|other| *other == id).map(|at| at + 1),
    };
    let Some(place) = place else {
        return false;
    };
    let new = rest[..place].iter().chain(&block).chain(&rest[place..]);
    !new.eq(order.iter())
}

/// A line between the two, as high as they are.
fn mark(left: Option<&Frame>, right: Option<&Frame>) -> (Point, Point) {
    let around = bounds([left, right].into_iter().flatten()).unwrap_or_default();
    let x = match (left, right) {
        (Some(left), Some(right)) => (left.right() + right.at.x) / 2.0,
        (Some(left), None) => left.right() + GAP / 2.0,
        (None, Some(right)) => right.at.x - GAP / 2.0,
        (None, None) => 0.0,
    };
    (Point { x, y: around.at.y }, Point { x, y: around.bottom() })
}

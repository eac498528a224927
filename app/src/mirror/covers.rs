//! What of a sticky lies under others by design: its upper right corner under hotspots and opportunities, its lower
//! left one under an actor. Its words keep clear of these corners.

use board::layout::{Frame, Layout};
use board::{Board, LineId};
use emd::Kind;
use std::collections::HashMap;

/// How much of two corners is covered, from the sticky's own edges.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Cover {
    /// Width under what is stuck on the upper right.
    pub right: f64,
    /// Width and height under what is stuck on the lower left.
    pub left: (f64, f64),
}

pub fn covers(board: &Board, layout: &Layout) -> HashMap<LineId, Cover> {
    let mut covers: HashMap<LineId, Cover> = HashMap::new();
    let mut host: Option<(&LineId, &Frame)> = None;
    let mut actors: Vec<&Frame> = Vec::new();
    for id in &layout.order {
        let (Some(line), Some(frame)) = (board.line(id), layout.frames.get(id)) else { continue };
        match line.kind {
            Kind::Hotspot | Kind::Opportunity => {
                if let Some((host, under)) = host.filter(|(_, under)| under.overlaps(frame)) {
                    let cover = covers.entry(host.clone()).or_default();
                    let width = under.right() - frame.at.x;
                    if frame.at.x > under.at.x + 60.0 && frame.at.y < under.at.y {
                        cover.right = cover.right.max(width);
                    }
                }
                continue;
            }
            Kind::Actor => actors.push(frame),
            Kind::Command => {
                for actor in actors.drain(..).filter(|actor| actor.overlaps(frame)) {
                    let cover = covers.entry(id.clone()).or_default();
                    let (width, height) = (actor.right() - frame.at.x, frame.bottom() - actor.at.y);
                    cover.left = (cover.left.0.max(width), cover.left.1.max(height));
                }
            }
            _ => {}
        }
        host = Some((id, frame));
    }
    covers
}

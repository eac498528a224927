//! The room that a sticky has for its words: within its edges, beside what is stuck on its corners, above its
//! properties and chips. Pure.

use super::Face;
use crate::mirror::Cover;
use crate::view::fit::{self, Room};
use board::layout::Frame;
use emd::Kind;

/// What the edges of a sticky leave for its words; the style sheet sets the same.
fn room(kind: Kind, frame: Frame, below: f64) -> Room {
    let (side, top, foot) = match kind {
        Kind::Actor => (8.0, 8.0, 20.0),
        Kind::Note => (10.0, 10.0, 26.0),
        Kind::Screen => (14.0, 34.0, 26.0),
        // Its steps take the rest.
        Kind::Scenario(_) => (14.0, 12.0, 144.0),
        Kind::Heading(_) => (8.0, 0.0, 0.0),
        Kind::Chapter | Kind::Lane | Kind::Context => (14.0, 1.0, 14.0),
        _ => (14.0, 14.0, 26.0),
    };
    Room { width: frame.width - 2.0 * side, height: frame.height - top - foot - below }
}

/// The letters for a name that is being written.
pub fn letters_of(kind: Kind, name: &str, frame: Frame) -> u8 {
    fit::letters(kind, name, room(kind, frame, 0.0)).pixels
}

/// What lies under the name: how many properties and chips are shown, and how high they are together.
#[derive(Clone, Copy, PartialEq, Default)]
pub struct Below {
    pub properties: usize,
    pub chips: usize,
    pub height: f64,
}

const SMALL: f64 = 11.5;
const PROPERTY_LINE: f64 = 15.5;
const CHIP_LINE: f64 = 23.0;

pub fn below(face: &Face, frame: Frame, cover: Cover) -> Below {
    // An actor and a remark are too small for more than their words; the rest is in their properties.
    if matches!(
        face.kind,
        Kind::Actor | Kind::Heading(_) | Kind::Chapter | Kind::Lane | Kind::Context | Kind::Scenario(_)
    ) {
        return Below::default();
    }
    let (aside, covered) = cover.left;
    let width = room(face.kind, frame, 0.0).width - (aside - 8.0).max(0.0);
    let small = frame.height < 150.0;
    let lines = if small { 1 } else { 2 };
    let properties = fit::how_many(face.properties.iter().map(String::as_str), width, lines, SMALL);
    let most = match (small, face.properties.is_empty()) {
        (true, _) => 1,
        (false, false) => 2,
        (false, true) => 3,
    };
    let chips = face.chips.len().min(most);
    let list = match face.properties.is_empty() {
        true => 0.0,
        false => lines as f64 * PROPERTY_LINE + 4.0,
    };
    let height = list + chips as f64 * CHIP_LINE;
    // The name stands above what is stuck on the lower corner, so that nothing of it is hidden.
    Below { properties, chips, height: height.max(covered - 24.0) }
}

/// The room for the name: beside and above what is stuck on the corners.
pub fn clear_room(kind: Kind, frame: Frame, below: f64, cover: Cover) -> Room {
    let room = room(kind, frame, below);
    Room { width: room.width - (cover.right - 10.0).max(0.0), ..room }
}

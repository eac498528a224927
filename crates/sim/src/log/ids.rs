//! Ids of events. Most are worked out from the seed of the log, the position and the names of the event, as UUIDs of
//! version 8, and stored nowhere; those that came with an import are kept.

use super::records::Record;
use super::{Log, Map, names};
use protocol::Position;

#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    by_id: Map<u128, u32>,
    /// In the order of positions.
    ids: Vec<(u32, u128)>,
}

impl Given {
    pub fn insert(&mut self, id: u128, position: u32) {
        self.by_id.insert(id, position);
        self.ids.push((position, id));
    }

    pub fn truncate(&mut self, to: Position) {
        while let Some((position, id)) = self.ids.last() {
            if u64::from(*position) <= to {
                break;
            }
            self.by_id.remove(id);
            self.ids.pop();
        }
    }

    fn at(&self, position: Position) -> Option<u128> {
        let index = self.ids.binary_search_by_key(&position, |(at, _)| u64::from(*at)).ok()?;
        self.ids.get(index).map(|(_, id)| *id)
    }
}

/// As people and files write it: `9f0c4ea1-40b1-8b2a-9b6e-000000000001`.
pub fn uuid(id: u128) -> String {
    let digits = format!("{id:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| digits.get(part).unwrap_or(""));
    parts.join("-")
}

/// The id that is written so, in any case.
pub fn read_uuid(words: &str) -> Option<u128> {
    let dashes = |(at, byte): (usize, u8)| (byte == b'-') == matches!(at, 8 | 13 | 18 | 23);
    if words.len() != 36 || !words.bytes().enumerate().all(dashes) {
        return None;
    }
    let digits = words.bytes().filter(|byte| *byte != b'-');
    digits
        .map(|byte| char::from(byte).to_digit(16))
        .try_fold(0, |sum: u128, digit| Some(sum << 4 | u128::from(digit?)))
}

/// The finaliser of splitmix64: every bit of the input moves half of the output.
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

const LOW_32: u128 = 0xffff_ffff;

impl Log {
    /// The event that has this id.
    pub fn find_id(&self, id: u128) -> Option<Position> {
        if let Some(position) = self.given.by_id.get(&id) {
            return Some(u64::from(*position));
        }
        // An id that was worked out says its position.
        let position = Position::from((id & LOW_32) as u32 ^ mix(self.seed) as u32);
        let record = self.records.get(position)?;
        (self.given.at(position).is_none() && self.worked_out(position, record) == id).then_some(position)
    }

    pub(super) fn id_at(&self, position: Position, record: &Record) -> u128 {
        self.given.at(position).unwrap_or_else(|| self.worked_out(position, record))
    }

    fn worked_out(&self, position: Position, record: &Record) -> u128 {
        let stream = names::print([self.stream_key(record.stream)]);
        let schema = self.names.shapes.get(record.schema.0 as usize).map_or(0, |shape| shape.print);
        let high = mix(self.seed ^ mix(position ^ mix(stream)));
        let low = mix(high ^ schema ^ mix(record.at as u64)) & !(LOW_32 as u64)
            | u64::from(position as u32 ^ mix(self.seed) as u32);
        // The version and the variant, where RFC 9562 wants them.
        let high = high & !0xf000 | 0x8000;
        let low = low & !(0b11 << 62) | 0b10 << 62;
        u128::from(high) << 64 | u128::from(low)
    }
}

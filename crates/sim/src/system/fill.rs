//! What events are filled with: what the command says, and what is worked out where it says nothing.

use super::{Ids, System};
use crate::decide::is_empty;
use crate::log::{self, StreamId};
use crate::model::{Command, Event, Fill};
use crate::value::{Kind, Value};
use protocol::Position;

impl System {
    /// An id that no stream has.
    pub(super) fn made_up(&self, command: &Command, category: log::CategoryId, ids: Ids) -> Value {
        let kind = command.id.and_then(|id| command.parameters.get(id)).map(|id| id.r#type.kind);
        match (kind, ids) {
            (Some(Kind::Uuid), Ids::Short(seed)) => return Value::text(uuid(seed, self.log.head())),
            (Some(Kind::Integer), Ids::Uuids(_)) => {}
            (_, Ids::Uuids(seed)) => return Value::text(uuid(seed, self.log.head())),
            _ => {}
        }
        let begun = self.begun.get(category.0 as usize).copied().unwrap_or(0);
        let mut number = i64::from(begun) + 1;
        loop {
            let words = smol_str::format_smolstr!("{number}");
            let stream = self.log.find_stream(category, &words);
            if stream.is_none_or(|stream| self.log.version(stream) == 0) {
                return match kind {
                    Some(Kind::Integer) => Value::Integer(number),
                    _ => Value::Text(words),
                };
            }
            number += 1;
        }
    }

    pub(super) fn data(
        &mut self,
        event: &Event,
        fill: &[Fill],
        values: &[Value],
        stream: StreamId,
    ) -> Box<[Value]> {
        let of = |(property, fill): (usize, &Fill)| match fill {
            Fill::Parameter(index) => values.get(*index).cloned().unwrap_or_default(),
            Fill::Hashed(index) => values.get(*index).map(|value| self.hashed(value)).unwrap_or_default(),
            Fill::Yes => Value::Boolean(true),
            Fill::Carried => self.carried(stream, event, property),
        };
        fill.iter().enumerate().map(of).collect()
    }

    /// A stand-in for what a real system would store: it cannot be read back, and is the same for the same words.
    pub(crate) fn hashed(&self, value: &Value) -> Value {
        if is_empty(value) {
            return value.clone();
        }
        let words = value.words();
        let seed = 0xcbf2_9ce4_8422_2325 ^ self.log.seed();
        let sum =
            words.bytes().fold(seed, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Value::Text(smol_str::format_smolstr!("hash:{:016x}", mix(sum)))
    }
}

/// The finaliser of splitmix64: every bit of the input moves half of the output.
pub fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A UUID of version 8.
pub(crate) fn uuid(seed: u64, position: Position) -> String {
    let high = mix(seed ^ mix(position.wrapping_add(0x9e37_79b9_7f4a_7c15)));
    let low = mix(high ^ position);
    let (high, low) = (high & !0xf000 | 0x8000, low & !(0b11 << 62) | 0b10 << 62);
    let (a, b, c) = (high >> 32, (high >> 16) & 0xffff, high & 0xffff);
    format!("{a:08x}-{b:04x}-{c:04x}-{:04x}-{:012x}", low >> 48, low & 0xffff_ffff_ffff)
}

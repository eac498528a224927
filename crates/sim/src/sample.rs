//! Sensible example values by name and type: `guestName` is somebody's name, `price` two digits behind the point,
//! `dueDate` a day soon to come.
//!
//! Invariants: the same name, type, seed and time give the same value; with one seed all properties are of one person,
//! so that name and address of a form belong together; a value suits its type.

mod words;

use crate::value::{Kind, Type};
use protocol::Time;
use words::Sort;

/// What a property's values look like, found out once by its name.
#[derive(Clone, PartialEq, Debug)]
pub struct Sampler {
    sort: Sort,
    list: bool,
    salt: u64,
}

impl Sampler {
    /// `thing` is what the property belongs to, such as the stream: the `name` of a `Drink` is that of a drink.
    pub fn new(thing: &str, name: &str, r#type: Type) -> Sampler {
        let guessed = words::sort(thing, name);
        let sort = match r#type.kind {
            Kind::Text => guessed,
            Kind::Integer => guessed.counted(),
            Kind::Decimal => guessed.measured(),
            Kind::Boolean => Sort::Truth,
            Kind::Date => guessed.dated(),
            Kind::DateTime => guessed.timed(),
            Kind::Uuid => Sort::Uuid,
            Kind::Email => Sort::Email,
        };
        let salt = name.bytes().fold(thing.len() as u64, |salt, byte| mix(salt ^ u64::from(byte)));
        Sampler { sort, list: r#type.list, salt }
    }

    /// One value in words. `at` is the run's time, from which dates are counted.
    pub fn example(&self, seed: u64, at: Time) -> String {
        if !self.list {
            return self.one(seed, at);
        }
        let items = [self.one(seed, at), self.one(mix(seed), at)];
        let items = items.map(|item| match item.contains([',', '"']) {
            true => format!("\"{}\"", item.replace('"', "\"\"")),
            false => item,
        });
        items.join(", ")
    }

    fn one(&self, seed: u64, at: Time) -> String {
        let person = Draw::new(seed, 0);
        let mut draw = Draw::new(seed, self.salt);
        match &self.sort {
            Sort::Full => person.full(),
            Sort::First => person.first().to_owned(),
            Sort::Last => person.last().to_owned(),
            Sort::Login => person.login(),
            Sort::Email => format!("{}@example.org", person.login()),
            Sort::Phone => format!("+44 20 7946 {:04}", draw.below(1_000)),
            Sort::Address => format!("{}, {}", person.street(), person.city()),
            Sort::Street => person.street(),
            Sort::City => person.city().to_owned(),
            Sort::Postcode => format!("{:05}", 10_000 + draw.below(80_000)),
            Sort::Choice(words) => draw.one_of(words).to_owned(),
            Sort::Called(thing) => format!("{} {thing}", draw.one_of(words::SEASONS)),
            Sort::Numbered(prefix) => format!("{prefix}-{}", 1_001 + draw.below(8_999)),
            Sort::Url(place) => format!("https://example.org/{place}/{}", 1 + draw.below(999)),
            Sort::Whole(least, most) => (least + draw.below(most - least + 1)).to_string(),
            Sort::Money(below) => {
                format!("{}.{}", 2 + draw.below(below - 2), draw.one_of(&["00", "20", "50", "90", "95"]))
            }
            Sort::Measure => format!("{}.{}", 1 + draw.below(20), 1 + draw.below(9)),
            Sort::Truth => "true".to_owned(),
            Sort::Day(from, days) => date(day_of(at) + from + draw.below(*days).cast_signed()),
            Sort::Moment(from, days) => {
                let day = date(day_of(at) + from + draw.below(*days).cast_signed());
                format!("{day}T{}", draw.clock())
            }
            Sort::Clock => draw.clock(),
            Sort::Uuid => draw.uuid(),
        }
    }
}

/// The same in one go.
pub fn example(thing: &str, name: &str, r#type: &str, seed: u64, at: Time) -> String {
    Sampler::new(thing, name, Type::of(r#type)).example(seed, at)
}

/// Numbers that look thrown, one after the other (splitmix64).
struct Draw {
    state: u64,
}

fn mix(state: u64) -> u64 {
    let one = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let two = (one ^ (one >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let three = (two ^ (two >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    three ^ (three >> 31)
}

impl Draw {
    fn new(seed: u64, salt: u64) -> Draw {
        Draw { state: mix(seed) ^ salt }
    }

    fn next(&mut self) -> u64 {
        self.state = mix(self.state);
        self.state
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        let at = self.below(words.len() as u64);
        usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or("")
    }

    fn clock(&mut self) -> String {
        format!("{:02}:{:02}", 8 + self.below(11), 5 * self.below(12))
    }

    fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:x}{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xFFFF,
            high & 0xFFF,
            8 + (low >> 62),
            low >> 48 & 0xFFF,
            low & 0xFFFF_FFFF_FFFF,
        )
    }
}

/// The person that a seed means: asked again it is the same.
impl Draw {
    fn again(&self, what: u64) -> Draw {
        Draw { state: self.state ^ mix(what) }
    }

    fn first(&self) -> &'static str {
        self.again(1).one_of(words::FIRST_NAMES)
    }

    fn last(&self) -> &'static str {
        self.again(2).one_of(words::LAST_NAMES)
    }

    fn full(&self) -> String {
        format!("{} {}", self.first(), self.last())
    }

    fn login(&self) -> String {
        format!("{}.{}", self.first(), self.last()).to_lowercase()
    }

    fn street(&self) -> String {
        let mut draw = self.again(3);
        format!("{} {}", 1 + draw.below(98), draw.one_of(words::STREETS))
    }

    fn city(&self) -> &'static str {
        self.again(4).one_of(words::CITIES)
    }
}

const DAY: Time = 86_400_000;
/// Where a run that has no time yet begins: 2026-01-05, a Monday.
const FIRST_DAY: i64 = 20_458;
/// 9999-01-01
const LAST_DAY: i64 = 2_932_532;

fn day_of(at: Time) -> i64 {
    match at {
        ..=0 => FIRST_DAY,
        _ => at.div_euclid(DAY).min(LAST_DAY),
    }
}

/// The date so many days after 1970-01-01, in the Gregorian calendar: years that begin in March, in eras of 400.
fn date(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day = shifted.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{of_month:02}")
}

#[cfg(test)]
mod tests;

//! Decimal numbers as digits and the place of the point.

use std::cmp::Ordering;
use std::fmt::{self, Write};

/// At most 18 digits. Normalised: no zeros at the end behind the point, so that equal numbers are equal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Decimal {
    digits: i64,
    /// How many of them stand behind the point.
    places: u8,
}

const MOST_DIGITS: usize = 18;

impl Decimal {
    /// `12.50`, `-.5`, `3.`, `1e-7`; with nothing around it but spaces. More digits than fit are no number.
    pub fn read(words: &str) -> Option<Decimal> {
        let words = words.trim();
        let (mantissa, exponent) = match words.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i8>().ok()?),
            None => (words, 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let skip_end = all().rev().take_while(|byte| *byte == b'0').count();
        let count = all().count() - skip_end;
        let significant = all().take(count).skip_while(|byte| *byte == b'0');
        if significant.clone().count() > MOST_DIGITS {
            return None;
        }
        let digits = significant.fold(0i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        let places =
            i64::try_from(fraction.len()).ok()? - i64::try_from(skip_end).ok()? - i64::from(exponent);
        Decimal::new(if negative { -digits } else { digits }, places)
    }

    /// `digits` times ten to the power of minus `places`.
    fn new(mut digits: i64, mut places: i64) -> Option<Decimal> {
        if digits == 0 {
            return Some(Decimal { digits: 0, places: 0 });
        }
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        while places < 0 {
            digits = digits.checked_mul(10)?;
            places += 1;
        }
        let fits = digits.unsigned_abs() < 10u64.pow(MOST_DIGITS as u32) && places <= MOST_DIGITS as i64;
        fits.then_some(Decimal { digits, places: u8::try_from(places).ok()? })
    }

    /// So few digits that every reader of JSON keeps them.
    pub(super) fn is_exact_as_float(self) -> bool {
        self.digits.unsigned_abs() < 10u64.pow(15)
    }

    pub(super) fn float(self) -> f64 {
        self.to_string().parse().unwrap_or_default()
    }
}

impl From<i64> for Decimal {
    /// Whole numbers beyond 18 digits are whole numbers still.
    fn from(number: i64) -> Decimal {
        Decimal { digits: number, places: 0 }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let places = self.places.max(other.places);
        // 19 digits and 18 zeros fit into 128 bits.
        let scaled = |one: &Decimal| i128::from(one.digits) * 10i128.pow(u32::from(places - one.places));
        scaled(self).cmp(&scaled(other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.digits < 0 {
            f.write_char('-')?;
        }
        let one = 10u64.pow(u32::from(self.places));
        let digits = self.digits.unsigned_abs();
        write!(f, "{}", digits / one)?;
        match self.places {
            0 => Ok(()),
            places => write!(f, ".{:0width$}", digits % one, width = usize::from(places)),
        }
    }
}

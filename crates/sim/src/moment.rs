//! Moments as words: RFC 3339 in UTC, with milliseconds where there are some.

use protocol::Time;

const DAY: i64 = 86_400_000;

/// `2026-11-21T11:05:30Z`. A moment that no calendar reaches is said as the nearest one that it does.
pub fn words(time: Time) -> String {
    let time = time.clamp(-62_167_219_200_000, 253_402_300_799_999);
    let (year, month, day) = date(time.div_euclid(DAY));
    let rest = time.rem_euclid(DAY);
    let (hour, minute, second, milli) =
        (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60, rest % 1_000);
    let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// `2026-11-21T11:05:30.25+02:00`; seconds, their fraction and the zone may be missing.
pub fn read(words: &str) -> Option<Time> {
    let (date, clock) = words.trim().split_once(['T', 't', ' '])?;
    let mut parts = date.splitn(3, '-').map(|part| number(part, 4));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let clock = clock.strip_suffix(['Z', 'z']).unwrap_or(clock);
    let (clock, zone) = match clock.find(['+', '-']) {
        Some(at) => (&clock[..at], zone(&clock[at..])?),
        None => (clock, 0),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.splitn(3, ':').map(|part| number(part, 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if hour > 23 || minute > 59 || second > 60 || !is_fraction {
        return None;
    }
    let milli = match &fraction[..fraction.len().min(3)] {
        "" => 0,
        digits => number(digits, 3)? * 10i64.pow(3 - digits.len() as u32),
    };
    Some(days(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000 + milli - zone)
}

fn number(digits: &str, most: usize) -> Option<i64> {
    let plain = (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// `+02:00` in milliseconds.
fn zone(words: &str) -> Option<i64> {
    let sign = if words.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = words.get(1..)?.split_once(':')?;
    Some(sign * (number(hours, 2)? * 60 + number(minutes, 2)?) * 60_000)
}

/// The days since 1970 of a date of the Gregorian calendar, whose years are taken to begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The other way.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = year + days.div_euclid(146_097) * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_said_and_read() {
        for (time, said) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_795_259_130_250, "2026-11-21T11:05:30.250Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (Time::MAX, "9999-12-31T23:59:59.999Z"),
            (Time::MIN, "0000-01-01T00:00:00Z"),
        ] {
            assert_eq!(words(time), said);
            assert_eq!(words(read(said).unwrap()), said);
        }
        assert_eq!(read("2026-11-21T13:05:30.25+02:00"), Some(1_795_259_130_250));
        assert_eq!(read("2026-11-21 11:05"), Some(1_795_259_100_000));
        assert_eq!(read("2026-11-21T11:05:30.250999Z"), Some(1_795_259_130_250));
        for broken in [
            "",
            "yesterday",
            "2026-13-01T00:00",
            "2026-01-01",
            "2026-01-01T24:00",
            "2026-01-01T1é:00",
            "2026-01-01T11:00:00.123 or so",
        ] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}

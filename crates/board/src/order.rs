//! Order keys: a jittered midpoint for the first line of a run, then that key as prefix and a counter.
//!
//! Midpoints alone mix two offline pastes at the same place line by line; with runs each paste stays in one piece.
//! Keys compare as strings, by code point. Ours are made of `0-9A-Za-z`, with `.` before a counter (which sorts
//! before all of them, so that a run stays together); foreign ones may be anything.
//! Invariant: a key that is made lies strictly between its bounds. Randomness is an argument.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Digits of the part of a key that steps at the open ends of the text.
const HEAD: usize = 4;
const HEADS: u64 = 62 * 62 * 62 * 62;
/// How far a step at an open end goes at most: some 15,000 steps fit, and two people rarely make the same one.
const STRIDE: u64 = 1_000;

/// A fresh key between two others (`None`: no bound). `None` if nothing lies between: the bounds are equal, the
/// wrong way round, or `x` and `x\0`.
pub fn between(low: Option<&str>, high: Option<&str>, random: &mut dyn FnMut() -> u64) -> Option<String> {
    let fits = |key: &String| {
        low.is_none_or(|low| low < key.as_str()) && high.is_none_or(|high| key.as_str() < high)
    };
    let stride = 1 + random() % STRIDE;
    // At an open end heads step along; foreign keys may have no head to speak of.
    let step = match (low, high) {
        (None, None) => Some(HEADS / 2 + stride),
        (Some(low), None) => value(low).checked_add(stride).filter(|&next| next < HEADS),
        (None, Some(high)) => value(high).checked_sub(stride).filter(|&next| next > 0),
        (Some(_), Some(_)) => None,
    };
    if let Some(key) = step.map(|step| head(step, random)).filter(fits) {
        return Some(key);
    }
    let key = match (low, high) {
        (_, Some(high)) if low.is_none_or(|low| low < high) => middle(low.unwrap_or(""), high, random)?,
        (_, Some(_)) => return None,
        (low, None) => above(low.unwrap_or(""), random),
    };
    Some(key).filter(fits)
}

/// The key after `key` in its run: the same prefix, the counter one further.
pub fn next(key: &str) -> String {
    match key.rsplit_once('.') {
        Some((prefix, counter)) => match count_up(counter) {
            Some(counter) => format!("{prefix}.{counter}"),
            None => format!("{key}.a0"),
        },
        None => format!("{key}.a0"),
    }
}

/// Keys for `count` lines in a row between two others, as one run. With `grow` the run continues the one that `low`
/// is in. `None` if nothing lies between.
pub fn run(
    low: Option<&str>,
    high: Option<&str>,
    count: usize,
    grow: bool,
    random: &mut dyn FnMut() -> u64,
) -> Option<Vec<String>> {
    let fits = |key: &String| high.is_none_or(|high| key.as_str() < high);
    let mut keys: Vec<String> = Vec::with_capacity(count);
    while keys.len() < count {
        let grown = match (keys.last().map(String::as_str), low) {
            (Some(last), _) => Some(next(last)),
            (None, Some(low)) if grow => Some(next(low)),
            _ => None,
        };
        let key = match grown.filter(fits) {
            Some(key) => key,
            None => between(keys.last().map(String::as_str).or(low), high, random)?,
        };
        keys.push(key);
    }
    Some(keys)
}

/// A counter: a letter for its number of digits, then the digits; so that counters of any length compare as text.
fn count_up(counter: &str) -> Option<String> {
    let (&length, digits) = counter.as_bytes().split_first()?;
    if !length.is_ascii_lowercase() || digits.len() != usize::from(length - b'a') + 1 {
        return None;
    }
    let mut digits = digits.iter().map(|&byte| digit(byte)).collect::<Option<Vec<usize>>>()?;
    let mut length = length;
    match digits.iter().rposition(|&digit| digit < 61) {
        Some(at) => {
            digits[at] += 1;
            digits[at + 1..].fill(0);
        }
        None if length < b'z' => {
            length += 1;
            digits = vec![0; digits.len() + 1];
        }
        None => return None,
    }
    let digits = digits.into_iter().map(|digit| char::from(DIGITS[digit]));
    Some(std::iter::once(char::from(length)).chain(digits).collect())
}

fn digit(byte: u8) -> Option<usize> {
    DIGITS.iter().position(|&other| other == byte)
}

/// The head of a key as a number; letters that are no digits count as the nearest digit below.
fn value(key: &str) -> u64 {
    let mut letters = key.chars();
    (0..HEAD).fold(0, |value, _| {
        let digit = letters.next().map_or(0, |letter| {
            DIGITS.iter().filter(|&&digit| char::from(digit) <= letter).count().saturating_sub(1)
        });
        value * 62 + digit as u64
    })
}

fn head(value: u64, random: &mut dyn FnMut() -> u64) -> String {
    let digits = (0..HEAD as u32).rev().map(|place| value / 62_u64.pow(place) % 62);
    let mut key: String = digits.map(|digit| char::from(DIGITS[digit as usize])).collect();
    jitter(&mut key, random);
    key
}

/// Two digits that make it unlikely that two people make the same key; the last is never `0`.
fn jitter(key: &mut String, random: &mut dyn FnMut() -> u64) {
    let mut pick = |least: u64| char::from(DIGITS[(least + random() % (62 - least)) as usize]);
    let (first, last) = (pick(0), pick(1));
    key.extend([first, last]);
}

/// A key above `low`, with no upper bound.
fn above(low: &str, random: &mut dyn FnMut() -> u64) -> String {
    let mut key = String::new();
    for letter in low.chars() {
        match pick(Some(letter), None, random) {
            Some(digit) => {
                key.push(digit);
                jitter(&mut key, random);
                return key;
            }
            None => key.push(letter),
        }
    }
    key.push('V');
    jitter(&mut key, random);
    key
}

/// A key strictly between two that are in order.
fn middle(low: &str, high: &str, random: &mut dyn FnMut() -> u64) -> Option<String> {
    let shared: usize =
        low.chars().zip(high.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let mut key = low[..shared].to_owned();
    let (mut low, mut high) = (low[shared..].chars(), high[shared..].chars());
    // From here on `low` and `high` differ in their first letter, or `low` has ended.
    let from = low.next();
    let to = high.next()?;
    if let Some(digit) = pick(from, Some(to), random) {
        key.push(digit);
        jitter(&mut key, random);
        return Some(key);
    }
    match from {
        Some(letter) => {
            key.push(letter);
            key.push_str(&above(low.as_str(), random));
        }
        None => below(&mut key, to, high.as_str(), random)?,
    }
    Some(key)
}

/// Extends `key` so that it stays below `key` + `first` + `rest`, where no digit lies below `first`.
fn below(key: &mut String, first: char, rest: &str, random: &mut dyn FnMut() -> u64) -> Option<()> {
    // Before a run's counter there is room below its dot; elsewhere going deeper keeps that room for later.
    let deeper = if first == '.' { None } else { middle("", rest, random) };
    if let Some(tail) = deeper {
        key.push(first);
        key.push_str(&tail);
        return Some(());
    }
    match (0..u32::from(first)).rev().find_map(char::from_u32) {
        Some(letter) => {
            key.push(letter);
            jitter(key, random);
        }
        // `first` is the lowest letter of all: only what lies between it and the rest is left.
        None if rest.is_empty() => return None,
        None => key.push(first),
    }
    Some(())
}

/// A digit strictly between two letters, not too near to either if there is room.
fn pick(low: Option<char>, high: Option<char>, random: &mut dyn FnMut() -> u64) -> Option<char> {
    let inside: Vec<char> = DIGITS
        .iter()
        .map(|&digit| char::from(digit))
        .filter(|digit| low.is_none_or(|low| low < *digit) && high.is_none_or(|high| *digit < high))
        .collect();
    let third = inside.len() / 3;
    let room = &inside[third..inside.len() - third];
    let at = (random() % room.len().max(1) as u64) as usize;
    room.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn random(seed: u64) -> impl FnMut() -> u64 {
        let mut random = fastrand::Rng::with_seed(seed);
        move || random.u64(..)
    }

    proptest! {
        #[test]
        fn a_key_lies_strictly_between_any_two_strings(a in ".{0,6}", b in "[\\x00-z.0]{0,6}", seed: u64) {
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            let key = between(Some(&low), Some(&high), &mut random(seed));
            match key {
                Some(key) => prop_assert!(low < key && key < high, "{low:?} {key:?} {high:?}"),
                None => prop_assert!(low == high || high == format!("{low}\0"), "{low:?} {high:?}"),
            }
        }

        #[test]
        fn a_key_lies_beyond_any_string(a in ".{0,6}", seed: u64) {
            let key = between(Some(&a), None, &mut random(seed));
            prop_assert!(key.is_some_and(|key| a < key));
            let key = between(None, Some(&a), &mut random(seed));
            prop_assert!(a.is_empty() || a.starts_with('\0') || key.is_some_and(|key| key < a));
        }

        #[test]
        fn a_run_is_in_order_between_its_bounds(a in "[0-9a-z.]{0,5}", b in "[0-9a-z.]{0,5}", grow: bool, seed: u64) {
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            if let Some(keys) = run(Some(&low), Some(&high), 100, grow, &mut random(seed)) {
                prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(low < keys[0] && keys[99] < high);
            } else {
                prop_assert!(low == high);
            }
        }
    }

    #[test]
    fn counters_of_any_length_are_in_order() {
        let mut key = "V".to_owned();
        for _ in 0..10_000 {
            let after = next(&key);
            assert!(key < after, "{key} {after}");
            key = after;
        }
        assert!(key.len() <= 6, "{key}");
    }

    #[test]
    fn keys_at_both_ends_stay_short() {
        let mut random = random(1);
        let (mut low, mut high) = ("V".to_owned(), "V".to_owned());
        for _ in 0..5_000 {
            low = between(None, Some(&low), &mut random).unwrap();
            high = between(Some(&high), None, &mut random).unwrap();
        }
        assert!(low.len() <= 6 && high.len() <= 6, "{low} {high}");
    }

    #[test]
    fn a_key_beyond_a_foreign_one_that_is_no_number_of_ours() {
        assert!(between(Some(":"), None, &mut random(0)).is_some_and(|key| key.as_str() > ":"));
    }

    #[test]
    fn keys_between_the_same_two_lines_grow_slowly() {
        let mut random = random(2);
        let (low, mut high) = ("V000".to_owned(), "V001".to_owned());
        for _ in 0..200 {
            high = between(Some(&low), Some(&high), &mut random).unwrap();
        }
        assert!(high.len() <= 80, "{} letters", high.len());
    }

    #[test]
    fn two_runs_at_one_place_never_mix() {
        for seed in 0..2_000 {
            let keys = |seed| run(Some("V"), Some("W"), 10, false, &mut random(seed)).unwrap();
            let (a, b) = (keys(seed), keys(seed + 1_000_000));
            assert!(a[9] < b[0] || b[9] < a[0], "{a:?} {b:?}");
        }
    }
}

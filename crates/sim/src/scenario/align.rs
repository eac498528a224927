//! Which of the events that happened is meant by which that was expected.

/// An expected thing, one that happened, or both side by side, by their indexes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    pub expected: Option<usize>,
    pub actual: Option<usize>,
}

/// Above so many comparisons things are taken as they stand.
const MOST: usize = 1_000_000;

/// Puts two lists side by side so that as many as possible are alike, in their order. What stands between those is
/// paired as it comes.
pub fn align(expected: usize, actual: usize, alike: impl Fn(usize, usize) -> bool) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(expected.max(actual));
    let (mut left, mut right) = (0, 0);
    for (one, other) in common(expected, actual, alike) {
        gap(&mut pairs, left..one, right..other);
        pairs.push(Pair { expected: Some(one), actual: Some(other) });
        (left, right) = (one + 1, other + 1);
    }
    gap(&mut pairs, left..expected, right..actual);
    pairs
}

fn gap(pairs: &mut Vec<Pair>, mut left: std::ops::Range<usize>, mut right: std::ops::Range<usize>) {
    loop {
        let pair = Pair { expected: left.next(), actual: right.next() };
        if pair == (Pair { expected: None, actual: None }) {
            return;
        }
        pairs.push(pair);
    }
}

/// The longest common subsequence.
fn common(rows: usize, columns: usize, alike: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    if rows.saturating_mul(columns) > MOST {
        return (0..rows.min(columns)).filter(|at| alike(*at, *at)).map(|at| (at, at)).collect();
    }
    let width = columns + 1;
    let mut longest = vec![0u32; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[row * width + column] = match alike(row, column) {
                true => longest[(row + 1) * width + column + 1] + 1,
                false => longest[(row + 1) * width + column].max(longest[row * width + column + 1]),
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut found = Vec::new();
    while row < rows && column < columns {
        if alike(row, column) {
            found.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if longest[(row + 1) * width + column] >= longest[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(expected: &str, actual: &str) -> String {
        let (left, right) = (expected.as_bytes(), actual.as_bytes());
        let pairs = align(left.len(), right.len(), |one, other| left[one] == right[other]);
        let letter = |bytes: &[u8], at: Option<usize>| at.map_or('-', |at| char::from(bytes[at]));
        let pairs = pairs.iter().map(|pair| [letter(left, pair.expected), letter(right, pair.actual)]);
        pairs.map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn alike_things_stand_side_by_side() {
        assert_eq!(shown("abc", "abc"), "aa bb cc");
        assert_eq!(shown("abc", "bc"), "a- bb cc");
        assert_eq!(shown("bc", "abc"), "-a bb cc");
        assert_eq!(shown("axc", "abc"), "aa xb cc");
        assert_eq!(shown("ab", ""), "a- b-");
        assert_eq!(shown("", "ab"), "-a -b");
        assert_eq!(shown("ab", "ba"), "a- bb -a");
    }
}

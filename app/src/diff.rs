//! The one splice that leads from a text to another. UTF-16 positions, as the browser and Yjs count.

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextSplice {
    pub at: u32,
    pub delete: u32,
    pub insert: String,
}

/// The smallest splice from `old` to `new`; `None` if they are equal. Where several fit (typing a letter beside an
/// equal one) the one that ends at `caret` (a position in `new`) is taken.
pub fn difference(old: &str, new: &str, caret: Option<u32>) -> Option<TextSplice> {
    if old == new {
        return None;
    }
    let (old, new): (Vec<u16>, Vec<u16>) = (old.encode_utf16().collect(), new.encode_utf16().collect());
    let shared = old.len().min(new.len());
    let mut suffix = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    if let Some(caret) = caret {
        suffix = suffix.min(new.len().saturating_sub(caret as usize));
    }
    let mut prefix =
        old.iter().zip(&new).take_while(|(a, b)| a == b).count().min(shared - suffix.min(shared));
    // Half a surrogate pair is no character: the splice takes the whole pair.
    if prefix > 0 && is_high(old[prefix - 1]) {
        prefix -= 1;
    }
    suffix = suffix.min(shared - prefix);
    if suffix > 0 && is_low(old[old.len() - suffix]) {
        suffix -= 1;
    }
    Some(TextSplice {
        at: prefix as u32,
        delete: (old.len() - prefix - suffix) as u32,
        insert: String::from_utf16_lossy(&new[prefix..new.len() - suffix]),
    })
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splice(at: u32, delete: u32, insert: &str) -> Option<TextSplice> {
        Some(TextSplice { at, delete, insert: insert.to_owned() })
    }

    #[test]
    fn typing_beside_an_equal_letter_lands_at_the_caret() {
        assert_eq!(difference("aa", "aaa", Some(1)), splice(0, 0, "a"));
        assert_eq!(difference("aa", "aaa", Some(2)), splice(1, 0, "a"));
        assert_eq!(difference("aa", "aaa", Some(3)), splice(2, 0, "a"));
    }

    #[test]
    fn a_replacement_keeps_what_is_equal_on_both_sides() {
        assert_eq!(difference("Todo Added", "Todo Removed", None), splice(5, 3, "Remov"));
    }

    #[test]
    fn surrogate_pairs_stay_whole() {
        assert_eq!(difference("a😀b", "a😁b", None), splice(1, 2, "😁"));
    }

    #[test]
    fn equal_texts_need_no_splice() {
        assert_eq!(difference("same", "same", Some(2)), None);
    }
}

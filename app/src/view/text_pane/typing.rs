//! Where one undo step of typing ends and the next begins: at each word, as in other editors. Pure.

use super::lines::units;
use crate::diff::TextSplice;

/// A pause this long ends an undo step, in milliseconds.
const PAUSE: f64 = 1_500.0;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Act {
    Word,
    Space,
    /// More than one space in a row.
    Spaces,
    Erase,
}

/// The last edit of the present undo step: when, where it ended and what it was.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Typing {
    when: f64,
    pub caret: u32,
    act: Act,
}

impl Typing {
    /// What stands after an edit; `None` where the next edit begins a step in any case: after a new line, a paste, a
    /// replacement.
    pub fn after(
        edit: &TextSplice,
        caret: u32,
        when: f64,
        before: Option<Typing>,
        composed: bool,
    ) -> Option<Typing> {
        let act = act(edit, before, composed)?;
        Some(Typing { when, caret, act })
    }

    /// Whether an edit belongs to the step of this one.
    pub fn goes_on_with(self, edit: &TextSplice, now: f64, composed: bool) -> bool {
        let beside = self.caret == edit.at || self.caret == edit.at + edit.delete;
        let next = act(edit, Some(self), composed);
        let fits = match (self.act, next) {
            // One space belongs to the word after it.
            (Act::Space, Some(Act::Word | Act::Space | Act::Spaces)) => true,
            (Act::Spaces, Some(Act::Spaces)) | (Act::Word, Some(Act::Word)) => true,
            (Act::Erase, Some(Act::Erase)) => true,
            _ => false,
        };
        beside && fits && now - self.when < PAUSE
    }
}

fn act(edit: &TextSplice, before: Option<Typing>, composed: bool) -> Option<Act> {
    let blank = edit.insert.chars().all(char::is_whitespace);
    match (edit.delete, units(&edit.insert)) {
        (_, 0) => Some(Act::Erase),
        _ if edit.insert.contains('\n') => None,
        (0, 1) if blank => {
            let more =
                before.is_some_and(|it| matches!(it.act, Act::Space | Act::Spaces) && it.caret == edit.at);
            Some(if more { Act::Spaces } else { Act::Space })
        }
        (_, 1 | 2) if !blank => Some(Act::Word),
        _ if composed => Some(Act::Word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps that typing these keys makes; `<` is Backspace.
    fn steps(keys: &str) -> Vec<String> {
        let (mut steps, mut caret, mut typing): (Vec<String>, u32, Option<Typing>) = (Vec::new(), 0, None);
        for key in keys.chars() {
            let edit = match key {
                '<' => TextSplice { at: caret - 1, delete: 1, insert: String::new() },
                key => TextSplice { at: caret, delete: 0, insert: key.to_string() },
            };
            let goes_on = typing.is_some_and(|typing| typing.goes_on_with(&edit, 0.0, false));
            caret = edit.at + units(&edit.insert);
            typing = Typing::after(&edit, caret, 0.0, typing, false);
            match steps.last_mut().filter(|_| goes_on) {
                Some(step) => step.push(key),
                None => steps.push(key.to_string()),
            }
        }
        steps
    }

    #[test]
    fn each_word_is_a_step_with_the_space_before_it() {
        assert_eq!(steps("Todo Was Added"), ["Todo", " Was", " Added"]);
    }

    #[test]
    fn several_spaces_are_a_step() {
        assert_eq!(steps("a   b"), ["a", "   ", "b"]);
    }

    #[test]
    fn erasing_is_a_step_and_so_is_a_line_end() {
        assert_eq!(steps("ab<<cd\nef"), ["ab", "<<", "cd", "\n", "ef"]);
    }

    #[test]
    fn a_pause_or_a_jump_begins_a_step() {
        let edit = |at: u32| TextSplice { at, delete: 0, insert: "b".into() };
        let Some(typing) = Typing::after(&edit(4), 5, 0.0, None, false) else { panic!("a letter is typing") };
        assert!(typing.goes_on_with(&edit(5), 1_000.0, false));
        assert!(!typing.goes_on_with(&edit(5), 2_000.0, false) && !typing.goes_on_with(&edit(9), 0.0, false));
    }

    #[test]
    fn a_composed_word_is_typed_and_a_pasted_one_is_not() {
        let word = TextSplice { at: 0, delete: 0, insert: "日本語".into() };
        assert!(Typing::after(&word, 3, 0.0, None, true).is_some());
        assert_eq!(Typing::after(&word, 3, 0.0, None, false), None);
    }
}

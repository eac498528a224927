use super::*;
use crate::diff::difference;

fn id(name: &str) -> LineId {
    LineId(name.into())
}

fn shown(lines: &[(&str, &str)]) -> Shown {
    Shown::from_lines(lines.iter().map(|(name, text)| (id(name), *text)))
}

fn splice(at: u32, delete: u32, insert: &str) -> Splice {
    Splice { at, delete, insert: insert.to_owned() }
}

fn text_change(line: &str, at: u32, delete: u32, insert: &str) -> Change {
    Change::Text(id(line), vec![splice(at, delete, insert)])
}

#[test]
fn a_caret_follows_its_line_when_another_drags_it_away() {
    let old = shown(&[("a", "Todo Added"), ("b", "Todo Done"), ("c", "List*")]);
    let new = shown(&[("b", "Todo Done"), ("c", "List*"), ("a", "Todo Added")]);
    let at = follow(4, Side::Before, &[Change::Moved(id("a"))], &old, &new);
    assert_eq!(at, new.start(2) + 4);
}

#[test]
fn words_before_the_caret_push_it_and_words_behind_do_not() {
    let old = shown(&[("a", "Todo Added")]);
    let new = shown(&[("a", "Big Todo Added now")]);
    let changes = [Change::Text(id("a"), vec![splice(0, 0, "Big "), splice(14, 0, " now")])];
    assert_eq!(follow(4, Side::Before, &changes, &old, &new), 8);
}

#[test]
fn words_at_the_caret_stay_behind_it() {
    let old = shown(&[("a", "Todo")]);
    let new = shown(&[("a", "Todo Added")]);
    assert_eq!(follow(4, Side::Before, &[text_change("a", 4, 0, " Added")], &old, &new), 4);
}

#[test]
fn a_selection_takes_in_nothing_that_others_write_at_its_ends() {
    let old = shown(&[("a", "ab")]);
    let new = shown(&[("a", "xaby")]);
    let changes = [Change::Text(id("a"), vec![splice(0, 0, "x"), splice(3, 0, "y")])];
    assert_eq!(follow(0, Side::After, &changes, &old, &new), 1);
    assert_eq!(follow(2, Side::Before, &changes, &old, &new), 3);
}

#[test]
fn a_caret_goes_along_with_the_tail_that_a_split_moves() {
    let old = shown(&[("a", "Todo Added // todoId")]);
    let new = shown(&[("a", "Todo Added"), ("b", " // todoId")]);
    let changes = [text_change("a", 10, 10, ""), Change::Added(id("b"))];
    assert_eq!(follow(20, Side::Before, &changes, &old, &new), new.start(1) + 10);
    assert_eq!(follow(7, Side::Before, &changes, &old, &new), 7);
}

#[test]
fn a_caret_goes_along_when_its_line_is_joined_to_the_one_above() {
    let old = shown(&[("a", "Todo "), ("b", "Added")]);
    let new = shown(&[("a", "Todo Added")]);
    let changes = [text_change("a", 5, 0, "Added"), Change::Removed(id("b"))];
    assert_eq!(follow(old.start(1) + 3, Side::Before, &changes, &old, &new), 8);
}

#[test]
fn a_caret_whose_line_is_gone_stands_at_the_end_of_the_line_before() {
    let old = shown(&[("a", "One"), ("b", "Two"), ("c", "Three")]);
    let new = shown(&[("a", "One"), ("c", "Three")]);
    assert_eq!(follow(old.start(1) + 2, Side::Before, &[Change::Removed(id("b"))], &old, &new), 3);
}

#[test]
fn carriage_returns_and_pairs_count_as_the_browser_counts() {
    let shown = shown(&[("a", "a\r"), ("b", "😀x")]);
    assert_eq!(shown.text(), "a\u{240D}\n😀x");
    assert_eq!(shown.place(5), Some((1, 2)));
    assert_eq!(shown.anchor(5), Some(Anchor { line: id("b"), at: 2 }));
}

#[test]
fn an_edit_on_an_older_text_reaches_its_line_where_it_is_now() {
    let old = shown(&[("a", "Todo"), ("b", "Done")]);
    let new = shown(&[("x", "New"), ("b", "Done"), ("a", "My Todo")]);
    let changes = [Change::Added(id("x")), Change::Moved(id("a")), text_change("a", 0, 0, "My ")];
    let edit = TextSplice { at: 4, delete: 0, insert: "s".into() };
    let expected = TextSplice { at: new.start(2) + 7, delete: 0, insert: "s".into() };
    assert_eq!(rebase(&edit, &changes, &old, &new), vec![expected]);
}

#[test]
fn deleting_a_stretch_spares_what_another_wrote_into_it_meanwhile() {
    let old = shown(&[("a", "one two three")]);
    let new = shown(&[("a", "one tBIGwo three")]);
    let edit = TextSplice { at: 4, delete: 3, insert: "2".into() };
    let edits = rebase(&edit, &[text_change("a", 5, 0, "BIG")], &old, &new);
    assert_eq!(carry_out(&new.text(), &edits), "one 2BIG three");
}

#[test]
fn a_line_end_between_lines_that_were_parted_is_not_deleted() {
    let old = shown(&[("a", "one"), ("b", "two"), ("c", "three")]);
    let new = shown(&[("b", "two"), ("c", "three"), ("a", "one")]);
    let edit = TextSplice { at: 2, delete: 3, insert: String::new() };
    let edits = rebase(&edit, &[Change::Moved(id("a"))], &old, &new);
    assert_eq!(carry_out(&new.text(), &edits), "wo\nthree\non");
}

fn carry_out(text: &str, edits: &[TextSplice]) -> String {
    let mut now: Vec<u16> = text.encode_utf16().collect();
    for edit in edits {
        now.splice(edit.at as usize..(edit.at + edit.delete) as usize, edit.insert.encode_utf16());
    }
    String::from_utf16_lossy(&now)
}

/// A board reduced to lines, which reports what happens to it as the real one does.
struct Lines(Vec<(String, String)>);

impl Lines {
    fn shown(&self) -> Shown {
        Shown::from_lines(self.0.iter().map(|(name, text)| (id(name), text.as_str())))
    }

    /// One of the things that the other person does.
    fn disturb(&mut self, random: &mut fastrand::Rng, serial: usize, typed: &str) -> Vec<Change> {
        let at = self.0.iter().position(|(name, _)| name == typed).unwrap();
        match random.usize(0..3) {
            0 => {
                let line = self.0.remove(at);
                self.0.insert(random.usize(0..=self.0.len()), line);
                vec![Change::Moved(id(typed))]
            }
            1 if at > 0 => {
                let (name, text) = self.0[at - 1].clone();
                let cut = random.usize(0..=text.len());
                self.0[at - 1].1.truncate(cut);
                self.0.insert(at, (format!("n{serial}"), text[cut..].to_owned()));
                let tail = (text.len() - cut) as u32;
                vec![text_change(&name, cut as u32, tail, ""), Change::Added(id(&format!("n{serial}")))]
            }
            _ => {
                self.0[at].1.insert(0, '>');
                vec![text_change(typed, 0, 0, ">")]
            }
        }
    }
}

/// One types 300 characters; the other drags that line, splits the line above and writes before it. Sometimes the
/// field hears of it at once, sometimes only with the next character (as while a word is being composed).
#[test]
fn typing_while_another_moves_and_splits_loses_and_doubles_nothing() {
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let lines = [("a", "Some line above"), ("b", "Typed: "), ("c", "Below it")];
        let mut board = Lines(lines.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec());
        let mut field = board.shown();
        let mut caret = field.position(&Anchor { line: id("b"), at: 7 }).unwrap();
        let mut waiting = Vec::new();
        let (mut typed, mut disturbed) = (String::new(), 0);
        for serial in 0..300 {
            if random.u8(0..4) == 0 {
                let changes = board.disturb(&mut random, serial, "b");
                disturbed += usize::from(matches!(&changes[..], [Change::Text(line, _)] if *line == id("b")));
                waiting.extend(changes);
                if random.bool() {
                    let now = board.shown();
                    caret = follow(caret, Side::Before, &waiting, &field, &now);
                    field = now;
                    waiting.clear();
                }
            }
            let letter = char::from(b'a' + random.u8(0..26));
            let mut value: Vec<u16> = field.text().encode_utf16().collect();
            value.insert(caret as usize, letter as u16);
            let value = String::from_utf16(&value).unwrap();
            let edit = difference(&field.text(), &value, Some(caret + 1)).unwrap();
            let now = board.shown();
            let edits = rebase(&edit, &waiting, &field, &now);
            let start = follow(edit.at, Side::Before, &waiting, &field, &now);
            let after = carry_out(&now.text(), &edits);
            for (line, text) in board.0.iter_mut().zip(after.split('\n')) {
                line.1 = text.to_owned();
            }
            assert_eq!(board.shown().text(), after, "seed {seed}");
            caret = caret_after(&edit, caret + 1, &edits, start);
            typed.push(letter);
            field = board.shown();
            waiting.clear();
            let expected = format!("{}Typed: {typed}", ">".repeat(disturbed));
            let line = field.index(&id("b")).unwrap();
            assert_eq!(&*field.rows[line].text, expected, "seed {seed}");
            assert_eq!(caret, field.start(line) + units(&expected), "seed {seed}");
        }
    }
}

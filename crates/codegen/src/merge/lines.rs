//! Texts without keys, line by line: what is different, and what two people's changes are together.
//!
//! The effort grows with the square of what is different. Texts that have little in common, such as a file that a
//! formatter went through, are therefore compared as wholes.

use foldhash::HashMap;

/// So many lines may be taken out and put in.
const MOST: usize = 2_000;

/// Three texts as one, for a person to finish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lines {
    pub text: String,
    /// Both changed the same lines, which stand one below the other between marks.
    pub has_conflicts: bool,
}

/// Their changes to `base` on top of ours.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Lines {
    let theirs = theirs.replace("\r\n", "\n");
    if !is_near(base, &theirs) || !is_near(base, ours) {
        let text = format!("<<<<<<< yours\n{}=======\n{}>>>>>>> generated\n", whole(&theirs), whole(ours));
        return Lines { text, has_conflicts: true };
    }
    let mut options = diffy::MergeOptions::new();
    options.set_conflict_style(diffy::ConflictStyle::Merge);
    match options.merge(base, &theirs, ours) {
        Ok(text) => Lines { text, has_conflicts: false },
        Err(text) => {
            let text = text.replace("<<<<<<< ours\n", "<<<<<<< yours\n");
            Lines { text: text.replace(">>>>>>> theirs\n", ">>>>>>> generated\n"), has_conflicts: true }
        }
    }
}

/// What is different, as `diff -u` says it, without its first two lines.
pub fn difference(before: &str, after: &str) -> String {
    let before = before.replace("\r\n", "\n");
    if !is_near(&before, after) {
        let mut out = format!("@@ -1,{} +1,{} @@\n", before.lines().count(), after.lines().count());
        for (mark, text) in [('-', before.as_str()), ('+', after)] {
            for line in text.lines() {
                out.push(mark);
                out.push_str(line);
                out.push('\n');
            }
        }
        return out;
    }
    let patch = diffy::create_patch(&before, after).to_string();
    let body = patch.find("@@").map_or("", |start| &patch[start..]);
    body.to_owned()
}

/// With a newline at the end.
fn whole(text: &str) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}")
}

/// Whether a few lines make the one text the other: Myers' way, no further than that.
fn is_near(one: &str, other: &str) -> bool {
    let mut known = HashMap::default();
    let mut number = |text| {
        let lines = str::lines(text);
        let next = |line| {
            let new = known.len();
            *known.entry(line).or_insert(new)
        };
        lines.map(next).collect::<Vec<usize>>()
    };
    let (one, other) = (number(one), number(other));
    // By how much more was taken out than put in: how far one gets in the first text.
    let mut reach = vec![0; 2 * MOST + 3];
    for changes in 0..=MOST {
        for index in (MOST + 1 - changes..=MOST + 1 + changes).step_by(2) {
            let lowest = index == MOST + 1 - changes;
            let highest = index == MOST + 1 + changes;
            let puts_in = lowest || !highest && reach[index - 1] < reach[index + 1];
            let mut at: usize = if puts_in { reach[index + 1] } else { reach[index - 1] + 1 };
            let mut there = at + MOST + 1 - index;
            while at < one.len() && there < other.len() && one[at] == other[there] {
                (at, there) = (at + 1, there + 1);
            }
            reach[index] = at;
            if at >= one.len() && there >= other.len() {
                return true;
            }
        }
    }
    false
}

//! Texts without keys, line by line: what is different, and what two people's changes are together.

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
    let patch = diffy::create_patch(&before, after).to_string();
    let body = patch.find("@@").map_or("", |start| &patch[start..]);
    body.to_owned()
}

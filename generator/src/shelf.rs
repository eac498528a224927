//! The last text, and what was made of it: who looks at one file after the other has them generated once.

use codegen::{NotReady, Source, Target, Tree};
use protocol::ship::{Care, File, Finding};

#[derive(Default)]
pub struct Shelf {
    read: Option<Read>,
}

struct Read {
    text: String,
    source: Result<Source, NotReady>,
    made: Option<(Target, Tree)>,
}

impl Shelf {
    pub fn tree(&mut self, text: &str, target: Target) -> Result<&Tree, &NotReady> {
        let Read { source, made, .. } = self.read(text);
        let source = source.as_ref()?;
        if made.as_ref().is_some_and(|(of, _)| *of != target) {
            *made = None;
        }
        let (_, tree) = made.get_or_insert_with(|| (target, codegen::deliver(source, target)));
        Ok(tree)
    }

    fn read(&mut self, text: &str) -> &mut Read {
        if self.read.as_ref().is_some_and(|read| read.text != text) {
            self.read = None;
        }
        self.read.get_or_insert_with(|| Read {
            text: text.to_owned(),
            source: Source::of_text(text),
            made: None,
        })
    }
}

pub fn listed(tree: &Tree) -> Vec<File> {
    let file = |(path, file): (&str, &codegen::File)| File {
        path: path.to_owned(),
        care: match file.care {
            codegen::Care::Owned => Care::Owned,
            codegen::Care::Once => Care::Once,
            codegen::Care::Merged => Care::Merged,
        },
        size: file.text.len(),
        hash: hash(&file.text),
    };
    tree.iter().map(file).collect()
}

/// Enough of the digest to tell one generation's text of a file from the next one's.
pub fn hash(text: &str) -> String {
    codegen::manifest::digest(text).chars().take(16).collect()
}

pub fn findings(not_ready: &NotReady) -> Vec<Finding> {
    let findings = not_ready.errors.iter().map(|error| Finding {
        rule: error.rule.0.to_owned(),
        message: error.message.clone(),
        help: error.help.clone(),
        line: error.line,
    });
    findings.collect()
}

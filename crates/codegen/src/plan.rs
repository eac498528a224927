//! What generating again does to a folder, file by file, before it is done.
//!
//! A file of the generator's that nobody touched is written anew, deleted or left; one that people edited is never
//! overwritten unless they say so. What is written once is theirs. Merged files are brought up to date key by key.
//! Invariants: a plan that is carried out makes the next one of the same source empty, but for files that people edited;
//! a plan that was carried out in part can be made again and carried out in full (`Past` of both generations).
//! Not here: reading and writing files (`cli`).

use crate::manifest::{self, Manifest};
use crate::merge::{self, lines, merge};
use crate::{Care, File, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// What is where a file would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    Nothing,
    Text(String),
    /// Something that is no text, or nothing that may be written through: `a link`, `a folder`.
    Other(&'static str),
}

/// An earlier generation into the same folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Past {
    pub manifest: Manifest,
    /// Merged files as they were generated.
    pub bases: BTreeMap<String, String>,
}

/// What is to be done, in the order of the paths.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    pub steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub path: String,
    pub care: Care,
    pub action: Action,
    /// What lies there, if it is a text.
    pub before: Option<String>,
    /// What is generated; `None` where nothing is any longer.
    pub after: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    Create,
    Update,
    Unchanged,
    /// Written once: it is people's.
    Keep,
    /// Key by key, to this text.
    Merge {
        text: String,
        /// Where people's values stayed.
        kept: Vec<String>,
    },
    /// The generator's, and edited by hand; the generator has nothing new for it.
    Edited,
    Conflict(Conflict),
    /// The generator's, no longer generated and not edited.
    Delete,
    /// No longer generated, but people have a hand in it: nothing is done, and it is theirs from now on.
    Release,
}

/// Why a file cannot be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Conflict {
    /// It was edited by hand, and the generator has something new for it.
    Edited,
    /// It was there before anything was generated.
    Foreign,
    /// It cannot be merged.
    Unmergeable(merge::NoMerge),
    /// Something is there that no text may replace.
    Blocked(&'static str),
}

/// What is done about conflicts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resolve {
    /// Files in conflict stay as they are.
    Leave,
    /// They stay, and beside each one lies `<file>.new`: both sides' changes on top of what was generated last, or what
    /// is generated now if nobody knows that any more.
    ThreeWay,
    /// What is generated counts.
    Overwrite,
}

/// One change to the folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Write {
    Put {
        path: String,
        text: String,
    },
    /// Beside a file that stays as it is, for people to take over.
    Beside {
        path: String,
        text: String,
    },
    Delete {
        path: String,
    },
}

impl Action {
    pub fn word(&self) -> &'static str {
        match self {
            Action::Create => "create",
            Action::Update => "update",
            Action::Unchanged => "unchanged",
            Action::Keep => "keep",
            Action::Merge { .. } => "merge",
            Action::Edited => "edited",
            Action::Conflict(_) => "conflict",
            Action::Delete => "delete",
            Action::Release => "release",
        }
    }
}

impl Plan {
    /// `pasts`: the last generation if there is one, and before it the one that was begun after it and not finished.
    pub fn new(tree: &Tree, pasts: &[Past], find: &dyn Fn(&str) -> Found) -> Plan {
        let known = pasts.iter().flat_map(|past| &past.manifest.files);
        let gone: BTreeSet<&String> =
            known.map(|(path, _)| path).filter(|path| tree.get(path).is_none()).collect();
        let respelled: BTreeMap<String, &str> =
            gone.iter().map(|path| (path.to_lowercase(), path.as_str())).collect();
        let generated = tree.iter().filter(|(path, _)| !manifest::is_own(path));
        let mut steps: Vec<Step> = generated
            .map(|(path, file)| {
                let names = Names { path, before: respelled.get(&path.to_lowercase()).copied() };
                step(names, file, pasts, find(path))
            })
            .collect();
        steps.extend(gone.into_iter().filter_map(|path| farewell(path, pasts, find(path))));
        steps.sort_by(|one, other| one.path.cmp(&other.path));
        Plan { steps }
    }

    pub fn conflicts(&self) -> impl Iterator<Item = (&Step, &Conflict)> {
        self.steps.iter().filter_map(|step| match &step.action {
            Action::Conflict(conflict) => Some((step, conflict)),
            _ => None,
        })
    }

    pub fn count(&self, wanted: fn(&Action) -> bool) -> usize {
        self.steps.iter().filter(|step| wanted(&step.action)).count()
    }

    /// Whether the folder is as it would be generated.
    pub fn is_idle(&self) -> bool {
        self.steps.iter().all(|step| matches!(step.action, Action::Unchanged | Action::Keep | Action::Edited))
    }

    /// The changes, those first that take nothing away, but for what comes back in other capitals: to some systems that
    /// is the same file. `base` tells what was generated last, where it is known.
    pub fn writes(&self, resolve: Resolve, base: &dyn Fn(&str) -> Option<String>) -> Vec<Write> {
        let there = self.steps.iter().filter(|step| step.after.is_some());
        let there: BTreeSet<String> = there.map(|step| step.path.to_lowercase()).collect();
        let mut writes: Vec<Write> =
            self.steps.iter().filter_map(|step| write(step, resolve, base)).collect();
        writes.sort_by_key(|write| match write {
            Write::Delete { path } if there.contains(&path.to_lowercase()) => 0,
            Write::Put { .. } | Write::Beside { .. } => 1,
            Write::Delete { .. } => 2,
        });
        writes
    }
}

fn write(step: &Step, resolve: Resolve, base: &dyn Fn(&str) -> Option<String>) -> Option<Write> {
    let path = step.path.clone();
    let put = |text: &String| Some(Write::Put { path: step.path.clone(), text: text.clone() });
    match (&step.action, resolve) {
        (Action::Create | Action::Update, _) => put(step.after.as_ref()?),
        (Action::Merge { text, .. }, _) => put(text),
        (Action::Delete, _) => Some(Write::Delete { path }),
        (Action::Conflict(Conflict::Blocked(_)), _) => None,
        (Action::Edited | Action::Conflict(_), Resolve::Overwrite) => put(step.after.as_ref()?),
        (Action::Conflict(_), Resolve::ThreeWay) => {
            let (theirs, ours) = (step.before.as_ref()?, step.after.as_ref()?);
            let text = match base(&path) {
                Some(base) => lines::merge(&base, ours, theirs).text,
                None => ours.clone(),
            };
            Some(Write::Beside { path: format!("{path}.new"), text })
        }
        _ => None,
    }
}

/// What a file is called, and was called in other capitals: systems that do not tell them apart find it by both.
#[derive(Clone, Copy)]
struct Names<'a> {
    path: &'a str,
    before: Option<&'a str>,
}

/// What becomes of a file that is generated.
fn step(names: Names<'_>, file: &File, pasts: &[Past], found: Found) -> Step {
    let before = match &found {
        Found::Text(text) => Some(text.clone()),
        _ => None,
    };
    let action = match (found, file.care) {
        (Found::Nothing, _) => Action::Create,
        (Found::Other(_), Care::Once) => Action::Keep,
        (Found::Other(what), _) => Action::Conflict(Conflict::Blocked(what)),
        (Found::Text(_), Care::Once) => Action::Keep,
        (Found::Text(there), Care::Owned) => owned(names, file, pasts, &there),
        (Found::Text(there), Care::Merged) => merged(names.path, file, pasts, &there),
    };
    Step { path: names.path.to_owned(), care: file.care, action, before, after: Some(file.text.clone()) }
}

fn owned(names: Names<'_>, file: &File, pasts: &[Past], there: &str) -> Action {
    let (new, old) = (manifest::digest(&file.text), manifest::digest(there));
    let names = [Some(names.path), names.before];
    let recorded: Vec<&str> = names.into_iter().flatten().flat_map(|path| recorded(path, pasts)).collect();
    if new == old {
        return Action::Unchanged;
    }
    match (recorded.is_empty(), recorded.contains(&old.as_str()), recorded.contains(&new.as_str())) {
        (true, ..) => Action::Conflict(Conflict::Foreign),
        (_, true, _) => Action::Update,
        (_, _, true) => Action::Edited,
        _ => Action::Conflict(Conflict::Edited),
    }
}

fn recorded<'a>(path: &'a str, pasts: &'a [Past]) -> impl Iterator<Item = &'a str> {
    let entries = pasts.iter().filter_map(move |past| past.manifest.files.get(path));
    entries.filter(|entry| entry.care != Care::Once).map(|entry| entry.sha256.as_str())
}

fn merged(path: &str, file: &File, pasts: &[Past], there: &str) -> Action {
    // Of a generation that was not finished this file may be or not: it is of that from which least was changed.
    let changed =
        |base: &&str| merge(path, Some(base), base, there).map_or(usize::MAX, |merged| merged.kept.len());
    let base = pasts.iter().filter_map(|past| past.bases.get(path)).map(String::as_str).min_by_key(changed);
    match merge(path, base, &file.text, there) {
        Ok(merged) if merged.text == there => Action::Unchanged,
        Ok(merged) => Action::Merge { text: merged.text, kept: merged.kept },
        Err(error) => Action::Conflict(Conflict::Unmergeable(error)),
    }
}

/// What becomes of a file that is no longer generated.
fn farewell(path: &str, pasts: &[Past], found: Found) -> Option<Step> {
    let care = pasts.iter().find_map(|past| past.manifest.files.get(path))?.care;
    let (action, before) = match found {
        Found::Nothing => return None,
        Found::Text(text) => {
            let digest = manifest::digest(&text);
            let untouched = recorded(path, pasts).any(|known| known == digest);
            (if untouched { Action::Delete } else { Action::Release }, Some(text))
        }
        Found::Other(_) => (Action::Release, None),
    };
    Some(Step { path: path.to_owned(), care, action, before, after: None })
}

#[cfg(test)]
mod tests;

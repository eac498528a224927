//! What a person does to runs, and what others do: steps, beginnings, resets, and which run is looked at.

use super::shelf::{Shelf, write_shared};
use super::tape::Tape;
use super::{Play, Which};
use crate::browser;
use crate::messages::{self as page, play as words};
use crate::store::Alone;
use board::Change;
use board::runs::{About, Full, NewStep, StepKey, Writes};
use elements::afterwards;
use emd::{Kind, Step as Given};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use protocol::step::{Act, Step};

/// So long the text stands still before it is read again, in milliseconds.
const QUIET_MS: u32 = 350;
/// A step of somebody whose clock is this much ahead is not waited for, in milliseconds.
const AHEAD_MS: i64 = 60_000;
/// The letters of a made-up id.
const ID: usize = 12;
/// What is imported goes into steps of at most so many bytes, and all of it is at most so large.
const PART: usize = 200_000;
const LARGEST_IMPORT: usize = 10 << 20;

impl Play {
    // ---- listening

    pub(super) fn begin_to_listen(self) {
        let session = self.session;
        session.listen(move |changes| self.hear(changes));
        afterwards(move || {
            // The pane was opened, or what carries commands out is here by now.
            if session.run_open.get() && session.hands.with(Option::is_some) {
                self.text_is_due();
            }
        });
        browser::spawn(async move {
            let Ok(kept) = Alone::open(&session.board_id()).await else { return };
            let Ok(entries) = kept.load().await else { return };
            self.inner.update_value(|inner| inner.shelf.open(kept, entries));
            self.refresh();
        });
        self.text_is_due();
    }

    fn text_is_due(self) {
        self.inner.update_value(|inner| inner.road.text_due = true);
        self.move_on();
    }

    fn hear(self, changes: &[Change]) {
        let session = self.session;
        if self.inner.try_update_value(|inner| inner.shelf.hear(session, changes)) == Some(true) {
            self.refresh();
        }
        let is_text = |change: &Change| {
            matches!(change, Change::Added(_) | Change::Removed(_) | Change::Text(..) | Change::Moved(_))
        };
        if changes.iter().any(is_text) && self.is_wanted() {
            let soon = Timeout::new(QUIET_MS, move || self.text_is_due());
            self.inner.update_value(|inner| inner.quiet = Some(soon));
        }
    }

    /// Whether anybody wants to know what becomes of the text.
    fn is_wanted(self) -> bool {
        let scenario = Kind::Scenario(Given::Scenario);
        self.session.run_open.get_untracked()
            || !self.verdicts.with_untracked(Vec::is_empty)
            || self.session.with_board(|board| {
                board.order.iter().any(|id| board.line(id).is_some_and(|line| line.kind == scenario))
            })
    }

    /// Entries of runs are others now, here or in the document.
    fn refresh(self) {
        let which = self.which.get_untracked();
        let Some((known, anew, own)) = self.inner.try_update_value(|inner| {
            let before: Vec<StepKey> = inner.tape.keys().collect();
            inner.tape.follow(inner.shelf.get(&which));
            let anew = !before.is_empty() && !before.iter().any(|key| inner.tape.index(*key).is_some());
            (inner.shelf.known(), anew, std::mem::take(&mut inner.resetting))
        }) else {
            return;
        };
        let here = known.iter().find(|run| run.which == which).cloned();
        if self.runs.with_untracked(|old| *old != known) {
            self.runs.set(known);
        }
        match here {
            // It was removed, here or by somebody else.
            None => {
                self.look_at(Which::main());
                if !own {
                    self.session.say(words::REMOVED_BY_SOMEBODY);
                }
            }
            Some(run) if anew => {
                self.at.set(None);
                self.mine.set(None);
                if !own {
                    self.session.say(&words::reset_by(&run.by));
                }
            }
            Some(_) => {}
        }
        if self.inner.with_value(|inner| inner.tape.strange()) {
            self.trouble.set(Some(words::NEWER_STEPS.to_owned()));
        }
        self.move_on();
    }

    // ---- steps

    /// Takes a step in the run that is looked at. What comes of it arrives in the signals.
    pub fn act(&self, act: Act) {
        if !untrack(|| self.can_act()) {
            return self.session.say(page::VIEW_ONLY);
        }
        self.trouble.set(None);
        self.mine.set(None);
        let acts = match act {
            Act::Import { lines } if lines.len() > LARGEST_IMPORT => {
                return self.trouble.set(Some(words::IMPORT_TOO_LARGE.to_owned()));
            }
            Act::Import { lines } => parts(&lines).map(|lines| Act::Import { lines }).collect(),
            act => vec![act],
        };
        self.inner.update_value(|inner| {
            inner.mine = None;
            inner.pending.extend(acts);
        });
        self.move_on();
    }

    /// Stops what goes on for long. A step of one's own that the worker is not through with is taken back.
    pub fn cancel(&self) {
        let (play, which) = (*self, self.which.get_untracked());
        if !play.stop() {
            return;
        }
        let writes = play.inner.try_update_value(|inner| {
            inner.pending.clear();
            inner.mine = None;
            let steps = std::mem::take(&mut inner.untold);
            let (runs, id) = inner.shelf.runs(&which);
            runs.take_back(id, &steps)
        });
        if let Some(writes) = writes.filter(|writes| !writes.entries().is_empty()) {
            play.write(&which, writes);
        }
    }

    /// Writes what waits as steps, under the model that the worker has read.
    pub(super) fn write_pending(self, fingerprint: &str, text: &str) {
        if self.session.hands.with_untracked(Option::is_none) {
            return;
        }
        while let Some(act) = self.inner.try_update_value(|inner| inner.pending.pop_front()).flatten() {
            if let Err(full) = self.write_act(act, fingerprint, text) {
                self.inner.update_value(|inner| inner.pending.clear());
                self.trouble.set(Some(words::full(full)));
            }
        }
    }

    fn write_act(self, act: Act, fingerprint: &str, text: &str) -> Result<(), Full> {
        let edited = self.inner.with_value(|inner| inner.tape.model() != Some(fingerprint));
        if edited {
            let act = Act::Model { fingerprint: fingerprint.to_owned() };
            self.write_step(act, Some((fingerprint.to_owned(), text.to_owned())))?;
        }
        let key = self.write_step(act, None)?;
        self.inner.update_value(|inner| {
            inner.mine = key;
            inner.untold.extend(key);
        });
        Ok(())
    }

    fn write_step(self, act: Act, model: Option<(String, String)>) -> Result<Option<StepKey>, Full> {
        let step =
            Step { at: self.time(), by: self.session.name.get_untracked(), seed: browser::random(), act };
        // Steps are plain data: writing them cannot fail.
        let step = serde_json::to_string(&step).unwrap_or_default();
        let which = self.which.get_untracked();
        let writes = self.inner.with_value(|inner| {
            let (runs, id) = inner.shelf.runs(&which);
            runs.take(id, vec![NewStep { step, model }], &mut browser::random)
        })?;
        let key = writes.taken().next();
        self.write(&which, writes);
        Ok(key)
    }

    /// Now on the room's clock, and not before the last step.
    fn time(self) -> i64 {
        let now = self.session.room_time() as i64;
        let last = self.inner.with_value(|inner| inner.tape.last());
        last.filter(|last| (now..now.saturating_add(AHEAD_MS)).contains(last)).unwrap_or(now)
    }

    fn write(self, which: &Which, writes: Writes) {
        match which {
            // Comes back as a change, as everybody's steps do.
            Which::Shared(_) => write_shared(self.session, writes),
            Which::Alone(_) => {
                self.inner.update_value(|inner| inner.shelf.write_alone(&writes));
                self.refresh();
            }
        }
    }

    // ---- runs

    /// Looks at this run from now on.
    pub fn look_at(&self, which: Which) {
        if self.which.with_untracked(|now| *now == which) {
            return;
        }
        self.inner.update_value(|inner| {
            inner.tape = Tape::of(inner.shelf.get(&which));
            inner.mine = None;
            inner.untold.clear();
            inner.pending.clear();
        });
        self.at.set(None);
        self.mine.set(None);
        self.trouble.set(None);
        self.which.set(which);
        self.move_on();
    }

    /// Begins a run of this name and looks at it.
    pub fn begin(&self, name: &str, shared: bool) {
        let id = browser::random_token(ID);
        let which = if shared { Which::Shared(id) } else { Which::Alone(id) };
        self.begin_with(which, name, Vec::new());
    }

    /// A run of one's own that begins as a copy of the one that is looked at, after its first `steps` steps.
    pub fn branch(&self, name: &str, steps: usize) {
        let now = self.which.get_untracked();
        let copied = self.inner.with_value(|inner| {
            let text = |print: String| {
                let text = inner.shelf.get(&now)?.model(&print)?.to_owned();
                Some((print, text))
            };
            let steps = inner.tape.first(steps).into_iter();
            steps.map(|(step, print)| NewStep { step, model: print.and_then(text) }).collect()
        });
        self.begin_with(Which::Alone(browser::random_token(ID)), name, copied);
    }

    fn begin_with(&self, which: Which, name: &str, steps: Vec<NewStep>) {
        if matches!(which, Which::Shared(_)) && !self.session.can_write() {
            return self.session.say(page::VIEW_ONLY);
        }
        let by = self.session.name.get_untracked();
        let about = About { name: name.trim().to_owned(), seed: browser::random(), by };
        let begun = self.inner.with_value(|inner| {
            let (runs, id) = inner.shelf.runs(&which);
            Ok([runs.begin(id, about)?, runs.take(id, steps, &mut browser::random)?])
        });
        match begun {
            Ok(all) => {
                all.into_iter().for_each(|writes| self.write(&which, writes));
                self.look_at(which);
            }
            Err(full) => self.trouble.set(Some(words::full(full))),
        }
    }

    pub fn rename(&self, which: &Which, name: &str) {
        let writes = self.inner.with_value(|inner| {
            let (runs, id) = inner.shelf.runs(which);
            runs.rename(id, name.trim())
        });
        self.write(which, writes);
    }

    /// Takes all steps of the run that is looked at back.
    pub fn reset(&self) {
        let (which, by) = (self.which.get_untracked(), self.session.name.get_untracked());
        self.gone(&which, |shelf| {
            let (runs, id) = shelf.runs(&which);
            runs.reset(id, browser::random(), &by)
        });
    }

    /// Removes a run with its steps.
    pub fn remove(&self, which: &Which) {
        self.gone(which, |shelf| {
            let (runs, id) = shelf.runs(which);
            runs.remove(id)
        });
    }

    fn gone(&self, which: &Which, writes: impl FnOnce(&Shelf) -> Writes) {
        if matches!(which, Which::Shared(_)) && !self.session.can_write() {
            return self.session.say(page::VIEW_ONLY);
        }
        let writes = self.inner.try_update_value(|inner| {
            inner.pending.clear();
            inner.resetting = true;
            writes(&inner.shelf)
        });
        if let Some(writes) = writes {
            self.write(which, writes);
        }
        self.inner.update_value(|inner| inner.resetting = false);
    }
}

/// Whole lines, as many as fit into one step.
fn parts(lines: &str) -> impl Iterator<Item = String> {
    let mut parts = vec![String::new()];
    for line in lines.split_inclusive('\n') {
        match parts.last_mut() {
            Some(part) if part.is_empty() || part.len() + line.len() <= PART => part.push_str(line),
            _ => parts.push(line.to_owned()),
        }
    }
    parts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_cut_between_lines() {
        let line = format!("{}\n", "x".repeat(PART / 2));
        let all: Vec<String> = parts(&line.repeat(3)).collect();
        assert_eq!((all.len(), all.concat()), (3, line.repeat(3)));
        assert_eq!(parts("").count(), 1);
    }
}

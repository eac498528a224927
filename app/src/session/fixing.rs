//! Which findings are being looked at: those of a line, with their fixes, beside its sticky or beside the text.
//!
//! Here is only what the wall and the keys need at once. How findings and fixes look and what a fix does is in
//! `view::fixes`, which is fetched later.

use super::{Checked, Panel, Session};
use crate::browser;
use crate::messages;
use crate::view::wall;
use board::{Board, LineId};
use diag::Diagnostic;
use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

/// Where this browser remembers whether the text was open.
pub const TEXT_OPEN: &str = "squall.text-open";

/// Where somebody looks at findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beside {
    Sticky,
    Text,
}

/// The findings that are being looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fixing {
    /// The sticky or the line.
    pub line: LineId,
    pub beside: Beside,
    /// The one that was walked to, as a place in `Checked::found`; without one, all of the line.
    pub one: Option<usize>,
}

impl Checked {
    pub fn of(board: &Board, found: Vec<Diagnostic>, green: bool) -> Checked {
        let mut by_line: HashMap<LineId, Vec<usize>> = HashMap::new();
        for (at, finding) in found.iter().enumerate() {
            if let Some(id) = finding.line.and_then(|line| board.order.get(line)) {
                by_line.entry(id.clone()).or_default().push(at);
            }
        }
        Checked {
            found: Rc::new(found),
            green,
            lines: Rc::new(board.order.clone()),
            by_line: Rc::new(by_line),
            said: Rc::new(board.texts().map(said).collect()),
        }
    }

    /// Whether a line still reads as it did when it was checked.
    pub fn says(&self, line: usize, text: &str) -> bool {
        self.said.get(line) == Some(&said(text))
    }
}

/// Beside a wall of some width the text is open again as it was left; on a phone it would lie over all of the board.
pub fn text_was_open() -> bool {
    let wide = browser::window().match_media("(min-width: 641px)").ok().flatten();
    browser::recall(TEXT_OPEN).is_some_and(|it| it == "open") && wide.is_none_or(|wide| wide.matches())
}

fn said(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl Session {
    /// The findings of a line and, for a sticky, of what belongs to it.
    pub fn findings_of(&self, line: &LineId, checked: &Checked, beside: Beside) -> Vec<usize> {
        let own = |id: &LineId| checked.by_line.get(id).into_iter().flatten().copied();
        if beside == Beside::Text {
            return own(line).collect();
        }
        self.with_board(|board| {
            let belongs =
                |id: &&LineId| *id == line || board.line(id).is_some_and(|it| it.of.as_ref() == Some(line));
            let lines = checked.by_line.keys().filter(belongs);
            let mut places: Vec<u64> =
                lines.filter_map(|id| board.position(id)).map(|at| at as u64).collect();
            places.sort_unstable();
            places.into_iter().filter_map(|at| board.order.get(at as usize)).flat_map(own).collect()
        })
    }

    /// Opens what the checker says about a line.
    pub fn show_fixes(&self, line: LineId, beside: Beside) {
        let found = self.checked.with_untracked(|checked| self.findings_of(&line, checked, beside));
        if found.is_empty() {
            return self.announcement.set(messages::FINDINGS_NOT_HERE.to_owned());
        }
        self.open_fixes(line, beside);
    }

    /// The same where something is known to be found.
    pub fn open_fixes(&self, line: LineId, beside: Beside) {
        self.fixing.set(Some(Fixing { line, beside, one: None }));
        self.panel.set(Some(Panel::Fixes));
    }

    /// Opens what the checker says about the selected sticky.
    pub fn fix_selection(&self) {
        match self.selection.with_untracked(|all| all.last().cloned()) {
            Some(line) => self.show_fixes(line, Beside::Sticky),
            None => self.panel.set(Some(Panel::Findings)),
        }
    }

    /// The finding after (or before) a line, going round at the ends; with `from` itself left out.
    fn finding_from(&self, from: Option<&LineId>, back: bool) -> Option<(usize, LineId)> {
        let checked = self.checked.get_untracked();
        let mut all: Vec<(usize, usize)> =
            checked.found.iter().enumerate().filter_map(|(at, it)| Some((it.line?, at))).collect();
        all.sort_unstable();
        // Every line once: the popover shows all that is found there.
        all.dedup_by_key(|(line, _)| *line);
        let here = from.and_then(|id| checked.lines.iter().position(|line| line == id));
        let next = match (here, back) {
            (Some(here), false) => all.iter().find(|(line, _)| *line > here).or(all.first()),
            (Some(here), true) => all.iter().rfind(|(line, _)| *line < here).or(all.last()),
            (None, false) => all.first(),
            (None, true) => all.last(),
        };
        let (line, at) = next?;
        Some((*at, checked.lines.get(*line)?.clone()))
    }

    /// Goes to the next finding, beside the text for those who look at findings there.
    pub fn next_finding(&self, back: bool) {
        let open = self.panel.get_untracked() == Some(Panel::Fixes);
        let now = self.fixing.get_untracked().filter(|_| open);
        let beside = now.as_ref().map_or(Beside::Sticky, |now| now.beside);
        let selected = || self.selection.with_untracked(|all| all.last().cloned());
        let here = now.map(|now| now.line).or_else(selected);
        let here = here.map(|id| match beside {
            Beside::Sticky => self.with_board(|board| last_part(board, id, back)),
            Beside::Text => id,
        });
        self.walk_findings(here, back, beside);
    }

    /// Goes to the finding after (or before) a line; where no sticky shows it, to its line in the text.
    pub fn walk_findings(&self, from: Option<LineId>, back: bool, beside: Beside) {
        let Some((at, line)) = self.finding_from(from.as_ref(), back) else {
            return self.announcement.set(messages::FINDINGS_NONE.to_owned());
        };
        self.tell_finding(at);
        let sticky = self.with_board(|board| {
            let read = board.line(&line)?;
            if read.kind.is_sticky() { Some(line.clone()) } else { read.of.clone() }
        });
        let (line, beside) = match sticky.filter(|_| beside == Beside::Sticky) {
            Some(sticky) => {
                wall::select(*self, vec![sticky.clone()]);
                wall::reveal(*self, &sticky);
                wall::focus(&sticky);
                (sticky, Beside::Sticky)
            }
            None => {
                self.text_open.set(true);
                self.text_place.set(Some((line.clone(), self.start_of(at, &line))));
                (line, Beside::Text)
            }
        };
        self.fixing.set(Some(Fixing { line, beside, one: Some(at) }));
        self.panel.set(Some(Panel::Fixes));
    }

    /// Where a finding begins in its line, in UTF-16 units.
    fn start_of(&self, at: usize, line: &LineId) -> u32 {
        let start =
            self.checked.with_untracked(|checked| checked.found.get(at).map_or(0, |it| it.span.start));
        self.with_board(|board| {
            let text = board.line(line).map_or("", |line| line.text.as_str());
            board::text::len(text.get(..start).unwrap_or(""))
        })
    }

    /// Says a finding to those who hear the page.
    fn tell_finding(&self, at: usize) {
        let words = self.checked.with_untracked(|checked| {
            let finding = checked.found.get(at)?;
            let line = finding.line.map_or_else(String::new, |line| messages::line_number(line + 1));
            Some(messages::finding_spoken(finding.severity.word(), &line, &finding.message))
        });
        if let Some(words) = words {
            self.announcement.set(words);
        }
    }
}

/// Going on from a sticky passes what belongs to it: that was shown with it.
fn last_part(board: &Board, id: LineId, back: bool) -> LineId {
    let mut parts =
        board.order.iter().filter(|part| board.line(part).is_some_and(|it| it.of.as_ref() == Some(&id)));
    if back { id } else { parts.next_back().cloned().unwrap_or(id) }
}

//! A storm on a copy of the run: asked of the worker, with progress, and without a trace when it is cancelled.

use super::wishes::Wishes;
use crate::browser;
use crate::messages::storm as words;
use crate::run::{Play, Worker};
use board::LineId;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use protocol::insight::Searched;
use protocol::request::{Ask, Failed, RunId, Say};
use protocol::step::{Act, Step};
use protocol::storm::{Report, Storm};
use protocol::{Sticky, Time};
use std::collections::{BTreeSet, HashMap};

/// The copy, as the worker knows it.
const COPY: &str = "rehearsal";
/// States that the search looks at.
const BOUND: u64 = 200_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    Idle,
    Going,
    Over,
    Cancelled,
    Failed,
}

/// The lines that an answer's numbers meant when it came: after the next edit the same numbers mean others.
pub type Lines = HashMap<Sticky, LineId>;

#[derive(Clone, Copy)]
pub struct Rehearsal {
    pub play: Play,
    /// Shown where it can be folded.
    pub open: RwSignal<bool>,
    pub wishes: Wishes,
    pub stage: RwSignal<Stage>,
    pub progress: RwSignal<(u64, u64)>,
    pub report: RwSignal<Option<Report>>,
    pub searched: RwSignal<Option<Searched>>,
    /// The stickies of the report, and those of what the search found.
    pub reported: StoredValue<Lines>,
    pub found: StoredValue<Lines>,
    /// Questions that were put on the wall.
    pub asked: RwSignal<BTreeSet<String>>,
    /// Hot spots are shown on the wall.
    pub glows: RwSignal<bool>,
    /// The run that it began as a copy of.
    pub run: RwSignal<RunId>,
    /// It has become part of the run.
    pub kept: RwSignal<bool>,
    /// The storm that goes on, or went.
    pub storm: StoredValue<Option<Storm>>,
    /// Whose end is the end of what goes on.
    going: StoredValue<Option<Owner>>,
    under: StoredValue<Option<Owner>>,
}

impl Rehearsal {
    pub fn new(play: Play) -> Rehearsal {
        Rehearsal {
            play,
            open: RwSignal::new(false),
            wishes: Wishes::new(),
            stage: RwSignal::new(Stage::Idle),
            progress: RwSignal::new((0, 0)),
            report: RwSignal::new(None),
            searched: RwSignal::new(None),
            reported: StoredValue::new(Lines::new()),
            found: StoredValue::new(Lines::new()),
            asked: RwSignal::new(BTreeSet::new()),
            run: RwSignal::new(RunId::new()),
            glows: RwSignal::new(false),
            kept: RwSignal::new(false),
            storm: StoredValue::new(None),
            going: StoredValue::new(None),
            under: StoredValue::new(Owner::current()),
        }
    }

    pub fn start(self, storm: Storm) {
        self.stop();
        self.stage.set(Stage::Going);
        self.progress.set((0, u64::from(storm.commands)));
        self.kept.set(false);
        self.run.set(untrack(|| self.play.run()));
        self.storm.set_value(Some(storm.clone()));
        let owner = self.under.get_value().unwrap_or_default().with(Owner::new);
        self.going.set_value(Some(owner.clone()));
        owner.with(|| {
            spawn_local_scoped_with_cancellation(async move {
                let came = self.go(storm).await;
                self.stage.set(match &came {
                    Ok(_) => Stage::Over,
                    Err(_) => Stage::Failed,
                });
                let session = self.play.session;
                match came {
                    Ok((report, searched)) => {
                        let Report { commands, accepted, rejected, events, .. } = report;
                        session.announcement.set(words::summary(commands, accepted, rejected, events));
                        self.searched.set(Some(searched));
                        self.report.set(Some(report));
                    }
                    Err(_) => session.announcement.set(words::FAILED.to_owned()),
                }
            });
        });
    }

    pub fn cancel(self) {
        self.stop();
        self.stage.set(Stage::Cancelled);
    }

    fn stop(self) {
        if let Some(owner) = self.going.try_update_value(Option::take).flatten() {
            owner.cleanup();
        }
        self.report.set(None);
        self.searched.set(None);
        self.asked.set(BTreeSet::new());
        self.glows.set(false);
    }

    async fn go(self, storm: Storm) -> Result<(Report, Searched), Failed> {
        let play = self.play;
        let (taken, under) = play.state.with_untracked(|state| (state.steps, state.fingerprint.clone()));
        let present =
            play.model.with_untracked(|model| model.as_ref().map(|model| model.fingerprint.clone()));
        let present = present.unwrap_or_default();
        // There may be no copy yet.
        let _ = play.ask(Ask::Close { run: COPY.to_owned() }).await;
        if taken > 0 {
            let run = self.run.get_untracked();
            play.ask(Ask::Branch { run, into: COPY.to_owned(), steps: taken }).await?;
        }
        let seed = storm.seed;
        let mut acts = vec![Act::Storm(storm)];
        if present != under {
            acts.insert(0, Act::Model { fingerprint: present.clone() });
        }
        let last = taken + acts.len() - 1;
        let by = play.session.name.get_untracked();
        let step = |act| Step { at: browser::now() as Time, by: by.clone(), seed: 0, act };
        let steps = Ask::Steps {
            run: COPY.to_owned(),
            seed,
            keep: taken,
            steps: acts.into_iter().map(step).collect(),
            models: vec![(present, play.session.with_board(|board| board.text()))],
        };
        let progress = self.progress;
        Worker.ask_with(steps, move |done, of| progress.set((done, of))).await?;
        let report = match play.ask(Ask::Report { run: COPY.to_owned(), step: last }).await? {
            Say::Storm(report) => report,
            _ => return Err(Failed::NoSuchThing),
        };
        self.reported.set_value(lines(play, stickies_of(&report)));
        let searched = match play.ask(Ask::Search { bound: BOUND }).await? {
            Say::Searched(searched) => searched,
            _ => return Err(Failed::NoSuchThing),
        };
        self.found.set_value(lines(play, searched.insights.iter().filter_map(|one| one.sticky)));
        Ok((report, searched))
    }

    /// The line of a sticky of the report.
    pub fn line(self, sticky: Sticky) -> Option<LineId> {
        self.reported.with_value(|lines| lines.get(&sticky).cloned())
    }
}

fn lines(play: Play, stickies: impl Iterator<Item = Sticky>) -> Lines {
    stickies.filter_map(|sticky| Some((sticky, play.line(sticky)?))).collect()
}

fn stickies_of(report: &Report) -> impl Iterator<Item = Sticky> {
    let counted = report.by_type.iter().filter_map(|one| one.sticky);
    let refused = report.rejections.iter().filter_map(|one| one.sticky);
    let never = report.never.iter().filter_map(|one| one.sticky);
    counted.chain(refused).chain(never).chain(report.heat.iter().map(|(sticky, _)| *sticky))
}

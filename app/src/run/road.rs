//! Keeping the worker in step: the text as it stands, then what was done here, then the steps it has not heard of;
//! and what it says comes into the signals together.
//!
//! One turn at a time, and another as soon as something happened meanwhile. A worker that died or forgot a run is told
//! everything again, once.

use super::tape::{News, Tape, Told};
use super::worker::Worker;
use super::{Play, Which};
use crate::browser;
use crate::messages::{developer, play as words};
use board::LineId;
use leptos::prelude::*;
use protocol::Sticky;
use protocol::insight::Misfit;
use protocol::request::{Ask, Failed, Model, RunId, Say, State};
use protocol::trace::Trace;
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// So many traces are at hand; older ones can be asked for.
const TRACES: usize = 500;

/// What the worker was told, and who waits for it.
#[derive(Default)]
pub struct Road {
    told: HashMap<RunId, Told>,
    /// The text that it knows as the present one, and its lines.
    text: Option<Rc<str>>,
    lines: Rc<Vec<LineId>>,
    places: HashMap<LineId, Sticky>,
    /// The text has changed, and somebody wants to know.
    pub text_due: bool,
    turning: bool,
    again: bool,
    idle: Vec<Waker>,
    /// The long work that can be stopped.
    working: Option<Waker>,
    stopped: bool,
    /// Whether it was the road that got into trouble.
    stuck: bool,
    scenarios: u64,
}

/// A text that the worker has read.
struct Read {
    model: Model,
    text: Rc<str>,
    lines: Vec<LineId>,
}

/// What a turn brought.
struct Turn {
    read: Option<Read>,
    standing: Option<Standing>,
}

/// Where a run stands.
struct Standing {
    which: Which,
    state: State,
    traces: Vec<Trace>,
    misfits: Vec<Misfit>,
}

impl Road {
    pub fn line(&self, sticky: Sticky) -> Option<LineId> {
        self.lines.get(sticky).cloned()
    }

    pub fn sticky(&self, line: &LineId) -> Option<Sticky> {
        self.places.get(line).copied()
    }
}

impl Play {
    fn road<T>(self, with: impl FnOnce(&mut Road) -> T) -> Option<T> {
        self.inner.try_update_value(|inner| with(&mut inner.road))
    }

    /// Takes a turn soon: something was done, or is to be shown.
    pub(super) fn move_on(self) {
        let start = self.road(|road| {
            road.again = true;
            !std::mem::replace(&mut road.turning, true)
        });
        if start != Some(true) {
            return;
        }
        browser::spawn(async move {
            while self.road(|road| std::mem::take(&mut road.again)) == Some(true) {
                self.turn().await;
            }
            let idle = self.road(|road| {
                road.turning = false;
                std::mem::take(&mut road.idle)
            });
            idle.into_iter().flatten().for_each(Waker::wake);
        });
    }

    /// Waits until the worker knows all that was done so far.
    async fn in_step(self) {
        poll_fn(|context| {
            let waits = self.road(|road| {
                if road.turning {
                    road.idle.push(context.waker().clone());
                }
                road.turning
            });
            if waits == Some(true) { Poll::Pending } else { Poll::Ready(()) }
        })
        .await;
    }

    async fn turn(self) {
        let mut outcome = self.try_turn().await;
        if let Err(Failed::Stopped(_) | Failed::NoSuchRun) = outcome {
            // Another worker knows the text, and none of the runs.
            self.road(|road| road.told.clear());
            outcome = self.try_turn().await;
        }
        self.progress.set(None);
        match outcome {
            Ok(turn) => self.arrive(turn),
            Err(Failed::Cancelled) => self.get_stuck(words::STOPPED.to_owned()),
            // Its file is not there: the server is away, or has a newer page by now.
            Err(Failed::Stopped(why)) if why.is_empty() => self.get_stuck(words::NO_SIMULATOR.to_owned()),
            Err(failed) => self.get_stuck(developer::failed(&failed)),
        }
    }

    fn get_stuck(self, words: String) {
        self.road(|road| road.stuck = true);
        self.trouble.set(Some(words));
    }

    async fn try_turn(self) -> Result<Turn, Failed> {
        let read = self.read_text().await?;
        let model = read.as_ref().map(|read| (read.model.fingerprint.clone(), read.text.clone()));
        let model = model.or_else(|| {
            let print = self.model.with_untracked(|model| Some(model.as_ref()?.fingerprint.clone()))?;
            Some((print, self.road(|road| road.text.clone())??))
        });
        if let Some((fingerprint, text)) = model {
            self.write_pending(&fingerprint, &text);
        }
        let standing = match self.session.run_open.get_untracked() {
            true => self.standing(read.is_some()).await?,
            false => None,
        };
        Ok(Turn { read, standing })
    }

    /// Where the run that is looked at stands, unless that is on screen already.
    async fn standing(self, reread: bool) -> Result<Option<Standing>, Failed> {
        let which = self.which.get_untracked();
        let run = which.run();
        let (kept, state) = match self.tell(&which).await? {
            Some(told) => told,
            None if reread || self.is_new(&run) => {
                (0, state_of(Worker.ask(Ask::State { run: run.clone() }).await?)?)
            }
            None => return Ok(None),
        };
        let traces = self.traces_after(&run, kept, reread, &state).await?;
        let misfits = match state.misfits {
            0 => Vec::new(),
            _ => match Worker.ask(Ask::Misfits { run }).await {
                Ok(Say::Misfits(misfits)) => misfits,
                // The run goes on without the list.
                _ => Vec::new(),
            },
        };
        Ok(Some(Standing { which, state, traces, misfits }))
    }

    /// Whether what is on screen is of another run.
    fn is_new(self, run: &RunId) -> bool {
        self.shown.with_untracked(|shown| shown.as_ref() != Some(run))
    }

    /// Has the worker read the text, where it is another one by now and somebody wants to know.
    async fn read_text(self) -> Result<Option<Read>, Failed> {
        let pending = self.inner.with_value(|inner| !inner.pending.is_empty());
        let wanted = self.road(|road| std::mem::take(&mut road.text_due) || road.text.is_none());
        if wanted != Some(true) && !pending {
            return Ok(None);
        }
        let (text, lines) = self.session.with_board(|board| (board.text(), board.order.clone()));
        let same = self.road(|road| road.text.as_deref() == Some(&text) && *road.lines == lines);
        if same == Some(true) {
            return Ok(None);
        }
        match Worker.ask(Ask::Model { text: text.clone() }).await {
            Ok(Say::Model(model)) => Ok(Some(Read { model, text: text.into(), lines })),
            Ok(other) => Err(unfit(&other)),
            Err(failed) => {
                self.road(|road| road.text_due = true);
                Err(failed)
            }
        }
    }

    /// Tells the worker the steps of a run that it does not know; from which step on, and where the run stands now.
    async fn tell(self, which: &Which) -> Result<Option<(usize, State)>, Failed> {
        let run = which.run();
        let anew = self.inner.try_update_value(|inner| {
            let old = inner.road.told.get(&run).is_some_and(|told| !told.is_of(inner.shelf.get(which)));
            old.then(|| inner.road.told.remove(&run))
        });
        if let Some(Some(_)) = anew {
            Worker.ask(Ask::Close { run: run.clone() }).await?;
        }
        let looked_at = self.which.with_untracked(|looked_at| looked_at == which);
        let news = self.inner.with_value(|inner| {
            let kept = inner.shelf.get(which);
            let other = (!looked_at).then(|| Tape::of(kept));
            let tape = other.as_ref().unwrap_or(&inner.tape);
            match inner.road.told.get(&run) {
                Some(told) => told.news(tape, kept),
                None => Some(Told::default().all(tape, kept)),
            }
        });
        let Some(News { keep, steps, models, seed, marks }) = news else { return Ok(None) };
        let known: Vec<String> = models.iter().map(|(print, _)| print.clone()).collect();
        let progress = move |done, of| self.progress.set(Some((done, of)));
        let ask = Ask::Steps { run: run.clone(), seed, keep, steps, models };
        let said = self.unless_stopped(Worker.ask_with(ask, progress)).await;
        if let Err(Failed::Cancelled) = said {
            // How much of it was taken, nobody knows.
            self.road(|road| road.told.remove(&run));
        }
        let state = state_of(said?)?;
        self.inner.update_value(|inner| {
            inner.untold.retain(|key| !marks.iter().any(|(mark, _)| mark == key));
            inner.road.told.entry(run).or_default().heard(marks, seed, known);
        });
        Ok(Some((keep, state)))
    }

    async fn traces_after(
        self,
        run: &RunId,
        kept: usize,
        reread: bool,
        state: &State,
    ) -> Result<Vec<Trace>, Failed> {
        let mut traces = if reread || self.is_new(run) { Vec::new() } else { self.traces.get_untracked() };
        traces.retain(|trace| trace.step < kept);
        let next = traces.last().map_or(0, |trace| trace.step + 1);
        let from = next.max(state.steps.saturating_sub(TRACES));
        let fresh: Vec<Trace> = state.traces.iter().filter(|trace| trace.step >= from).cloned().collect();
        let whole = fresh.len() == state.steps.saturating_sub(from);
        if whole {
            traces.extend(fresh);
        } else {
            match Worker.ask(Ask::Traces { run: run.clone(), from, to: state.steps }).await? {
                Say::Traces(all) => traces.extend(all),
                other => return Err(unfit(&other)),
            }
        }
        let old = traces.len().saturating_sub(TRACES);
        traces.drain(..old);
        Ok(traces)
    }

    /// All of it together: a sticky has the same number in everything that is on screen.
    fn arrive(self, turn: Turn) {
        let reread = turn.read.is_some();
        if let Some(Read { model, text, lines }) = turn.read {
            self.road(|road| {
                road.text = Some(text);
                road.places = lines.iter().cloned().enumerate().map(|(at, line)| (line, at)).collect();
                road.lines = Rc::new(lines);
            });
            let scenarios = model.scenarios;
            self.model.set(Some(model));
            self.try_scenarios(scenarios);
        }
        if self.road(|road| std::mem::take(&mut road.stuck)) == Some(true) {
            self.trouble.set(None);
        }
        let told = turn.standing.is_some();
        let looked_at = |standing: &Standing| self.which.with_untracked(|which| *which == standing.which);
        let Some(standing) = turn.standing.filter(looked_at) else {
            // What is on screen is of a run, or numbered by a text, that is no longer the present one.
            if reread || told {
                self.shown.set(None);
            }
            return if reread {
                self.moves.update(|moves| *moves += 1)
            };
        };
        let Standing { which, state, traces, misfits } = standing;
        let beyond = self.at.get_untracked().is_some_and(|at| at >= state.head);
        let mine = self.inner.try_update_value(|inner| {
            let at = inner.mine.and_then(|mine| inner.tape.index(mine));
            let mine = at.and_then(|at| traces.iter().find(|trace| trace.step == at).cloned());
            if mine.is_some() {
                inner.mine = None;
            }
            mine
        });
        self.shown.set(Some(which.run()));
        self.state.set(state);
        self.traces.set(traces);
        self.misfits.set(misfits);
        if beyond {
            self.at.set(None);
        }
        if let Some(Some(mine)) = mine {
            self.mine.set(Some(mine));
        }
        self.moves.update(|moves| *moves += 1);
    }

    // ---- long work

    /// The answer, unless somebody stops it first; then the worker is told to leave it.
    async fn unless_stopped(self, answer: impl Future<Output = Result<Say, Failed>>) -> Result<Say, Failed> {
        let mut answer = pin!(answer);
        self.road(|road| road.stopped = false);
        let outcome = poll_fn(|context| {
            let stopped = self.road(|road| {
                road.working = Some(context.waker().clone());
                road.stopped
            });
            if stopped != Some(false) {
                Poll::Ready(Err(Failed::Cancelled))
            } else {
                answer.as_mut().poll(context)
            }
        });
        let outcome = outcome.await;
        self.road(|road| road.working = None);
        outcome
    }

    /// Stops the work on steps; says whether there was any.
    pub(super) fn stop(self) -> bool {
        let working = self.road(|road| {
            road.stopped = road.working.is_some();
            road.working.take()
        });
        let working = working.flatten();
        let any = working.is_some();
        working.into_iter().for_each(Waker::wake);
        any
    }

    // ---- questions of views

    pub(super) async fn answer(self, ask: Ask) -> Result<Say, Failed> {
        self.in_step().await;
        for run in ask.runs().into_iter().flatten() {
            self.make_known(run).await?;
        }
        let again = ask.clone();
        match Worker.ask(ask).await {
            Err(Failed::NoSuchRun | Failed::Stopped(_)) => {
                self.road(|road| road.told.clear());
                self.shown.set(None);
                self.move_on();
                self.in_step().await;
                for run in again.runs().into_iter().flatten() {
                    self.make_known(run).await?;
                }
                Worker.ask(again).await
            }
            answer => answer,
        }
    }

    /// Another run that is asked about, as when two are compared.
    async fn make_known(self, run: &str) -> Result<(), Failed> {
        match Which::of(run) {
            Some(which) => self.tell(&which).await.map(|_| ()),
            None => Ok(()),
        }
    }

    // ---- scenarios

    /// All scenarios of the text, beside everything else; what a later text brings wins.
    fn try_scenarios(self, scenarios: usize) {
        let Some(serial) = self.road(|road| {
            road.scenarios += 1;
            road.scenarios
        }) else {
            return;
        };
        if scenarios == 0 {
            return self.tell_verdicts(Vec::new());
        }
        browser::spawn(async move {
            let said = Worker.ask(Ask::Scenarios).await;
            if self.road(|road| road.scenarios) != Some(serial) {
                return;
            }
            if let Ok(Say::Scenarios(verdicts)) = said {
                self.tell_verdicts(verdicts);
            }
        });
    }
}

impl Which {
    fn of(run: &str) -> Option<Which> {
        match run.split_once('/')? {
            ("shared", id) => Some(Which::Shared(id.to_owned())),
            ("alone", id) => Some(Which::Alone(id.to_owned())),
            _ => None,
        }
    }
}

fn state_of(say: Say) -> Result<State, Failed> {
    if let Say::State(state) = say { Ok(state) } else { Err(unfit(&say)) }
}

/// A worker of the same build does not answer so.
fn unfit(say: &Say) -> Failed {
    Failed::Unreadable(serde_json::to_string(say).unwrap_or_default().chars().take(80).collect())
}

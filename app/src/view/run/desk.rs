//! What the views of a run on this page share: the chain that is shown on the wall, the moment that is looked at,
//! the form that is filled in, and the clockwork that moves them.
//!
//! Written here alone; `Play` says what happened, `Desk` what of it is being looked at.

use super::chain::{self, Chain, Look, Stop};
use crate::browser;
use crate::camera::Area;
use crate::messages::run as words;
use crate::run::Play;
use crate::view::wall;
use board::{LineId, Point, geometry};
use elements::afterwards;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use protocol::log::Filter;
use protocol::request::{Ask, RunId, Say};
use protocol::trace::{Failure, Form, Trace};
use protocol::{Position, Time};
use std::collections::BTreeMap;

/// One stop of a chain lights up so many milliseconds after the one before; a long chain goes faster.
const STOP_MS: u32 = 340;
const CHAIN_MS: u32 = 4_000;
/// What happened so long ago when the run was opened is shown, in milliseconds.
const FRESH_MS: Time = 3_000;
/// Around a chain that is brought into view, in wall pixels.
const ROOM: f64 = 120.0;

/// An event and when it was: where the slider stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Moment {
    pub position: Position,
    pub at: Time,
    pub label: String,
}

#[derive(Clone, Copy)]
pub struct Desk {
    pub play: Play,
    /// The form of the command that is filled in.
    pub form: RwSignal<Option<Form>>,
    /// Why the last try was refused.
    pub failures: RwSignal<Vec<Failure>>,
    /// What the wall shows, and how many stops of it.
    pub chain: RwSignal<Option<Chain>>,
    pub lit: RwSignal<usize>,
    /// Distinguishes one showing from the next.
    pub showing: RwSignal<u64>,
    /// The last event up to the moment that is looked at.
    pub moment: RwSignal<Option<Moment>>,
    /// Events after this one count as just happened.
    pub since: RwSignal<Option<Position>>,
    pub playing: RwSignal<bool>,
    /// Index into `SPEEDS`.
    pub speed: RwSignal<usize>,
    /// What somebody has written in the form, by the names of its fields.
    pub typed: StoredValue<BTreeMap<String, String>>,
    /// The form was sent, and no answer is here yet.
    pub sent: StoredValue<bool>,
    seen: StoredValue<Option<(RunId, usize)>>,
    asked: StoredValue<u64>,
    /// The wall follows what happens at the moment that is gone to.
    following: StoredValue<bool>,
    lighting: StoredValue<Option<Timeout>, LocalStorage>,
    ticking: StoredValue<Option<Timeout>, LocalStorage>,
}

/// Milliseconds between two steps, and how many events a step is: at least one, or this part of the whole.
const SPEEDS: [(u32, u64); 4] = [(2_000, 0), (1_000, 0), (300, 0), (100, 100)];

impl Desk {
    pub fn new(play: Play) -> Desk {
        let desk = Desk {
            play,
            form: RwSignal::new(None),
            failures: RwSignal::new(Vec::new()),
            chain: RwSignal::new(None),
            lit: RwSignal::new(0),
            showing: RwSignal::new(0),
            moment: RwSignal::new(None),
            since: RwSignal::new(None),
            playing: RwSignal::new(false),
            speed: RwSignal::new(1),
            typed: StoredValue::new(BTreeMap::new()),
            sent: StoredValue::new(false),
            seen: StoredValue::new(None),
            asked: StoredValue::new(0),
            following: StoredValue::new(false),
            lighting: StoredValue::new_local(None),
            ticking: StoredValue::new_local(None),
        };
        afterwards(move || desk.hear());
        afterwards(move || desk.find_moment());
        on_cleanup(move || {
            desk.lighting.try_set_value(None);
            desk.ticking.try_set_value(None);
        });
        desk
    }

    /// Whether somebody has written in the form.
    pub fn touched(self) -> bool {
        self.typed.with_value(|typed| !typed.is_empty())
    }

    // ---- what happened

    /// Shows what somebody did, once; what was there when the run was opened is not shown again.
    fn hear(self) {
        let last = self.play.traces.with(|all| all.iter().rfind(|trace| !trace.links.is_empty()).cloned());
        // Nothing is known of the run yet.
        let Some(run) = self.play.shown.get_untracked() else { return };
        let next = last.as_ref().map_or(0, |last| last.step + 1);
        let before = self.seen.get_value();
        self.seen.set_value(Some((run.clone(), next)));
        if before.as_ref().is_some_and(|(of, _)| *of != run) {
            // What was done in another run is no news.
            self.since.set(None);
            return self.dismiss();
        }
        let Some(last) = last else { return self.dismiss() };
        let mine =
            self.play.mine.with_untracked(|mine| mine.as_ref().is_some_and(|mine| mine.step == last.step));
        match before {
            Some((_, seen)) if next > seen => {}
            None if (browser::now() as Time - last.at).abs() < FRESH_MS => {}
            Some((_, seen)) if next < seen => return self.dismiss(),
            _ => return,
        }
        if self.play.at.get_untracked().is_none() {
            self.since.set(Some(last.before));
            if mine {
                self.bring_into_view(&last);
            }
            self.show(&last);
        }
        let told = chain::told(&last);
        let said = if mine { told } else { words::others(&last.by, &told) };
        self.play.session.announcement.set(said);
    }

    /// The chain lights up link by link, or all at once for who wants no movement.
    pub fn show(self, trace: &Trace) {
        let chain = Chain::of(trace, |sticky| self.play.line(sticky));
        let all = chain.stops.len();
        self.chain.set(Some(chain));
        self.showing.update(|showing| *showing += 1);
        if all == 0 || is_still() {
            self.lighting.set_value(None);
            return self.lit.set(all);
        }
        self.lit.set(1);
        self.light_next(STOP_MS.min(CHAIN_MS / all as u32), all);
    }

    /// All of a chain can be seen while it lights up; what can be seen already stays where it is.
    fn bring_into_view(self, trace: &Trace) {
        let (session, play) = (self.play.session, self.play);
        let Some(view) = wall::viewport() else { return };
        let camera = session.camera.get_value();
        let lines: Vec<LineId> =
            trace.links.iter().take(chain::MOST).filter_map(|link| play.line(link.sticky?)).collect();
        let area = session.with_mirror(|mirror| {
            geometry::bounds(lines.iter().filter_map(|line| mirror.layout.frames.get(line)))
        });
        let Some(area) = area else { return };
        let (left, top) = camera.to_screen(area.at);
        let (right, bottom) = camera.to_screen(Point { x: area.right(), y: area.bottom() });
        let inside = left >= view.left
            && top >= view.top
            && right <= view.left + view.width
            && bottom <= view.top + view.height;
        if !inside {
            session.steered.set_value(true);
            let room = area.grown(ROOM);
            wall::show_area(
                session,
                Area { x: room.at.x, y: room.at.y, width: room.width, height: room.height },
            );
        }
    }

    fn light_next(self, after: u32, all: usize) {
        let next = Timeout::new(after, move || {
            let Some(lit) = self.lit.try_update(|lit| {
                *lit += 1;
                *lit
            }) else {
                return;
            };
            if lit < all {
                self.light_next(after, all);
            }
        });
        self.lighting.set_value(Some(next));
    }

    pub fn dismiss(self) {
        self.lighting.set_value(None);
        self.chain.set(None);
    }

    // ---- the moment

    /// What the slider stands on, and the chain around it as far as it had come.
    fn find_moment(self) {
        let at = self.play.at.get();
        self.play.moves.track();
        let run = self.play.run();
        let serial = self.next_question();
        browser::spawn(async move {
            let filter = Filter { until: at, ..Filter::default() };
            let page = self.play.ask(Ask::Log { run: run.clone(), filter, skip: 0, limit: 1 }).await;
            let entry = match page {
                Ok(Say::Page(page)) if at != Some(0) => page.entries.into_iter().next(),
                Ok(_) => None,
                Err(_) => return,
            };
            if self.asked.try_get_value() != Some(serial) {
                return;
            }
            let step = entry.as_ref().map(|entry| entry.step);
            self.moment.set(entry.map(|entry| Moment {
                position: entry.position,
                at: entry.at,
                label: entry.label,
            }));
            let Some(position) = at else { return };
            self.since.set(Some(position.saturating_sub(1)));
            let trace = match step {
                Some(step) => self.trace_of(run, step).await,
                None => None,
            };
            if self.asked.try_get_value() == Some(serial) {
                self.show_until(trace, position);
            }
        });
    }

    async fn trace_of(self, run: RunId, step: usize) -> Option<Trace> {
        let known =
            self.play.traces.try_with_untracked(|all| all.iter().find(|it| it.step == step).cloned())?;
        if known.is_some() {
            return known;
        }
        match self.play.ask(Ask::Traces { run, from: step, to: step + 1 }).await {
            Ok(Say::Traces(traces)) => traces.into_iter().next(),
            _ => None,
        }
    }

    fn show_until(self, trace: Option<Trace>, position: Position) {
        self.lighting.set_value(None);
        let chain = trace.as_ref().map(|trace| Chain::of(trace, |sticky| self.play.line(sticky)));
        let lit = chain.as_ref().map_or(0, |chain| chain.until(position));
        let same = |old: &Option<Chain>| old.as_ref().map(|it| it.step) == chain.as_ref().map(|it| it.step);
        if !self.chain.with_untracked(same) {
            self.showing.update(|showing| *showing += 1);
            self.chain.set(chain);
        }
        self.lit.set(lit);
        if self.following.get_value() {
            self.following.set_value(false);
            let event = self.chain.with_untracked(|chain| {
                let stops = chain.as_ref().map_or(&[][..], |chain| &chain.stops);
                let event = |stop: &&Stop| stop.look == Look::Event && stop.position == Some(position);
                stops.iter().find(event)?.line.clone()
            });
            if let Some(line) = event {
                wall::show(self.play.session, &line);
            }
        }
    }

    fn next_question(self) -> u64 {
        self.asked.update_value(|asked| *asked += 1);
        self.asked.get_value()
    }

    /// Looks at the moment after this event; after the last one it is now.
    pub fn go(self, position: Position) {
        let head = self.head();
        self.play.at.set((position < head).then_some(position));
        if position >= head {
            self.since.set(self.play.traces.with_untracked(|all| all.last().map(|trace| trace.before)));
        }
    }

    pub fn go_now(self) {
        self.pause();
        self.go(self.head());
    }

    pub fn head(self) -> Position {
        self.play.state.with_untracked(|state| state.head)
    }

    pub fn here(self) -> Position {
        self.play.at.get_untracked().unwrap_or_else(|| self.head())
    }

    pub fn step(self, by: i64) {
        self.pause();
        self.following.set_value(true);
        self.go(self.here().saturating_add_signed(by));
    }

    // ---- playing

    pub fn toggle(self) {
        if self.playing.get_untracked() {
            return self.pause();
        }
        if self.head() == 0 {
            return;
        }
        if self.here() >= self.head() {
            self.play.at.set(Some(0));
        }
        self.playing.set(true);
        self.tick();
    }

    pub fn pause(self) {
        self.ticking.set_value(None);
        if self.playing.get_untracked() {
            self.playing.set(false);
        }
    }

    fn tick(self) {
        let speed = self.speed.get_untracked().min(SPEEDS.len() - 1);
        let (after, parts) = SPEEDS[speed];
        let next = Timeout::new(after, move || {
            if self.playing.try_get_untracked() != Some(true) {
                return;
            }
            self.following.set_value(true);
            let far = self.head().checked_div(parts).unwrap_or(1).max(1);
            self.go(self.here().saturating_add(far));
            if self.here() < self.head() { self.tick() } else { self.pause() }
        });
        self.ticking.set_value(Some(next));
    }

    /// The last event up to a time, found by halving.
    pub fn jump(self, time: Time) {
        self.pause();
        let (run, head) = (untrack(|| self.play.run()), self.head());
        browser::spawn(async move {
            let (mut before, mut after) = (0, head + 1);
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                let filter = Filter { until: Some(middle), ..Filter::default() };
                let ask = Ask::Log { run: run.clone(), filter, skip: 0, limit: 1 };
                let Ok(Say::Page(page)) = self.play.ask(ask).await else { return };
                match page.entries.first() {
                    Some(entry) if entry.at > time => after = middle,
                    _ => before = middle,
                }
            }
            if self.moment.try_get_untracked().is_some() {
                self.go(before);
            }
        });
    }
}

/// Whether this person wants no movement.
pub fn is_still() -> bool {
    let query = browser::window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Fingers: a field that takes the focus would open the keyboard over the wall.
pub fn is_touch() -> bool {
    let query = browser::window().match_media("(pointer: coarse)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

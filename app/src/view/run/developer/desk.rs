//! Where somebody is in the developer view: a tab, and on top of it what they opened one after the other.

use crate::browser;
use crate::lasting::lasting;
use crate::messages::{developer as words, run as run_words};
use crate::run::{Play, Which};
use crate::view::overlay::focused;
use crate::view::wall;
use elements::remembered;
use leptos::prelude::*;
use protocol::step::Expected;
use protocol::{Position, Sticky};
use std::cell::OnceCell;
use web_sys::HtmlElement;

/// So many places are remembered to go back to.
const TRAIL: usize = 12;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tab {
    Log,
    Streams,
    Subscriptions,
    Send,
    WhatIf,
    Replay,
    Files,
    Crowd,
}

impl Tab {
    pub const ALL: [Tab; 8] = [
        Tab::Log,
        Tab::Streams,
        Tab::Subscriptions,
        Tab::Send,
        Tab::WhatIf,
        Tab::Replay,
        Tab::Files,
        Tab::Crowd,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Tab::Log => words::LOG,
            Tab::Streams => words::STREAMS,
            Tab::Subscriptions => words::SUBSCRIPTIONS,
            Tab::Send => words::SEND,
            Tab::WhatIf => words::WHAT_IF,
            Tab::Replay => words::REPLAY,
            Tab::Files => words::FILES,
            Tab::Crowd => words::CROWD,
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Tab::Log => "dev-tab-log",
            Tab::Streams => "dev-tab-streams",
            Tab::Subscriptions => "dev-tab-subscriptions",
            Tab::Send => "dev-tab-send",
            Tab::WhatIf => "dev-tab-what-if",
            Tab::Replay => "dev-tab-replay",
            Tab::Files => "dev-tab-files",
            Tab::Crowd => "dev-tab-crowd",
        }
    }

    /// The id of what the tab shows.
    pub fn panel(self) -> &'static str {
        match self {
            Tab::Log => "dev-log",
            Tab::Streams => "dev-streams",
            Tab::Subscriptions => "dev-subscriptions",
            Tab::Send => "dev-send",
            Tab::WhatIf => "dev-what-if",
            Tab::Replay => "dev-replay",
            Tab::Files => "dev-files",
            Tab::Crowd => "dev-crowd",
        }
    }
}

/// Something that is opened over a tab.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Place {
    Event(Position),
    Stream(String),
    /// A read model, by its name.
    Projection(String),
    /// The run that is looked at, beside another one.
    Compared(Other),
}

/// What a run is compared with.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Other {
    Run(Which),
    /// The same run, as it would be if this event were skipped.
    Without(Position),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Stop {
    pub serial: u64,
    pub place: Place,
}

/// Which part of the view this copy of the desk was given to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mine {
    Tab(Tab),
    Stop(u64),
}

#[derive(Clone, Copy)]
pub struct Desk {
    pub play: Play,
    pub tab: RwSignal<Tab>,
    pub trail: RwSignal<Vec<Stop>>,
    /// What the next command expects of its stream.
    pub expects: RwSignal<Expected>,
    visited: RwSignal<Vec<Tab>>,
    /// What had the focus when each stop was opened.
    left: StoredValue<Vec<(u64, HtmlElement)>, LocalStorage>,
    serial: StoredValue<u64>,
    mine: Mine,
}

thread_local! {
    /// This page's, with the owner of its signals: who looks at the play for a while comes back to where they were.
    static DESK: OnceCell<(Owner, Desk)> = const { OnceCell::new() };
}

impl Desk {
    pub fn of(play: Play) -> Desk {
        DESK.with(|kept| {
            let make = || {
                let owner = lasting();
                let desk = owner.with(|| Desk::new(play));
                (owner, desk)
            };
            kept.get_or_init(make).1
        })
    }

    fn new(play: Play) -> Desk {
        let desk = Desk {
            play,
            tab: RwSignal::new(Tab::Log),
            trail: RwSignal::new(Vec::new()),
            expects: RwSignal::new(Expected::Any),
            visited: RwSignal::new(vec![Tab::Log]),
            left: StoredValue::new_local(Vec::new()),
            serial: StoredValue::new(0),
            mine: Mine::Tab(Tab::Log),
        };
        // What was opened in one run is nothing in another.
        Effect::new(move |before: Option<Which>| {
            let now = play.which.get();
            if before.is_some_and(|before| before != now)
                && desk.trail.with_untracked(|trail| !trail.is_empty())
            {
                desk.leave_all();
            }
            now
        });
        desk
    }

    pub fn visited(self) -> Vec<Tab> {
        self.visited.get()
    }

    /// The desk as this tab has it.
    pub fn at(self, tab: Tab) -> Desk {
        Desk { mine: Mine::Tab(tab), ..self }
    }

    /// The desk as this stop has it.
    pub fn on(self, serial: u64) -> Desk {
        Desk { mine: Mine::Stop(serial), ..self }
    }

    /// Whether the part that this desk was given to is the one on screen: what is not asks for nothing.
    pub fn is_shown(self) -> Memo<bool> {
        remembered(move || {
            let top = self.trail.with(|trail| trail.last().map(|stop| stop.serial));
            match self.mine {
                Mine::Tab(tab) => top.is_none() && self.tab.get() == tab,
                Mine::Stop(serial) => top == Some(serial),
            }
        })
    }

    pub fn go(self, tab: Tab) {
        self.leave_all();
        if self.visited.with_untracked(|visited| !visited.contains(&tab)) {
            self.visited.update(|visited| visited.push(tab));
        }
        self.tab.set(tab);
    }

    fn leave_all(self) {
        self.left.set_value(Vec::new());
        self.trail.set(Vec::new());
    }

    pub fn open(self, place: Place) {
        if self.trail.with_untracked(|trail| trail.last().is_some_and(|top| top.place == place)) {
            return;
        }
        let serial = self.serial.get_value() + 1;
        self.serial.set_value(serial);
        if let Some(element) = focused() {
            self.left.update_value(|left| left.push((serial, element)));
        }
        self.trail.update(|trail| {
            if trail.len() == TRAIL {
                trail.remove(0);
            }
            trail.push(Stop { serial, place });
        });
    }

    /// Another event in the place of this one.
    pub fn turn_to(self, position: Position) {
        self.trail.update(|trail| {
            if let (Some(top), Some(serial)) = (trail.last_mut(), self.next_serial()) {
                *top = Stop { serial, place: Place::Event(position) };
            }
        });
    }

    pub fn back(self) {
        let Some(gone) = self.trail.try_update(Vec::pop).flatten() else { return };
        let element = self.left.try_update_value(|left| {
            let at = left.iter().position(|(serial, _)| *serial == gone.serial)?;
            left.drain(at..).next().map(|(_, element)| element)
        });
        // When what lies below is shown again.
        browser::next_frame(move || {
            if let Some(element) = element.flatten().filter(|element| element.is_connected()) {
                let _ = element.focus();
            }
        });
    }

    /// Selects the sticky on the wall and brings it into view.
    pub fn show(self, sticky: Option<Sticky>) {
        let session = self.play.session;
        match sticky.and_then(|sticky| self.play.line(sticky)) {
            Some(line) => {
                wall::select(session, vec![line.clone()]);
                wall::show(session, &line);
            }
            None => session.say(words::NO_STICKY),
        }
    }

    /// Whether steps may be taken here; says why not.
    pub fn may_act(self) -> bool {
        let may = self.play.can_act();
        if !may {
            self.play.session.say(words::VIEWER);
        }
        may
    }

    /// How many events there are to be seen: up to the slider, or all.
    pub fn head(self) -> Position {
        let head = self.play.state.with(|state| state.head);
        self.play.at.get().map_or(head, |at| at.min(head))
    }

    fn next_serial(self) -> Option<u64> {
        self.serial.try_update_value(|serial| {
            *serial += 1;
            *serial
        })
    }
}

/// The name that a run has among people.
pub fn run_name(play: Play, which: &Which) -> String {
    let named = play
        .runs
        .with(|runs| runs.iter().find(|known| known.which == *which).map(|known| known.name.clone()));
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| match which {
        Which::Shared(_) => run_words::EVERYBODY.to_owned(),
        Which::Alone(name) => name.clone(),
    })
}

//! What a step brought about, as the wall and the pane tell it: which stickies took part, in which order, and one
//! sentence for the ear. Pure; not here: when each is lit (`desk`), how it looks (`glow`, `told`).
//!
//! A trace numbers the stickies of the text that it was made under, and a chain outlives that text: it knows them by
//! their lines.

use crate::messages::run as words;
use board::LineId;
use protocol::trace::{Failure, Link, Trace, What};
use protocol::{Position, Sticky};

/// No wall shows more at once: what a storm does is told in numbers.
pub const MOST: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    Command,
    Event,
    Policy,
    /// A policy that waits for its turn or for an answer.
    Waits,
    Readmodel,
    Refused,
    Loop,
    Note,
    Trouble,
}

impl Look {
    /// The stable name in attributes and styles.
    pub const fn slug(self) -> &'static str {
        match self {
            Look::Command => "command",
            Look::Event => "event",
            Look::Policy => "policy",
            Look::Waits => "waits",
            Look::Readmodel => "readmodel",
            Look::Refused => "refused",
            Look::Loop => "loop",
            Look::Note => "note",
            Look::Trouble => "trouble",
        }
    }
}

/// One sticky that takes part.
#[derive(Clone, PartialEq, Debug)]
pub struct Stop {
    pub look: Look,
    pub line: Option<LineId>,
    pub name: String,
    /// What there is to say beside the name.
    pub words: String,
    /// The stop that brought it about.
    pub cause: Option<usize>,
    pub position: Option<Position>,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Chain {
    pub step: usize,
    pub stops: Vec<Stop>,
    /// Links that are not among the stops, because there are too many.
    pub more: usize,
}

impl Chain {
    pub fn of(trace: &Trace, line: impl Fn(Sticky) -> Option<LineId>) -> Chain {
        let stop = |link: &Link| stop(link, link.sticky.and_then(&line));
        let stops: Vec<Stop> = trace.links.iter().take(MOST).map(stop).collect();
        Chain { step: trace.step, more: trace.links.len() - stops.len(), stops }
    }

    /// How many of the stops had taken part when the event at this position was written.
    pub fn until(&self, position: Position) -> usize {
        let later = |stop: &Stop| stop.position.is_some_and(|at| at > position);
        self.stops.iter().position(later).unwrap_or(self.stops.len())
    }
}

fn stop(link: &Link, line: Option<LineId>) -> Stop {
    let (look, words) = match &link.what {
        What::Command => (Look::Command, String::new()),
        What::Event => (Look::Event, String::new()),
        What::Readmodel { .. } => (Look::Readmodel, String::new()),
        What::Rejected { failures } => (Look::Refused, reasons(failures)),
        What::Conflict { .. } => (Look::Refused, words::CONFLICT.to_owned()),
        What::Policy { waits: None, .. } => (Look::Policy, String::new()),
        What::Policy { asks, .. } => {
            (Look::Waits, asks.as_deref().map_or(words::WAITS_TURN.to_owned(), words::asks))
        }
        What::Loop { names } => (Look::Loop, words::loops(names)),
        What::Note { words, problem } => (if *problem { Look::Trouble } else { Look::Note }, words.clone()),
    };
    Stop { look, line, name: link.name.clone(), words, cause: link.cause, position: link.position }
}

fn reasons(failures: &[Failure]) -> String {
    let plain = failures.iter().map(|failure| {
        if failure.plain.is_empty() { failure.message.as_str() } else { failure.plain.as_str() }
    });
    plain.collect::<Vec<_>>().join(" ")
}

/// Why the command that a person sent was refused; `None` if it was not. What policies sent is not theirs to mend.
pub fn failures(trace: &Trace) -> Option<Vec<Failure>> {
    let theirs = |link: &&Link| link.cause.is_none_or(|cause| cause == 0);
    trace.links.iter().filter(theirs).find_map(|link| match &link.what {
        What::Rejected { failures } => Some(failures.clone()),
        What::Conflict { .. } => {
            Some(vec![Failure { plain: words::CONFLICT.to_owned(), ..Failure::default() }])
        }
        _ => None,
    })
}

/// One or two sentences that say what came of it.
pub fn told(trace: &Trace) -> String {
    let chain = Chain::of(trace, |_| None);
    let named = |look: Look| {
        let mut names: Vec<&str> = Vec::new();
        for stop in chain.stops.iter().filter(|stop| stop.look == look) {
            if !names.contains(&stop.name.as_str()) {
                names.push(&stop.name);
            }
        }
        names
    };
    let refused = chain.stops.iter().filter(|stop| stop.look == Look::Refused);
    let mut said: Vec<String> = refused.map(|stop| words::refused(&stop.name, &stop.words)).collect();
    let events = named(Look::Event);
    if !events.is_empty() {
        said.push(words::events_happened(&events));
    }
    let waiting = named(Look::Waits);
    said.extend([words::changed(&named(Look::Readmodel)), words::waits(&waiting)]);
    let plainly = |stop: &&Stop| matches!(stop.look, Look::Loop | Look::Note | Look::Trouble);
    said.extend(chain.stops.iter().filter(plainly).map(|stop| stop.words.clone()));
    said.retain(|sentence| !sentence.is_empty());
    if said.is_empty() { words::NOTHING_HAPPENED.to_owned() } else { said.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(what: What, name: &str, cause: Option<usize>, position: Option<Position>) -> Link {
        Link { what, sticky: None, name: name.to_owned(), cause, position }
    }

    fn ordered() -> Trace {
        let read = || What::Readmodel { key: "1".to_owned() };
        let links = vec![
            link(What::Command, "Pay Order", None, None),
            link(What::Event, "Order Paid", Some(0), Some(4)),
            link(read(), "Orders", Some(1), None),
            link(What::Policy { waits: None, asks: None }, "Whenever Order Paid, Queue Brew", Some(1), None),
            link(What::Command, "Queue Brew", Some(3), None),
            link(What::Event, "Brew Queued", Some(4), Some(5)),
            link(read(), "Brew List", Some(5), None),
        ];
        Trace { links, before: 3, after: 5, ..Trace::default() }
    }

    #[test]
    fn at_a_moment_the_chain_reaches_as_far_as_the_next_event() {
        let chain = Chain::of(&ordered(), |_| None);
        assert_eq!(chain.until(3), 1, "the command was sent, nothing was written");
        assert_eq!(chain.until(4), 5);
        assert_eq!(chain.until(5), 7);
    }

    #[test]
    fn a_chain_stays_with_its_lines_when_the_stickies_are_numbered_anew() {
        let lines = ["a", "b"].map(|line| LineId(line.into()));
        let mut trace = ordered();
        trace.links.truncate(3);
        for (link, sticky) in trace.links.iter_mut().zip([Some(1), Some(0), None]) {
            link.sticky = sticky;
        }
        let chain = Chain::of(&trace, |sticky| lines.get(sticky).cloned());
        let of: Vec<Option<&str>> =
            chain.stops.iter().map(|stop| stop.line.as_ref().map(|it| &*it.0)).collect();
        assert_eq!(of, [Some("b"), Some("a"), None]);
    }

    #[test]
    fn what_came_of_it_is_said_in_sentences() {
        let said = told(&ordered());
        assert_eq!(said, "Order Paid and Brew Queued happened. Orders and Brew List changed.");
    }

    #[test]
    fn a_refusal_says_why_and_belongs_to_who_sent_the_command() {
        let failure = |plain: &str| Failure { plain: plain.to_owned(), ..Failure::default() };
        let what = What::Rejected { failures: vec![failure("Please fill in the amount.")] };
        let mine = Trace {
            links: vec![
                link(What::Command, "Pay Order", None, None),
                link(what.clone(), "Pay Order", Some(0), None),
            ],
            ..Trace::default()
        };
        assert_eq!(told(&mine), "Pay Order was refused. Please fill in the amount.");
        assert_eq!(failures(&mine).map(|all| all.len()), Some(1));
        let mut policy = ordered();
        policy.links.push(link(what, "Queue Brew", Some(4), None));
        assert_eq!(failures(&policy), None, "a policy's command was refused, not the person's");
    }
}

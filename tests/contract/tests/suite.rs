//! The suite asks itself: the simulator is a subject like any service.

use codegen::Source;
use contract::boards::{samples, told};
use contract::client::{Simulated, Subject};
use contract::session::Session;
use contract::{scenarios, stories, storms};
use sim::http::{Gateway, Request, Response};
use sim::model::Model;
use std::sync::Arc;

fn simulated(model: &Arc<Model>) -> Simulated {
    Simulated { gateway: Gateway::new(model.clone(), 99), seed: 1_000_000, at: 1_800_000_000_000 }
}

#[test]
fn requests_are_answered_as_the_stories_say() {
    let boards = told().expect("boards");
    assert!(boards.len() >= 4);
    for board in boards {
        let model = Arc::new(Model::of_text(&board.text));
        let told = stories::read(board.stories.as_deref().expect("stories")).expect("stories");
        assert!(!told.is_empty(), "{}", board.name);
        for story in told {
            let found = story.tell(&mut simulated(&model)).expect("answers");
            assert!(found.is_empty(), "{}: {}", board.name, found.join("\n"));
        }
    }
}

#[test]
fn two_simulators_with_ids_and_clocks_of_their_own_answer_the_same() {
    let mut ready = 0;
    for board in samples().expect("boards") {
        // One of LES's samples has errors: nothing is generated from it.
        let Ok(source) = Source::of_text(&board.text) else { continue };
        ready += 1;
        let model = Arc::new(source.model);
        let mut session = Session::new(model.clone(), simulated(&model));
        scenarios::play(&mut session, &source.solution).expect("answers");
        for seed in 1..=3 {
            storms::storm(&mut session, seed, 150).expect("answers");
        }
        session.all_events().expect("events");
        let tally = &session.tally;
        assert!(tally.differences.is_empty(), "{}: {}", board.name, tally.differences.join("\n"));
        assert!(
            tally.accepted >= 50 && tally.refused >= 10 && tally.events >= 50,
            "{} {tally:?}",
            board.name
        );
        assert_eq!(tally.skipped, 0, "{}: scenarios skipped", board.name);
    }
    assert!(ready >= 10, "{ready} boards");
}

/// A system that forgets every tenth command.
struct Forgetful {
    inner: Simulated,
    asked: usize,
}

impl Subject for Forgetful {
    fn ask(&mut self, request: &Request) -> anyhow::Result<Response> {
        self.asked += usize::from(request.method == "POST");
        match request.method == "POST" && self.asked.is_multiple_of(10) {
            true => simulated(self.inner.gateway.system().model()).ask(request),
            false => self.inner.ask(request),
        }
    }
}

#[test]
fn what_a_system_forgets_is_found() {
    let board =
        samples().expect("boards").into_iter().find(|board| board.name == "todolist").expect("todolist");
    let model = Arc::new(Model::of_text(&board.text));
    let subject = Forgetful { inner: simulated(&model), asked: 0 };
    let mut session = Session::new(model, subject);
    storms::storm(&mut session, 1, 100).expect("answers");
    assert!(!session.tally.differences.is_empty());
}

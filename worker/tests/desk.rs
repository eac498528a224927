//! What a page hears when it says something to the worker: the dispatch, natively.

use protocol::request::{Ask, Failed, Format, Message, Model, Reply, Say, State};
use protocol::step::{Act, Command, Expected, Step};
use protocol::storm::Storm;
use protocol::table::Query;
use worker::Desk;

const SHOP: &str = "\
# Shop
Register User -> // name
User Registered // userId, name
Users* // userId, name
";

/// A desk with the shop on it.
struct Page {
    desk: Desk,
    ids: u32,
    print: String,
}

impl Page {
    fn open() -> Page {
        let mut page = Page { desk: Desk::default(), ids: 0, print: String::new() };
        page.print = page.look_at(SHOP).fingerprint;
        page
    }

    fn look_at(&mut self, text: &str) -> Model {
        match self.ask(Ask::Model { text: text.into() }) {
            Say::Model(model) => model,
            other => panic!("{other:?}"),
        }
    }

    fn send(&mut self, ask: Ask) -> u32 {
        self.ids += 1;
        let message = Message { id: self.ids, ask };
        self.desk.hear(&serde_json::to_string(&message).unwrap());
        self.ids
    }

    fn said(&mut self) -> Vec<Reply> {
        self.desk.said().iter().map(|reply| serde_json::from_str(reply).unwrap()).collect()
    }

    /// Everything that is said until nothing is left to do, with a turn for every look at the clock.
    fn finish(&mut self) -> Vec<Reply> {
        while self.desk.work(&mut || false) {}
        self.said()
    }

    fn ask(&mut self, ask: Ask) -> Say {
        let id = self.send(ask);
        let said = self.finish();
        said.into_iter().rfind(|reply| reply.id == id).expect("every message is answered").say
    }

    fn steps(&mut self, keep: usize, steps: Vec<Step>) -> Say {
        self.ask(self.all(keep, steps))
    }

    fn all(&self, keep: usize, steps: Vec<Step>) -> Ask {
        Ask::Steps {
            run: "main".into(),
            seed: 1,
            keep,
            steps,
            models: vec![(self.print.clone(), SHOP.into())],
        }
    }

    /// A run in which one user is registered.
    fn begin(&mut self) -> State {
        state(self.steps(0, vec![self.model(), register(1, "Ann")]))
    }

    fn model(&self) -> Step {
        step(0, Act::Model { fingerprint: self.print.clone() })
    }

    /// What the table says beside their ids.
    fn users(&mut self) -> Vec<Vec<String>> {
        let query = Query { readmodel: "Users".into(), limit: 10, ..Query::default() };
        match self.ask(Ask::Table { run: "main".into(), query }) {
            Say::Table(table) => {
                let cells = |row: protocol::table::Row| {
                    row.cells.into_iter().skip(1).map(|cell| cell.value).collect()
                };
                table.rows.into_iter().map(cells).collect()
            }
            other => panic!("{other:?}"),
        }
    }
}

fn step(seed: u64, act: Act) -> Step {
    Step { at: 1_000, by: "Ann".into(), seed, act }
}

/// The number is where the id of the user comes from.
fn register(user: u64, name: &str) -> Step {
    let values = vec![("name".into(), name.into())];
    step(user, Act::Send(Command { name: "RegisterUser".into(), values, expected: Expected::Any }))
}

fn storm(commands: u32) -> Step {
    step(0, Act::Storm(Storm { seed: 3, people: 5, commands, speed: 10.0, mix: Vec::new(), mistakes: 10 }))
}

fn state(say: Say) -> State {
    match say {
        Say::State(state) => state,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_answered_with_what_can_be_done() {
    let model = Page::open().look_at(SHOP);
    let labels: Vec<_> = model.commands.iter().map(|command| command.label.as_str()).collect();
    assert_eq!(labels, ["Register User"]);
}

#[test]
fn steps_make_a_run_and_its_tables_are_asked_for() {
    let mut page = Page::open();
    let state = page.begin();
    assert_eq!((state.steps, state.head, state.fingerprint), (2, 1, page.print.clone()));
    assert_eq!(page.users(), [["Ann"]]);
}

#[test]
fn steps_from_an_index_on_take_the_place_of_those_that_were_there() {
    let mut page = Page::open();
    page.begin();
    state(page.steps(1, vec![register(2, "Bob"), register(3, "Cid")]));
    assert_eq!(page.users(), [["Bob"], ["Cid"]]);
}

#[test]
fn a_broken_message_is_answered_and_nothing_is_lost() {
    let mut page = Page::open();
    page.begin();
    for (broken, id) in [("rubbish", 0), ("{\"id\":9,\"ask\":\"tea\"}", 9), ("{\"id\":-1}", 0), ("", 0)] {
        page.desk.hear(broken);
        let said = page.finish();
        let [Reply { id: said, say: Say::Failed(Failed::Unreadable(_)) }] = &said[..] else {
            panic!("{said:?}")
        };
        assert_eq!(*said, id);
    }
    assert_eq!(page.users(), [["Ann"]]);
}

#[test]
fn what_is_not_there_is_said() {
    let mut page = Page::open();
    assert_eq!(page.ask(Ask::State { run: "other".into() }), Say::Failed(Failed::NoSuchRun));
    assert_eq!(page.steps(3, vec![register(1, "Ann")]), Say::Failed(Failed::NoSuchRun));
    page.begin();
    assert_eq!(page.steps(3, vec![register(1, "Ann")]), Say::Failed(Failed::NoSuchThing));
    let form = Ask::Form { run: "main".into(), command: "Fly".into(), seed: 0 };
    assert_eq!(page.ask(form), Say::Failed(Failed::NoSuchThing));
}

#[test]
fn a_form_and_a_table_are_there_before_the_first_step() {
    let mut page = Page::open();
    page.steps(0, Vec::new());
    let form = Ask::Form { run: "main".into(), command: "RegisterUser".into(), seed: 0 };
    assert!(matches!(page.ask(form), Say::Form(form) if form.label == "Register User"));
    assert!(page.users().is_empty());
}

#[test]
fn after_an_edit_the_log_is_shown_as_the_new_text_reads_it_and_the_run_stays_under_the_old_one() {
    let mut page = Page::open();
    page.begin();
    let edited = "# Shop\nRegister User -> // name, age\nUser Registered // userId, name, age\nUsers* // userId, name, age\n";
    let model = page.look_at(edited);
    assert_eq!(page.users(), [["Ann", ""]]);
    let run = state(page.ask(Ask::State { run: "main".into() }));
    assert_ne!(run.fingerprint, model.fingerprint);
    page.look_at(SHOP);
    assert_eq!(page.users(), [["Ann"]]);
}

#[test]
fn a_branch_goes_its_own_way() {
    let mut page = Page::open();
    page.begin();
    let branch = Ask::Branch { run: "main".into(), into: "what if".into(), steps: 1 };
    assert_eq!(state(page.ask(branch)).head, 0);
    assert_eq!(page.users(), [["Ann"]]);
    assert_eq!(page.ask(Ask::Close { run: "what if".into() }), Say::Done);
    assert_eq!(page.ask(Ask::State { run: "what if".into() }), Say::Failed(Failed::NoSuchRun));
}

#[test]
fn long_work_tells_how_far_it_is_and_others_are_answered_meanwhile() {
    let mut page = Page::open();
    page.begin();
    let many = (0..200).map(|id| register(id, "Ann")).collect();
    let long = page.send(page.all(2, many));
    page.desk.work(&mut || false);
    let short = page.send(Ask::Traces { run: "other".into(), from: 0, to: 1 });
    let said = page.finish();
    let end = |id| said.iter().position(|reply| reply.id == id && !matches!(reply.say, Say::Progress { .. }));
    assert!(end(short) < end(long));
    let progress = said.iter().filter_map(|reply| match reply.say {
        Say::Progress { done, of } if reply.id == long => Some((done, of)),
        _ => None,
    });
    let progress: Vec<_> = progress.collect();
    assert!(progress.len() > 100 && progress.is_sorted() && progress.iter().all(|(done, of)| done <= of));
}

#[test]
fn what_is_asked_about_a_run_waits_until_its_steps_are_taken() {
    let mut page = Page::open();
    page.begin();
    page.send(page.all(2, (0..50).map(|id| register(id, "Ann")).collect()));
    assert_eq!(page.users().len(), 10);
    assert_eq!(state(page.ask(Ask::State { run: "main".into() })).steps, 52);
}

#[test]
fn cancelled_steps_leave_those_that_were_taken_whole() {
    let mut page = Page::open();
    page.begin();
    let long = page.send(page.all(2, vec![register(2, "Bob"), storm(50_000), register(3, "Cid")]));
    for _ in 0..10 {
        page.desk.work(&mut || false);
    }
    page.said();
    let cancel = page.send(Ask::Cancel { message: long });
    let said = page.finish();
    assert_eq!(said[0], Reply { id: long, say: Say::Failed(Failed::Cancelled) });
    assert_eq!(said[1], Reply { id: cancel, say: Say::Done });
    assert_eq!(state(page.ask(Ask::State { run: "main".into() })).steps, 3);
    assert_eq!(page.users(), [["Ann"], ["Bob"]]);
}

#[test]
fn what_is_over_or_unknown_can_be_cancelled_too() {
    let mut page = Page::open();
    assert_eq!(page.ask(Ask::Cancel { message: 1 }), Say::Done);
    assert_eq!(page.ask(Ask::Cancel { message: 4_000_000_000 }), Say::Done);
}

type IsRight = fn(&Say) -> bool;

#[test]
fn every_question_of_the_protocol_has_an_answer() {
    let mut page = Page::open();
    page.begin();
    let run = || "main".to_string();
    page.ask(Ask::Branch { run: run(), into: "other".into(), steps: 1 });
    let rehearsal =
        Ask::Steps { run: "other".into(), seed: 0, keep: 1, steps: vec![storm(50)], models: Vec::new() };
    state(page.ask(rehearsal));
    let expected: [(Ask, IsRight); 11] = [
        (
            Ask::Log { run: run(), filter: Default::default(), skip: 0, limit: 9 },
            |say| matches!(say, Say::Page(page) if page.total == 1),
        ),
        (Ask::Event { run: run(), position: 1 }, |say| matches!(say, Say::Event(Some(_)))),
        (Ask::Event { run: run(), position: 2 }, |say| matches!(say, Say::Event(None))),
        (Ask::Streams { run: run(), search: String::new(), until: None, skip: 0, limit: 9 }, |say| {
            matches!(say, Say::Streams { total: 1, .. })
        }),
        (Ask::Misfits { run: run() }, |say| matches!(say, Say::Misfits(all) if all.is_empty())),
        (Ask::Scenarios, |say| matches!(say, Say::Scenarios(all) if all.is_empty())),
        (
            Ask::Record { run: run(), from: 0, to: 2, name: "First".into() },
            |say| matches!(say, Say::Text(text) if text.starts_with("// @scenario First")),
        ),
        (
            Ask::Report { run: "other".into(), step: 1 },
            |say| matches!(say, Say::Storm(report) if report.commands == 50),
        ),
        (Ask::Search { bound: 1_000 }, |say| matches!(say, Say::Searched(_))),
        (
            Ask::Compare { left: run(), right: "other".into() },
            |say| matches!(say, Say::Comparison(all) if all.only_left.len() == 1),
        ),
        (
            Ask::Export { run: run(), format: Format::JsonLines },
            |say| matches!(say, Say::Text(lines) if lines.lines().count() == 1),
        ),
    ];
    for (ask, is_right) in expected {
        let say = page.ask(ask.clone());
        assert!(is_right(&say), "{ask:?}: {say:?}");
    }
}

//! Yesterday's log under today's board, and two runs side by side.

mod common;
use common::*;
use protocol::insight::Misfit;
use protocol::request::Format;
use protocol::step::{Act, Upcast};
use protocol::storm::Storm;
use sim::compare::compare;
use sim::model::Model;
use sim::run::Run;
use std::sync::Arc;

/// A shop with one customer and two orders.
fn yesterday() -> Run {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "7.5")]);
    send(&mut run, "CancelOrder", &[("orderId", "2")]);
    run
}

/// The same run under an edited board.
fn today(mut run: Run, text: &str) -> Run {
    let fingerprint = "today".to_string();
    let model = Arc::new(Model::of_text(text));
    run.models_mut().insert(fingerprint.clone(), model.clone());
    run.look_at(model);
    run.take(step(Act::Model { fingerprint }));
    run
}

fn edited(edits: &[(&str, &str)]) -> Run {
    today(yesterday(), &edits.iter().fold(BEFORE.to_string(), |text, (old, new)| text.replace(old, new)))
}

fn words(misfits: &[Misfit]) -> Vec<&str> {
    misfits.iter().map(|misfit| misfit.words.as_str()).collect()
}

/// Each remedy of the only kind of misfit that is left, taken by itself, ends it.
fn every_remedy_helps(run: &Run) {
    for (at, misfit) in run.misfits().iter().enumerate() {
        assert!(!misfit.remedies.is_empty(), "{}", misfit.words);
        for (label, upcast) in &misfit.remedies {
            let mut tried = run.branch(run.steps().len());
            tried.take(step(Act::Upcast(upcast.clone())));
            let left = tried.misfits();
            assert!(
                !words(&left).contains(&misfit.words.as_str()),
                "{at}: {label} leaves {:?}",
                words(&left)
            );
        }
    }
}

#[test]
fn a_log_suits_the_model_that_it_was_written_under() {
    let run = yesterday();
    assert_eq!(words(&run.misfits()), Vec::<&str>::new());
    let same = today(yesterday(), &BEFORE.replace("# Shop", "# Store"));
    assert_eq!(words(&same.misfits()), Vec::<&str>::new());
}

/// A crowd does what the model allows and tries what it does not; whatever came of it suits the model.
#[test]
fn what_a_storm_leaves_behind_suits_the_model_too() {
    let boards = [
        BEFORE,
        TODOS,
        include_str!("../../../app/assets/coffee-shop.emd"),
        include_str!("../../../app/assets/web-shop.emd"),
    ];
    for (text, seed) in boards.into_iter().zip(1..) {
        let mut run = run(text);
        let storm = Storm { seed, people: 5, commands: 2_000, speed: 10.0, mix: Vec::new(), mistakes: 30 };
        run.take(step(Act::Storm(storm)));
        assert!(run.system().log().head() > 500, "{}", text.lines().next().unwrap_or_default());
        assert_eq!(words(&run.misfits()), Vec::<&str>::new());
    }
}

#[test]
fn an_event_that_was_renamed_is_found_on_its_new_sticky_and_read_as_it() {
    let text = BEFORE.replace("Order Placed", "Order Received");
    let run = today(yesterday(), &text);
    let misfits = run.misfits();
    assert_eq!(misfits[0].words, "“Order Placed” happened twice and is not on the wall any more.");
    let line = text.lines().position(|line| line.starts_with("Order Received"));
    assert_eq!((misfits[0].sticky, misfits[0].events, misfits[0].first), (line, 2, 2));
    let (label, upcast) = &misfits[0].remedies[0];
    assert_eq!(label, "Read them as “Order Received”");
    assert_eq!(*upcast, Upcast::RenameEvent { from: "OrderPlaced".into(), to: "OrderReceived".into() });
    every_remedy_helps(&run);
    let mut healed = run.branch(run.steps().len());
    healed.take(step(Act::Upcast(upcast.clone())));
    assert_eq!(words(&healed.misfits()), Vec::<&str>::new());
    assert_eq!(rows(&all(&healed, "Orders")).len(), 2);
}

#[test]
fn a_property_that_was_renamed_is_found_on_the_event_and_on_the_column() {
    let run = edited(&[("total", "amount")]);
    let misfits = run.misfits();
    assert_eq!(
        words(&misfits),
        [
            "“Order Placed” happened twice without “Amount”.",
            "“Orders” gets no “Amount” from “Order Placed”, which happened twice without it."
        ]
    );
    let rename =
        Upcast::RenameProperty { event: "OrderPlaced".into(), from: "total".into(), to: "amount".into() };
    assert_eq!(misfits[0].remedies[0], ("Take it from “Total”".into(), rename));
    every_remedy_helps(&run);
}

#[test]
fn a_property_that_is_new_gets_a_value_or_its_events_are_left_out() {
    let run = edited(&[("orderId, customerId, total", "orderId, customerId, total, currency")]);
    let misfits = run.misfits();
    assert_eq!(misfits[0].words, "“Order Placed” happened twice without “Currency”.");
    assert!(misfits[0].remedies.iter().any(|(_, upcast)| matches!(upcast, Upcast::Default { .. })));
    every_remedy_helps(&run);
}

#[test]
fn values_of_another_type_are_found_one_by_one() {
    let run = edited(&[("total: decimal", "total: integer")]);
    let misfits = run.misfits();
    assert_eq!(words(&misfits), ["“Total” of “Order Placed” is not a whole number, once."]);
    assert_eq!(misfits[0].first, 4, "5 is a whole number, 7.5 is none");
    every_remedy_helps(&run);
}

#[test]
fn a_rule_that_is_new_finds_the_events_that_it_would_have_stopped() {
    let run = edited(&[(
        "Cancel Order -> // orderId\n// @requires Order Placed",
        "Cancel Order -> // orderId\n// @forbids Order Placed",
    )]);
    let misfits = run.misfits();
    assert_eq!(
        words(&misfits),
        ["“Order Cancelled” happened once after “Order Placed”, which “Cancel Order” forbids now."]
    );
    every_remedy_helps(&run);
}

#[test]
fn a_parameter_that_is_required_now_finds_the_events_without_it() {
    let mut run = yesterday();
    send(&mut run, "SignUp", &[("email", "")]);
    let text = BEFORE.replace("Sign Up -> // email", "Sign Up -> // email\n// @required email");
    let run = today(run, &text);
    assert_eq!(
        words(&run.misfits()),
        ["“Sign Up” must say “Email” now; “Customer Joined” happened once without it."]
    );
    every_remedy_helps(&run);
}

#[test]
fn an_id_that_must_exist_now_finds_the_strangers() {
    let free = BEFORE.replace(
        "Place Order -> // customerId, total",
        "Place Order -> // customerId, total\n// @free customerId",
    );
    let mut run = today(fold(&[]), &free);
    send(&mut run, "PlaceOrder", &[("customerId", "nobody"), ("total", "5")]);
    assert_eq!(words(&run.misfits()), Vec::<&str>::new());
    run.look_at(Arc::new(Model::of_text(BEFORE)));
    assert_eq!(run.state(0).misfits, 1, "known before anybody plays the edited board");
    named(run.models_mut(), "strict", BEFORE);
    run.take(step(Act::Model { fingerprint: "strict".into() }));
    assert_eq!(
        words(&run.misfits()),
        ["“Order Placed” happened once with a “Customer” that “Customer Lookup” did not have."]
    );
    every_remedy_helps(&run);
}

#[test]
fn events_from_elsewhere_that_the_board_has_no_sticky_for_are_misfits_too() {
    let mut run = yesterday();
    let lines = r#"{"type":"TruckLeft","stream":"Truck-1"}"#.to_string();
    run.take(step(Act::Import { lines }));
    assert_eq!(words(&run.misfits()), ["“Truck Left” happened once and is not on the wall any more."]);
    assert_eq!(run.state(0).misfits, 1);
    every_remedy_helps(&run);
}

#[test]
fn more_misfits_than_anybody_mends_are_not_counted() {
    let mut run = yesterday();
    let line = |at: usize| format!("{{\"type\":\"Noise{at}\",\"stream\":\"Noise-1\"}}\n");
    run.take(step(Act::Import { lines: (0..1_000).map(line).collect() }));
    assert_eq!((run.system().log().head(), run.misfits().len()), (1_006, 200));
}

/// The things go on under their new name, in the streams they have.
#[test]
fn an_aggregate_that_was_renamed_goes_on_where_its_streams_are() {
    let mut run = fold(&[]);
    named(run.models_mut(), "todo", TODOS);
    run.take(step(Act::Model { fingerprint: "todo".into() }));
    send(&mut run, "Register", &[("userId", "7"), ("email", "ann@x.org")]);
    send(&mut run, "AddItem", &[("todoId", "1"), ("userId", "7"), ("description", "Milk")]);
    let mut run = today(run, &TODOS.replace("Todo", "Task").replace("todoId", "taskId"));
    assert_eq!(run.misfits()[0].words, "“Todo Added” happened once and is not on the wall any more.");
    assert!(!accepted(&send(&mut run, "MarkComplete", &[("taskId", "1")])), "there is no task yet");
    while let Some(misfit) = run.misfits().first() {
        run.take(step(Act::Upcast(misfit.remedies[0].1.clone())));
    }
    let steps = run.steps().len();
    let before = portrait(&run);
    assert!(accepted(&send(&mut run, "MarkComplete", &[("taskId", "1")])));
    assert_eq!(rows(&all(&run, "TODO List")), ["taskId=1 description=Milk isComplete=true userId=7"]);
    let log = run.system().log();
    let last = log.get(log.head()).unwrap();
    assert_eq!((log.stream_name(last.stream()).as_str(), last.version()), ("Todo-1", 2));

    let export = |run: &Run| sim::transfer::export(run.system().log(), Format::JsonLines);
    let mut again = fold(&[]);
    again.take(step(Act::Import { lines: export(&run) }));
    assert_eq!(export(&again), export(&run));
    run.truncate(steps);
    assert_eq!(portrait(&run), before);
}

#[test]
fn remedies_are_steps_that_can_be_taken_back() {
    let run = edited(&[("total", "amount")]);
    for (_, upcast) in &run.misfits()[0].remedies {
        let mut tried = run.branch(run.steps().len());
        let before = portrait(&tried);
        tried.take(step(Act::Upcast(upcast.clone())));
        tried.truncate(run.steps().len());
        assert_eq!(portrait(&tried), before);
    }
}

#[test]
fn a_run_and_its_copy_are_the_same() {
    let run = yesterday();
    let same = compare(&run, &run.branch(run.steps().len()));
    assert_eq!((same.common, same.only_left.len(), same.only_right.len(), same.cells.len()), (6, 0, 0, 0));
}

#[test]
fn a_what_if_run_differs_by_what_happened_in_only_one_of_them() {
    let run = yesterday();
    let mut other = run.branch(4);
    send(&mut other, "PlaceOrder", &[("customerId", "1"), ("total", "9")]);
    let seen = compare(&run, &other);
    assert_eq!(seen.common, 5);
    assert_eq!(
        seen.only_left.iter().map(|entry| entry.label.as_str()).collect::<Vec<_>>(),
        ["Order Cancelled"]
    );
    let right: Vec<&str> = seen.only_right.iter().map(|entry| entry.label.as_str()).collect();
    assert_eq!(right, ["Order Placed", "Parcel Packed"]);
    let orders: Vec<(&str, &str, &str, &str)> = seen
        .cells
        .iter()
        .filter(|(readmodel, ..)| readmodel == "Orders")
        .map(|(_, key, column, left, right)| (key.as_str(), column.as_str(), left.as_str(), right.as_str()))
        .collect();
    assert!(orders.contains(&("2", "Is cancelled", "true", "")), "{orders:?}");
    assert!(orders.contains(&("3", "Total", "", "9")), "{orders:?}");
    let back = compare(&other, &run);
    assert_eq!((back.only_left, back.only_right), (seen.only_right, seen.only_left));
}

#[test]
fn an_event_that_is_left_out_in_one_run_is_only_in_the_other() {
    let run = yesterday();
    let mut other = run.branch(run.steps().len());
    other.take(step(Act::Skip { position: 6, skip: true }));
    let seen = compare(&run, &other);
    assert_eq!((seen.common, seen.only_left.len(), seen.only_right.len()), (5, 1, 0));
}

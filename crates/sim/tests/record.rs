//! What was done becomes a scenario that holds.

use proptest::prelude::*;
use protocol::step::{Act, Command, Pace, Step};
use sim::model::Model;
use sim::record::record;
use sim::run::Run;
use sim::scenario::Scenarios;
use std::sync::Arc;

const COFFEE_SHOP: &str = include_str!("../../../app/assets/coffee-shop.emd");
const WEB_SHOP: &str = include_str!("../../../app/assets/web-shop.emd");
const LIST: &str = "\
# TODO List
Add Todo -> // description
// @required description
Todo Added // todoId, description
Mark Complete -> // todoId
// @requires Todo Added
// @forbids Todo Completed
Todo Completed // todoId, isComplete
// @type isComplete: boolean
TODO List* // todoId, description, isComplete
";

fn step(act: Act) -> Step {
    Step { at: 1_800_000_000_000, by: "Ann".into(), seed: 1, act }
}

fn send(name: &str, values: &[(&str, &str)]) -> Step {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    step(Act::Send(Command { name: name.into(), values, ..Command::default() }))
}

fn run(text: &str, steps: &[Step]) -> Run {
    let mut run = Run::under(Arc::new(Model::of_text(text)), 5);
    for step in steps {
        run.take(step.clone());
    }
    run
}

/// What the checker says of the lines at the end of the board.
fn findings(text: &str, lines: &str) -> Vec<String> {
    let board = format!("{text}\n{lines}");
    let all: Vec<&str> = board.lines().collect();
    let report = lint::inspect(&all, &lint::Options::default());
    report
        .diagnostics
        .into_iter()
        .filter(|one| one.line > Some(text.lines().count()))
        .map(|one| one.message)
        .collect()
}

/// The last scenario of the board after the lines were put at its end.
fn holds(text: &str, lines: &str) -> Result<(), String> {
    let scenarios = Scenarios::of_text(&format!("{text}\n{lines}\n"));
    let last = scenarios.verdicts().pop().ok_or("no scenario")?;
    if last.passed { Ok(()) } else { Err(format!("{lines}\n{last:#?}")) }
}

#[test]
fn the_last_command_is_the_when_and_those_before_it_are_given() {
    let steps = [
        send("Add Todo", &[("description", "Bread")]),
        send("Add Todo", &[("description", "Milk, \"fresh\"")]),
        send("Mark Complete", &[("todoId", "7")]),
        send("Mark Complete", &[("todoId", "2")]),
    ];
    let run = run(LIST, &steps);
    let lines = record(&run, 1, 4, "Milk is bought");
    let expected = r#"// @scenario Milk is bought
// @given Add Todo // todoId: 2, description: "Milk, ""fresh"""
// @when Mark Complete // todoId: 2
// @then Todo Completed // todoId: 2, isComplete: true
// @expect TODO List // todoId: 2, description: "Milk, ""fresh""", isComplete: true"#;
    assert_eq!(lines, expected);
    assert_eq!(holds(LIST, &lines), Ok(()));
    let alone = record(&run, 3, 4, "");
    assert!(alone.starts_with("// @scenario Mark Complete\n// @given Todo Added // todoId: 2, "), "{alone}");
    assert_eq!(alone.matches("@given").count(), 1, "{alone}");
}

#[test]
fn an_id_that_is_made_up_is_left_out() {
    let run = run(LIST, &[send("Add Todo", &[("description", "Milk")])]);
    let expected = "\
// @scenario A todo
// @when Add Todo // description: Milk
// @then Todo Added // description: Milk
// @expect TODO List // description: Milk";
    assert_eq!(record(&run, 0, 1, " A  todo "), expected);
}

#[test]
fn a_rejection_is_recorded_with_its_message() {
    let run = run(LIST, &[send("Mark Complete", &[("todoId", "1")])]);
    let lines = record(&run, 0, 9, "Too early");
    assert!(
        lines.ends_with("\n// @then rejected: Cannot MarkComplete. TodoAdded must have occurred."),
        "{lines}"
    );
    assert_eq!(holds(LIST, &lines), Ok(()));
}

#[test]
fn what_was_erased_is_not_written_onto_the_wall() {
    let text = LIST.replace(
        "Todo Added // todoId, description",
        "Todo Added // todoId, description\n// @personal description",
    );
    let steps = [
        send("Add Todo", &[("description", "Ann's pills")]),
        step(Act::Forget { stream: "Todo-1".into() }),
        send("Mark Complete", &[("todoId", "1")]),
    ];
    let run = run(&text, &steps);
    for to in [1, 3] {
        let lines = record(&run, 0, to, "A todo");
        assert!(lines.contains("// @when") && !lines.contains("pills"), "{lines}");
        assert_eq!(holds(&text, &lines), Ok(()));
    }
}

#[test]
fn nothing_done_is_nothing_recorded() {
    let run = run(LIST, &[step(Act::Lag { on: true })]);
    for (from, to) in [(0, 0), (0, 1), (5, 3), (9, 12)] {
        assert_eq!(record(&run, from, to, "Nothing"), "");
    }
}

#[test]
fn a_story_through_several_contexts_holds() {
    let steps = [
        send("Counter.Add Drink", &[("name", "Flat white"), ("price", "3.80")]),
        send("Counter.Place Order", &[("drinkId", "1"), ("size", "large"), ("guestName", "Ann")]),
        send("Counter.Pay Order", &[("orderId", "1"), ("amount", "3.80")]),
        send("Bar.Start Brew", &[("brewId", "1")]),
        send("Bar.Finish Brew", &[("brewId", "1")]),
    ];
    let run = run(COFFEE_SHOP, &steps);
    let lines = record(&run, 0, steps.len(), "From the order to the call");
    assert_eq!(lines.matches("@given").count(), 4, "{lines}");
    assert!(lines.contains("// @then Bar.Pickup Announced // orderId: 1, guestName: Ann"), "{lines}");
    assert_eq!(holds(COFFEE_SHOP, &lines), Ok(()));
}

/// A person at random: any command with values that were said before, or new ones.
fn any_steps(text: &'static str) -> impl Strategy<Value = Vec<Step>> {
    let model = Model::of_text(text);
    let commands: Vec<(String, Vec<String>)> = model
        .commands
        .iter()
        .map(|one| (one.name.full.to_string(), one.parameters.iter().map(|it| it.name.to_string()).collect()))
        .collect();
    let count = commands.len();
    let one = (0..count, prop::collection::vec(0..9u8, 8), 0..20u8).prop_map(move |(at, values, kind)| {
        let (name, parameters) = &commands[at];
        let said = parameters.iter().zip(values).filter_map(|(name, value)| {
            let words = match value {
                0 => return None,
                1 => "a \"b\", c // d",
                2 => " \n",
                3 => "2",
                4 => "50.50",
                _ => "1",
            };
            Some((name.as_str(), words))
        });
        match kind {
            0 => step(Act::Policies { pace: Pace::Stepped }),
            1 => step(Act::Policies { pace: Pace::Automatic }),
            2 => step(Act::Advance { waiting: None, answer: Some(true) }),
            3 => step(Act::Lag { on: true }),
            4 => step(Act::Lag { on: false }),
            5 => step(Act::Skip { position: 2, skip: true }),
            6 => step(Act::Forget { stream: "Order-1".into() }),
            _ => send(name, &said.collect::<Vec<_>>()),
        }
    });
    prop::collection::vec(one, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_was_done_is_recorded_so_that_it_holds(
        (text, steps) in prop_oneof![
            any_steps(LIST).prop_map(|steps| (LIST, steps)),
            any_steps(COFFEE_SHOP).prop_map(|steps| (COFFEE_SHOP, steps)),
            any_steps(WEB_SHOP).prop_map(|steps| (WEB_SHOP, steps)),
        ],
        from in 0usize..25,
        length in 1usize..25,
    ) {
        let run = run(text, &steps);
        let lines = record(&run, from, from + length, "Recorded");
        if !lines.is_empty() {
            prop_assert_eq!(holds(text, &lines), Ok(()));
            prop_assert_eq!(findings(text, &lines), Vec::<String>::new(), "{}", lines);
        }
    }
}

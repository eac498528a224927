//! What storms do to a run, and what is told of them.

mod common;

use common::{BEFORE, step};
use protocol::step::{Act, Step};
use protocol::storm::{Report, Storm};
use protocol::trace::{Trace, What};
use sim::model::Model;
use sim::run::{Progress, Run};
use sim::storm::{MAX_COMMANDS, MAX_PEOPLE};
use std::path::Path;
use std::sync::Arc;

fn storm(commands: u32, mistakes: u32) -> Storm {
    Storm { seed: 7, people: 12, commands, speed: 10.0, mix: Vec::new(), mistakes }
}

fn run(text: &str) -> Run {
    Run::under(Arc::new(Model::of_text(text)), 1)
}

fn after(text: &str, storm: Storm) -> (Run, Trace) {
    let mut run = run(text);
    let trace = run.take(step(Act::Storm(storm)));
    (run, trace)
}

fn report(text: &str, storm: Storm) -> Report {
    after(text, storm).0.report(0).unwrap()
}

/// Everything that an event is.
fn log(run: &Run) -> Vec<String> {
    let events = run.system().log().after(0);
    events
        .map(|event| {
            format!("{} {} {} {:?}", event.id(), event.at(), event.by(), event.data().collect::<Vec<_>>())
        })
        .collect()
}

#[test]
fn the_same_storm_gives_the_same_log_in_slices_too() {
    let whole = after(BEFORE, storm(2_000, 10)).0;
    let mut sliced = run(BEFORE);
    sliced.begin(step(Act::Storm(storm(2_000, 10))));
    let mut slices = 0;
    while let Progress::Going { done, of } = sliced.advance(7) {
        assert!(done < of && of == 2_000);
        slices += 1;
    }
    assert_eq!(slices, 285);
    assert_eq!(log(&whole), log(&sliced));
    assert_eq!(whole.report(0), sliced.report(0));
    assert_ne!(log(&whole), log(&after(BEFORE, Storm { seed: 8, ..storm(2_000, 10) }).0));
}

#[test]
fn a_storm_is_taken_back_like_any_step() {
    let (mut run, _) = after(BEFORE, storm(500, 10));
    let before = log(&run);
    run.take(step(Act::Storm(storm(500, 30))));
    run.truncate(1);
    assert_eq!(log(&run), before);
    assert_eq!(run.report(1), None);
    // One that is not over yet, too.
    run.begin(step(Act::Storm(storm(500, 30))));
    run.advance(100);
    run.truncate(1);
    assert_eq!(log(&run), before);
}

#[test]
fn the_numbers_of_a_report_add_up() {
    let report = report(BEFORE, storm(3_000, 20));
    assert_eq!(report.commands, 3_000);
    assert_eq!(report.accepted + report.rejected, report.commands);
    assert_eq!(report.until - report.from + 1, report.events);
    let sum = |all: &mut dyn Iterator<Item = u64>| all.sum::<u64>();
    assert_eq!(sum(&mut report.over_time.iter().map(|(_, events)| *events)), report.events);
    assert_eq!(sum(&mut report.by_type.iter().map(|one| one.times)), report.events);
    assert!(report.over_time.windows(2).all(|two| two[1].0 - two[0].0 == report.slice));
    assert!(sum(&mut report.rejections.iter().map(|one| one.times)) >= report.rejected);
    assert!(report.longest_streams.windows(2).all(|two| two[0].events >= two[1].events));
    assert!(report.heat.windows(2).all(|two| two[0].1 >= two[1].1));
    let stickies = BEFORE.lines().count();
    assert!(!report.heat.is_empty() && report.heat.iter().all(|(sticky, _)| *sticky < stickies));
}

#[test]
fn careful_people_are_hardly_refused_and_careless_ones_often() {
    let careful = report(BEFORE, storm(2_000, 0));
    let careless = report(BEFORE, storm(2_000, 60));
    assert!(careful.rejected * 20 < careful.commands, "{} refused", careful.rejected);
    assert!(careless.rejected > careful.rejected * 3, "{} and {}", careful.rejected, careless.rejected);
    assert_eq!(careful.never, []);
    let words = |one: &protocol::storm::Refused| !one.plain.is_empty() && !one.message.is_empty();
    assert!(careless.rejections.iter().all(words));
}

#[test]
fn every_board_that_is_there_to_be_played_is_played_through() {
    for name in ["coffee-shop", "web-shop", "todolist"] {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/assets").join(name).with_extension("emd");
        let report = report(&std::fs::read_to_string(path).unwrap(), storm(3_000, 5));
        let never: Vec<&str> = report.never.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(never, [""; 0], "{name}");
        assert!(report.accepted > report.rejected * 3, "{name}: {} refused", report.rejected);
    }
}

#[test]
fn what_nobody_manages_is_named_with_what_stood_in_the_way() {
    let text = "# A\nPlace Order -> // total\nOrder Placed // orderId, total\nPay Order -> // orderId\n// @requires Order Placed\n// @forbids Order Placed\nOrder Paid // orderId\n";
    let report = report(text, storm(1_000, 0));
    let [never] = &report.never[..] else { panic!("{:?}", report.never) };
    assert_eq!((never.label.as_str(), never.sticky), ("Pay Order", Some(3)));
    assert!(never.message.starts_with("Cannot PayOrder. OrderPlaced must"), "{}", never.message);
}

#[test]
fn a_mix_says_what_is_done_often() {
    let mix = vec![("Sign Up".to_owned(), 0.0), ("PlaceOrder".to_owned(), 1.0), ("Nobody".to_owned(), 9.0)];
    let none = report(BEFORE, Storm { mix, ..storm(300, 0) });
    assert!(none.by_type.iter().all(|one| one.label != "Customer Joined"));
    let often = report(BEFORE, Storm { mix: vec![("Sign Up".to_owned(), 50.0)], ..storm(1_000, 0) });
    assert_eq!(often.by_type[0].label, "Customer Joined");
}

#[test]
fn whatever_a_storm_asks_for_it_has_bounds() {
    let problem = |storm: Storm| {
        let (run, trace) = after(BEFORE, storm);
        let words = trace.links.iter().find_map(|link| match &link.what {
            What::Note { words, problem: true } => Some(words.clone()),
            _ => None,
        });
        (run.system().log().head(), words)
    };
    let (events, words) = problem(storm(4_000_000_000, 0));
    assert_eq!(
        (events, words),
        (0, Some(format!("A storm has at most {MAX_COMMANDS} commands, not 4000000000.")))
    );
    assert!(problem(Storm { people: MAX_PEOPLE + 1, ..storm(10, 0) }).1.is_some());
    for speed in [f64::NAN, f64::INFINITY, 0.0, -5.0, 1e300] {
        let mix = vec![("Sign Up".to_owned(), f64::NAN), ("Place Order".to_owned(), -1e300)];
        let wild = Storm { people: 0, mistakes: u32::MAX, speed, mix, ..storm(200, 0) };
        assert_eq!(report(BEFORE, wild).commands, 200);
    }
    let late = Step { at: i64::MAX, ..step(Act::Storm(storm(200, 0))) };
    run(BEFORE).take(late);
    assert_eq!(report("# Nothing\n", storm(200, 0)).commands, 0);
}

#[test]
fn a_report_follows_the_stickies_of_a_board_that_was_edited() {
    let (mut run, _) = after(BEFORE, storm(500, 0));
    let before = run.report(0).unwrap();
    let moved = BEFORE.replace("# Shop\n", "# Shop\n\n\n");
    run.look_at(Arc::new(Model::of_text(&moved)));
    let now = run.report(0).unwrap();
    let two_down: Vec<_> = before.heat.iter().map(|(sticky, times)| (sticky + 2, *times)).collect();
    assert_eq!(now.heat, two_down);
}

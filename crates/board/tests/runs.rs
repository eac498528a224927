//! Runs in the shared document: one order of steps on all peers, whatever arrives when, whatever others wrote.

mod common;
use board::runs::{
    ALL_MODELS, About, Full, LARGEST_MODEL, LARGEST_STEP, MAIN, MOST_RUNS, MOST_STEPS, NewStep, Runs,
};
use board::{Change, Command, Op, Step, wire};
use common::{Peer, sync, two};
use proptest::prelude::*;
use std::collections::BTreeSet;

impl Peer {
    fn write_run(&mut self, writes: board::runs::Writes) {
        self.run_as(Command::Run(writes), Step::Untracked);
    }

    /// Takes steps that say these words.
    fn take(&mut self, run: &str, words: &[&str]) {
        let steps = words.iter().map(|word| NewStep { step: (*word).to_owned(), model: None }).collect();
        let runs = self.replica.runs();
        let random = &mut self.random;
        let writes = runs.take(run, steps, &mut || random.u64(..)).unwrap();
        self.write_run(writes);
    }

    fn log(&self, run: &str) -> Vec<String> {
        let runs = self.replica.runs();
        runs.get(run).map_or(Vec::new(), |run| run.steps().map(|(_, step)| step.to_string()).collect())
    }
}

fn step(words: &str) -> NewStep {
    NewStep { step: words.to_owned(), model: None }
}

#[test]
fn what_one_takes_after_the_other_stays_in_this_order() {
    let (mut ann, mut bob) = two("Order Placed");
    ann.take(MAIN, &["1", "2"]);
    sync(&mut ann, &mut bob);
    bob.take(MAIN, &["3"]);
    sync(&mut ann, &mut bob);
    ann.take(MAIN, &["4"]);
    sync(&mut ann, &mut bob);
    assert_eq!(ann.log(MAIN), ["1", "2", "3", "4"]);
    assert_eq!(bob.log(MAIN), ann.log(MAIN));
}

#[test]
fn steps_that_were_taken_at_once_have_one_order() {
    let (mut ann, mut bob) = two("Order Placed");
    ann.take(MAIN, &["a1", "a2"]);
    bob.take(MAIN, &["b1", "b2"]);
    sync(&mut ann, &mut bob);
    assert_eq!(ann.log(MAIN), bob.log(MAIN));
    let log = ann.log(MAIN);
    let mine = |letter: char| log.iter().filter(|step| step.starts_with(letter)).cloned().collect::<Vec<_>>();
    assert_eq!((mine('a'), mine('b')), (vec!["a1".into(), "a2".into()], vec!["b1".into(), "b2".into()]));
}

#[test]
fn changes_name_the_entries_that_views_have_to_read_again() {
    let (mut ann, mut bob) = two("Order Placed");
    let mut seen = bob.replica.runs();
    bob.changes();
    ann.take(MAIN, &["1"]);
    sync(&mut ann, &mut bob);
    let changes = bob.changes();
    let [Change::Runs(keys)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!(keys.len(), 1);
    for key in keys {
        seen.take_in(key, bob.replica.run_entry(key).as_deref());
    }
    assert_eq!(seen, bob.replica.runs());
    let reset = ann.replica.runs().reset(MAIN, 1, "Ann");
    ann.write_run(reset);
    sync(&mut ann, &mut bob);
    let Some(Change::Runs(keys)) = bob.changes().pop() else { panic!("no change") };
    keys.iter().for_each(|key| seen.take_in(key, bob.replica.run_entry(key).as_deref()));
    assert_eq!(seen, bob.replica.runs());
    let main = seen.get(MAIN).unwrap();
    assert!(main.is_empty());
    assert_eq!(main.about.as_ref().unwrap().by, "Ann", "who looks at it is told who began it anew");
}

#[test]
fn nobody_undoes_a_step() {
    let mut ann = Peer::new(1);
    ann.splice(0, 0, "Order Placed");
    ann.take(MAIN, &["1"]);
    assert!(ann.replica.undo());
    assert_eq!((ann.text().as_str(), ann.log(MAIN).len()), ("", 1));
    assert!(ann.replica.redo());
    assert!(!ann.replica.can_redo());
    assert_eq!((ann.text().as_str(), ann.log(MAIN).len()), ("Order Placed", 1));
}

#[test]
fn a_model_is_kept_once_with_the_step_that_names_it() {
    let mut ann = Peer::new(1);
    let named = |text: &str| NewStep { step: "m".into(), model: Some(("f".into(), text.into())) };
    let writes = ann.replica.runs().take(MAIN, vec![named("Order Placed"), step("1")], &mut || 1).unwrap();
    ann.write_run(writes);
    let runs = ann.replica.runs();
    assert_eq!(runs.get(MAIN).unwrap().model("f"), Some("Order Placed"));
    let again = runs.take(MAIN, vec![named("Order Placed")], &mut || 1).unwrap();
    assert_eq!(ann.plan(&Command::Run(again)).ops.len(), 1);
}

#[test]
fn runs_are_begun_renamed_reset_and_removed() {
    let (mut ann, mut bob) = two("");
    let about = About { name: "What if".into(), seed: 7, by: "Ann".into() };
    let begun = ann.replica.runs().begin("r1", about.clone()).unwrap();
    ann.write_run(begun);
    ann.take("r1", &["1", "2"]);
    sync(&mut ann, &mut bob);
    assert_eq!(bob.replica.runs().get("r1").unwrap().about, Some(about.clone()));
    let renamed = bob.replica.runs().rename("r1", &"é".repeat(200));
    bob.write_run(renamed);
    sync(&mut ann, &mut bob);
    let there = ann.replica.runs().get("r1").unwrap().about.clone().unwrap();
    assert_eq!((there.name, there.seed, there.by), ("é".repeat(80), 7, "Ann".into()));
    let reset = ann.replica.runs().reset("r1", 8, "Bob");
    ann.write_run(reset);
    let there = ann.replica.runs().get("r1").cloned().unwrap();
    assert!(there.is_empty());
    assert_eq!(there.about.unwrap(), About { name: "é".repeat(80), seed: 8, by: "Bob".into() });
    let removed = ann.replica.runs().remove("r1");
    ann.write_run(removed);
    sync(&mut ann, &mut bob);
    assert!(bob.replica.runs().get("r1").is_none());
}

#[test]
fn the_boards_own_run_keeps_its_name_when_it_is_removed() {
    let mut ann = Peer::new(1);
    let named = ann.replica.runs().rename(MAIN, "Demo");
    ann.write_run(named);
    ann.take(MAIN, &["1"]);
    let removed = ann.replica.runs().remove(MAIN);
    ann.write_run(removed);
    let runs = ann.replica.runs();
    assert_eq!(runs.get(MAIN).unwrap().about.as_ref().unwrap().name, "Demo");
    assert!(runs.get(MAIN).unwrap().is_empty());
}

#[test]
fn what_is_taken_while_another_resets_is_left_over() {
    let (mut ann, mut bob) = two("");
    ann.take(MAIN, &["1", "2"]);
    sync(&mut ann, &mut bob);
    let reset = ann.replica.runs().reset(MAIN, 1, "Ann");
    ann.write_run(reset);
    bob.take(MAIN, &["3"]);
    sync(&mut ann, &mut bob);
    assert_eq!((ann.log(MAIN), bob.log(MAIN)), (vec!["3".to_owned()], vec!["3".to_owned()]));
}

#[test]
fn what_is_too_large_is_refused_with_a_reason() {
    let none = Runs::default();
    let take = |runs: &Runs, steps| runs.take(MAIN, steps, &mut || 1).map(|_| ());
    assert_eq!(take(&none, vec![step(&"x".repeat(LARGEST_STEP + 1))]), Err(Full::Step));
    let model = |print: usize, size: usize| NewStep {
        step: String::new(),
        model: Some((print.to_string(), "x".repeat(size))),
    };
    assert_eq!(take(&none, vec![model(1, LARGEST_MODEL + 1)]), Err(Full::Model));
    let many = (0..=ALL_MODELS / LARGEST_MODEL).map(|print| model(print, LARGEST_MODEL)).collect();
    assert_eq!(take(&none, many), Err(Full::Models));
    assert_eq!(take(&none, vec![step(""); MOST_STEPS + 1]), Err(Full::Steps));
    let full = Runs::read((0..MOST_RUNS).map(|run| (run.to_string(), Some("{}".to_owned()))));
    assert_eq!(full.begin("one more", About::default()).map(|_| ()), Err(Full::Runs));
    assert!(full.begin("7", About::default()).is_ok());
    for full in [Full::Runs, Full::Steps, Full::Step, Full::Model, Full::Models] {
        assert!(full.to_string().len() > 20);
    }
}

#[test]
fn a_full_run_of_largest_steps_passes_the_validator() {
    let mut ann = Peer::new(1);
    let big = NewStep {
        step: "x".repeat(LARGEST_STEP),
        model: Some(("f".repeat(64), "y".repeat(LARGEST_MODEL - LARGEST_STEP))),
    };
    let writes = ann.replica.runs().take(MAIN, vec![big], &mut || 1).unwrap();
    ann.write_run(writes);
    for update in ann.replica.outgoing() {
        assert_eq!(wire::validate(&update, &wire::Limits::LIVE), Ok(()));
    }
}

#[test]
fn a_step_can_be_taken_back_by_its_key() {
    let mut ann = Peer::new(1);
    ann.take(MAIN, &["1"]);
    let writes = ann.replica.runs().take(MAIN, vec![step("2"), step("3")], &mut || 9).unwrap();
    let taken: Vec<_> = writes.taken().collect();
    ann.write_run(writes);
    assert_eq!(ann.log(MAIN), ["1", "2", "3"]);
    let back = ann.replica.runs().take_back(MAIN, &taken[..1]);
    ann.write_run(back);
    assert_eq!(ann.log(MAIN), ["1", "3"]);
}

#[test]
fn a_run_that_is_kept_alone_is_the_same_without_a_document() {
    let mut ann = Peer::new(1);
    let mut alone = Runs::default();
    let model = Some(("f".to_owned(), "Order Placed".to_owned()));
    let steps = vec![NewStep { step: "{}".into(), model }, step("1")];
    for writes in [
        alone.begin("r1", About { name: "Mine".into(), seed: 1, by: "Ann".into() }).unwrap(),
        alone.take("r1", steps, &mut || 5).unwrap(),
    ] {
        alone.write(&writes);
        ann.write_run(writes);
    }
    assert_eq!(alone, ann.replica.runs());
    let kept = alone.entries().map(|(key, value)| (key, Some(value)));
    assert_eq!(Runs::read(kept), alone);
}

/// Keys and values as a foreign or hostile client may write them.
fn entry() -> impl Strategy<Value = (String, Option<String>)> {
    let key = prop_oneof![
        "(main|r|/|model|[0-9a-fA-F]{8}|-|é|\u{0}){0,6}",
        "(main|r)/0000000[0-9a-f]-[0-9a-f]{8}",
        "(main|r)/model/[a-f]{0,3}",
        Just("main/ffffffff-ffffffff".to_owned()),
        Just("main/01000000-ffffffff".to_owned()),
        "main|r",
    ];
    let value = prop_oneof![".{0,20}", r#"\{"name":".{0,9}","seed":"[0-9]{0,30}"\}"#, "[\\[{]{0,70}"];
    (key, prop::option::of(value))
}

proptest! {
    #[test]
    fn whatever_somebody_wrote_is_read_in_the_same_way_by_all(entries in prop::collection::vec(entry(), 0..30)) {
        let (mut ann, mut bob) = two("");
        let mut seen = Runs::default();
        for (at, (key, value)) in entries.into_iter().enumerate() {
            let writer = if at % 2 == 0 { &mut ann } else { &mut bob };
            writer.replica.apply(&[Op::SetRun { key: key.into(), value }], Step::Untracked);
            if at % 5 == 0 {
                sync(&mut ann, &mut bob);
            }
            for change in ann.changes() {
                if let Change::Runs(keys) = change {
                    keys.iter().for_each(|key| seen.take_in(key, ann.replica.run_entry(key).as_deref()));
                }
            }
            prop_assert_eq!(&seen, &ann.replica.runs());
        }
        sync(&mut ann, &mut bob);
        let runs = ann.replica.runs();
        prop_assert_eq!(&runs, &bob.replica.runs());
        // A step can be taken on top of it, or a reason is given why not; a reset leaves nothing.
        if let Ok(writes) = runs.take(MAIN, vec![step("mine")], &mut || 7) {
            ann.write_run(writes);
            prop_assert!(ann.log(MAIN).contains(&"mine".to_owned()));
        }
        let reset = ann.replica.runs().reset(MAIN, 1, "Ann");
        ann.write_run(reset);
        prop_assert!(ann.log(MAIN).is_empty());
    }

    /// Four people, offline at times, taking steps and resetting: all logs are one, nobody's own steps change places.
    #[test]
    fn all_peers_have_one_log(deeds in prop::collection::vec((0usize..4, 0u8..12, 0usize..4), 1..60)) {
        let mut peers: Vec<Peer> = (1..=4).map(Peer::new).collect();
        let mut taken = 0;
        for (who, deed, other) in deeds {
            match deed {
                0 => {
                    let reset = peers[who].replica.runs().reset(MAIN, 1, "Ann");
                    peers[who].write_run(reset);
                }
                1..=4 if who != other => {
                    let (low, high) = (who.min(other), who.max(other));
                    let (left, right) = peers.split_at_mut(high);
                    sync(&mut left[low], &mut right[0]);
                }
                _ => {
                    taken += 1;
                    let word = format!("{who}:{taken:04}");
                    peers[who].take(MAIN, &[&word]);
                    let log = peers[who].log(MAIN);
                    prop_assert_eq!(log.last(), Some(&word), "one's own step comes after all that one saw");
                }
            }
        }
        for _ in 0..2 {
            for high in 1..4 {
                let (left, right) = peers.split_at_mut(high);
                left.iter_mut().for_each(|peer| sync(peer, &mut right[0]));
            }
        }
        let logs: BTreeSet<Vec<String>> = peers.iter().map(|peer| peer.log(MAIN)).collect();
        prop_assert_eq!(logs.len(), 1);
        for log in logs {
            for who in 0..4 {
                let own: Vec<_> = log.iter().filter(|step| step.starts_with(&who.to_string())).collect();
                prop_assert!(own.is_sorted());
            }
        }
    }
}

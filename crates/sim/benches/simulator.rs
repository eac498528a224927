//! The simulator's own speed: commands, projections, the past, storms, the search.
//!
//! `cargo bench -p sim`. Beside other event stores: `cargo xtask bench simulator`.

use divan::{Bencher, counter::ItemsCount};
use protocol::log::Filter;
use protocol::step::{Act, Expected, Step};
use protocol::storm::Storm;
use protocol::table::Query;
use sim::model::{CommandId, Model};
use sim::run::Run;
use sim::search::{BOUND, search};
use sim::system::{Call, Ids, System};
use sim::value::Value;
use sim::views::View;
use std::sync::{Arc, LazyLock};

const COFFEE_SHOP: &str = include_str!("../../../app/assets/coffee-shop.emd");
const TODO_LIST: &str = include_str!("../../../tests/simulator/src/model.emd");
const EVENTS: u64 = 100_000;

/// A run of the coffee shop with a hundred thousand events.
static LONG: LazyLock<Run> = LazyLock::new(|| {
    let mut run = Run::under(Arc::new(Model::of_text(COFFEE_SHOP)), 1);
    while run.system().log().head() < EVENTS {
        run.take(storm(50_000));
    }
    run
});

fn main() {
    LazyLock::force(&LONG);
    divan::main();
}

fn storm(commands: u32) -> Step {
    let storm = Storm { seed: 1, people: 100, commands, speed: 10.0, mix: Vec::new(), mistakes: 5 };
    Step { at: 0, by: "Ann".into(), seed: 1, act: Act::Storm(storm) }
}

fn call(system: &mut System) -> Call {
    let by = system.actor("Ann");
    Call { at: 0, by, step: 0, expected: Expected::Any, ids: Ids::Said, cause: None }
}

type Sent = (CommandId, Box<[Value]>);

/// Items that are added and completed, and a system with somebody who may do it.
fn todo_list(items: usize) -> (System, Vec<Sent>) {
    let model = Arc::new(Model::of_text(TODO_LIST));
    let mut system = System::new(model.clone(), 1);
    let call = call(&mut system);
    let command = |name: &str, values: &[(&str, &str)]| {
        let id = model.find_command(name).unwrap_or(CommandId(0));
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        (id, system.read(id, &values.iter().map(owned).collect::<Vec<_>>()))
    };
    let (register, mut ann) = command("RegisterUser", &[("userId", "1"), ("name", "Ann")]);
    let mut list = Vec::new();
    for item in 0..items {
        let id = item.to_string();
        list.push(command("AddItem", &[("todoId", &id), ("userId", "1"), ("description", "Milk")]));
        list.push(command("CompleteItem", &[("todoId", &id), ("isComplete", "true")]));
    }
    let _ = system.send(register, &mut ann, &call, |_, _, _| {});
    (system, list)
}

#[divan::bench]
fn commands_with_their_projections(bencher: Bencher<'_, '_>) {
    let counted = bencher.counter(ItemsCount::new(20_000_usize));
    counted.with_inputs(|| todo_list(10_000)).bench_values(|(mut system, list)| {
        let call = call(&mut system);
        for (command, mut values) in list {
            let _ = system.send(command, &mut values, &call, |_, _, _| {});
        }
        system
    });
}

#[divan::bench]
fn read_models_made_again_from_the_log(bencher: Bencher<'_, '_>) {
    let system = LONG.system();
    let counted = bencher.counter(ItemsCount::new(system.log().head()));
    counted.with_inputs(|| system.clone()).bench_refs(System::renew);
}

#[divan::bench]
fn a_storm(bencher: Bencher<'_, '_>) {
    let model = Arc::new(Model::of_text(COFFEE_SHOP));
    let counted = bencher.counter(ItemsCount::new(10_000_usize));
    counted.with_inputs(|| Run::under(model.clone(), 1)).bench_values(|mut run| {
        run.take(storm(10_000));
        run
    });
}

/// What the page asks for when the slider stops at another moment of a hundred thousand events: the event there, all
/// tables, and how often each event had happened.
#[divan::bench(args = [1, EVENTS / 2, EVENTS])]
fn a_jump_of_the_slider(bencher: Bencher<'_, '_>, at: u64) {
    let run = &*LONG;
    let model = run.present();
    bencher.bench(|| {
        let filter = Filter { until: Some(at), ..Filter::default() };
        let moment = View::new(run).page(&filter, 0, 1);
        let table = |name: &str| {
            run.table(&Query {
                readmodel: name.to_owned(),
                at: Some(at),
                since: Some(at - 1),
                limit: 20,
                ..Query::default()
            })
        };
        let tables: Vec<_> = model.readmodels.iter().map(|one| table(&one.name.full)).collect();
        let count = |name: &str| {
            let filter = Filter { stream: format!("$et-{name}"), until: Some(at), ..Filter::default() };
            View::new(run).page(&filter, 0, 0)
        };
        let counts: Vec<_> = model.events.iter().map(|one| count(&one.name.full)).collect();
        (moment, tables, counts)
    });
}

#[divan::bench]
fn a_table_as_of_the_middle_sorted_and_filtered(bencher: Bencher<'_, '_>) {
    let query = Query {
        readmodel: "Counter.Orders".into(),
        at: Some(EVENTS / 2),
        filter: vec![("size".into(), "large".into())],
        order: Some("amount DESC".into()),
        limit: 20,
        ..Query::default()
    };
    bencher.bench(|| LONG.table(&query));
}

#[divan::bench]
fn the_streams_as_of_the_middle(bencher: Bencher<'_, '_>) {
    bencher.bench(|| View::new(&LONG).streams("", Some(EVENTS / 2), 0, 50));
}

#[divan::bench]
fn taking_a_storm_back(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| LONG.branch(usize::MAX)).bench_refs(|run| run.truncate(run.steps().len() - 1));
}

#[divan::bench]
fn the_search(bencher: Bencher<'_, '_>) {
    let model = Model::of_text(COFFEE_SHOP);
    bencher.bench(|| search(&model, BOUND));
}

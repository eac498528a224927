//! What specifications of runs are made of.
#![allow(dead_code)]

use protocol::request::State;
use protocol::step::{Act, Command, Expected, Step};
use protocol::table::{Query, Table};
use protocol::trace::{Failure, Trace, What};
use sim::model::Model;
use sim::run::{Models, Run};
use std::sync::Arc;

pub const TODOS: &str = "\
# TODO List
Register -> // userId, email, password
User Registered // userId, email, password
User Lookup* // userId, email
Add Item -> // userId, description
Todo Added // description, userId
TODO List* // todoId, description, isComplete
Mark Complete -> // todoId
// @requires Todo Added
// @forbids Todo Deleted
Todo Completed // todoId, isComplete
// @type isComplete: boolean
Delete Item -> // todoId
// @requires Todo Added
Todo Deleted // todoId
";

/// A board before and after somebody edited it.
pub const BEFORE: &str = "\
# Shop
Sign Up -> // email
Customer Joined // customerId, email
// @personal email
Customer Lookup* // customerId, email
Place Order -> // customerId, total
Order Placed // orderId, customerId, total
// @type total: decimal
// @policy Whenever Order Placed, Pack Parcel
Pack Parcel -> // orderId
// @free orderId
Parcel Packed // parcelId, orderId
// @policy Whenever Parcel Packed, and somebody is there, Send Parcel
Send Parcel -> // parcelId
// @requires Parcel Packed
// @forbids Parcel Sent
Parcel Sent // parcelId, orderId
Cancel Order -> // orderId
// @requires Order Placed
// @forbids Order Cancelled
Order Cancelled // orderId, isCancelled
// @type isCancelled: boolean
Orders* // orderId, customerId, total, isCancelled
Parcels* // parcelId, orderId
";

pub fn after() -> String {
    BEFORE.replace("# Shop", "# Store").replace("Order Placed", "Order Received").replace("total", "amount")
}

pub fn models() -> Models {
    let mut models = Models::default();
    named(&mut models, "before", BEFORE);
    named(&mut models, "after", &after());
    models
}

/// A model under a name that tests can say.
pub fn named(models: &mut Models, name: &str, text: &str) {
    models.insert(name.into(), Arc::new(Model::of_text(text)));
}

pub fn fold(steps: &[Step]) -> Run {
    let mut run = Run::new(models(), 7);
    for step in steps {
        run.take(step.clone());
    }
    run
}

pub fn run(text: &str) -> Run {
    Run::under(Arc::new(Model::of_text(text)), 7)
}

pub fn step(act: Act) -> Step {
    Step { at: 1_700_000_000_000, by: "Ann".into(), seed: 1, act }
}

pub fn values(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

pub fn command(name: &str, given: &[(&str, &str)]) -> Act {
    Act::Send(Command { name: name.into(), values: values(given), expected: Expected::Any })
}

/// Sends a command and tells what came of it.
pub fn send(run: &mut Run, name: &str, given: &[(&str, &str)]) -> Trace {
    run.take(step(command(name, given)))
}

/// The trace as lines: what took part, in its order.
pub fn told(trace: &Trace) -> Vec<String> {
    let line = |link: &protocol::trace::Link| match &link.what {
        What::Command => format!("command {}", link.name),
        What::Event => format!("event {}", link.name),
        What::Readmodel { key } => format!("row {} {key}", link.name),
        What::Policy { waits: Some(id), .. } => format!("waits {id}: {}", link.name),
        What::Policy { .. } => format!("policy {}", link.name),
        What::Rejected { failures } => {
            let messages: Vec<&str> = failures.iter().map(|failure| failure.message.as_str()).collect();
            format!("rejected {}", messages.join(" "))
        }
        What::Conflict { stream, expected, actual } => format!("conflict {stream} {expected} {actual}"),
        What::Loop { names } => format!("loop {}", names.join(" > ")),
        What::Note { words, problem } => format!("{} {words}", if *problem { "problem" } else { "note" }),
    };
    trace.links.iter().map(line).collect()
}

pub fn failures(trace: &Trace) -> Vec<Failure> {
    let of = |link: &protocol::trace::Link| match &link.what {
        What::Rejected { failures } => Some(failures.clone()),
        _ => None,
    };
    trace.links.iter().find_map(of).unwrap_or_default()
}

/// Field and message, as LES answers.
pub fn answer(trace: &Trace) -> Vec<(String, String)> {
    failures(trace).into_iter().map(|failure| (failure.field, failure.message)).collect()
}

pub fn accepted(trace: &Trace) -> bool {
    !trace.links.iter().any(|link| !matches!(link.what, What::Command | What::Event | What::Readmodel { .. }))
}

/// All of a read model, with what LES keeps besides.
pub fn all(run: &Run, readmodel: &str) -> Table {
    let query = Query { readmodel: readmodel.into(), all: true, limit: 1_000, ..Query::default() };
    run.table(&query).expect("a read model of that name")
}

/// A table as lines: `todoId=1 description=Milk`.
pub fn rows(table: &Table) -> Vec<String> {
    let row = |row: &protocol::table::Row| {
        let cells = table.columns.iter().zip(&row.cells);
        let cells: Vec<String> =
            cells.map(|(column, cell)| format!("{}={}", column.name, cell.value)).collect();
        cells.join(" ")
    };
    table.rows.iter().map(row).collect()
}

/// Everything that can be seen of a run, to compare two.
pub fn portrait(run: &Run) -> String {
    use std::fmt::Write;
    let mut seen = String::new();
    let state = State { traces: Vec::new(), ..run.state(0) };
    let _ = writeln!(seen, "{state:#?}");
    for trace in run.traces(0..usize::MAX) {
        let _ = writeln!(seen, "{} {:?} {} {}", trace.words, told(&trace), trace.before, trace.after);
    }
    seen + &picture(run)
}

/// Log, streams, tables and forms.
pub fn picture(run: &Run) -> String {
    use std::fmt::Write;
    let log = run.system().log();
    let mut seen = sim::transfer::export(log, protocol::request::Format::JsonLines);
    for event in log.after(0).filter(|event| event.is_skipped() || event.is_erased()) {
        let _ = writeln!(seen, "{} {} {}", event.position, event.is_skipped(), event.is_erased());
    }
    for stream in log.streams().filter(|stream| log.version(*stream) > 0) {
        let name = log.stream_name(stream);
        let _ = writeln!(seen, "{name} {:?} {:?}", log.stream(stream), log.is_deleted(stream));
    }
    let model = run.system().model();
    for readmodel in &model.readmodels {
        let _ = writeln!(seen, "{:#?}", all(run, &readmodel.name.full));
    }
    for command in &model.commands {
        let _ = writeln!(seen, "{:#?}", run.form(&command.name.full, 1));
    }
    seen
}

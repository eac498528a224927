//! What is answered in one go.

use crate::runs::Runs;
use protocol::request::{Ask, Failed, Say};
use sim::views::View;
use sim::{compare, record, transfer};

pub fn answer(ask: &Ask, runs: &mut Runs) -> Result<Say, Failed> {
    match ask {
        Ask::Branch { run, into, steps } => {
            let branch = runs.get(run)?.branch(*steps);
            runs.put(into, branch);
            state(runs, into, *steps)
        }
        Ask::Close { run } => {
            runs.close(run);
            Ok(Say::Done)
        }
        Ask::State { run } => state(runs, run, usize::MAX),
        Ask::Form { run, command, seed } => found(runs.shown(run)?.form(command, *seed).map(Say::Form)),
        Ask::Traces { run, from, to } => Ok(Say::Traces(runs.get(run)?.traces(*from..*to))),
        Ask::Table { run, query } => found(runs.shown(run)?.table(query).map(Say::Table)),
        Ask::Log { run, filter, skip, limit } => {
            Ok(Say::Page(View::new(runs.shown(run)?).page(filter, *skip, *limit)))
        }
        Ask::Event { run, position } => {
            Ok(Say::Event(View::new(runs.shown(run)?).detail(*position).map(Box::new)))
        }
        Ask::Streams { run, search, until, skip, limit } => {
            let (total, streams) = View::new(runs.shown(run)?).streams(search, *until, *skip, *limit);
            Ok(Say::Streams { total, streams })
        }
        Ask::Counts { run, until } => Ok(Say::Counts(View::new(runs.shown(run)?).counts(*until))),
        Ask::Report { run, step } => found(runs.shown(run)?.report(*step).map(Say::Storm)),
        Ask::Export { run, format } => {
            Ok(Say::Text(transfer::export(runs.get(run)?.system().log(), *format)))
        }
        // Those are said at once or done in slices.
        Ask::Model { .. } | Ask::Steps { .. } | Ask::Scenarios | Ask::Search { .. } | Ask::Cancel { .. } => {
            Err(Failed::NoSuchThing)
        }
        Ask::Misfits { run } => Ok(Say::Misfits(runs.shown(run)?.misfits())),
        Ask::Record { run, from, to, name } => {
            Ok(Say::Text(record::record(runs.shown(run)?, *from, *to, name)))
        }
        Ask::Compare { left, right } => {
            let [left, right] = runs.both_shown(left, right)?;
            Ok(Say::Comparison(compare::compare(left, right)))
        }
    }
}

/// Where a run stands, with what its steps from `since` on brought about.
pub fn state(runs: &mut Runs, run: &str, since: usize) -> Result<Say, Failed> {
    let state = runs.get(run)?.state(since);
    Ok(Say::State(state))
}

fn found(say: Option<Say>) -> Result<Say, Failed> {
    say.ok_or(Failed::NoSuchThing)
}

//! The matrix of services and stores, one after the other.

mod checks;
mod load;
pub mod options;
mod process;
mod project;
mod report;
mod schemathesis;
mod stores;
mod tools;

use anyhow::Result;
use codegen::{Source, Target};
use contract::boards::{Board, samples, told};
use options::Options;
use project::Project;
use report::Report;
use std::time::Instant;
use stores::{Kind, Store, Stores};

pub fn all(options: &Options) -> Result<Report> {
    // Two runs at once would empty each other's folders: the second waits.
    let _alone = tools::lock()?;
    let mut report = Report::default();
    let mut stores = Stores::default();
    for board in boards(options)? {
        let source = match Source::of_text(&board.text) {
            Ok(source) => source,
            Err(why) => {
                let first = why.errors.first().map_or("it does nothing", |error| error.message.as_str());
                report.not_ready(&board.name, first, options.names(&board.name));
                continue;
            }
        };
        for target in &options.targets {
            let name = format!("{} {}", target.id(), board.name);
            if let Err(error) = service(options, &board, &source, *target, &mut stores, &mut report) {
                report.fails(&name, &format!("{error:#}"));
            }
        }
    }
    Ok(report)
}

fn boards(options: &Options) -> Result<Vec<Board>> {
    let mut boards = samples()?;
    boards.extend(told()?);
    boards.retain(|board| options.wants(&board.name));
    anyhow::ensure!(!boards.is_empty(), "there is no such sample");
    Ok(boards)
}

fn service(
    options: &Options,
    board: &Board,
    source: &Source,
    target: Target,
    stores: &mut Stores,
    report: &mut Report,
) -> Result<()> {
    let name = format!("{} {}", target.id(), board.name);
    let started = Instant::now();
    let tree = codegen::deliver(source, target);
    report.notes(&name, &format!("{} files", tree.len()), started);
    let Some(project) = Project::write(&tree, board, target)? else {
        return Ok(());
    };
    let started = Instant::now();
    project.install()?;
    report.notes(&name, "installed", started);
    if options.own_tests {
        for test in project.own_tests() {
            let started = Instant::now();
            match tools::succeeds(&mut project.command(&test), &project.log(&test[0])) {
                Ok(()) => report.holds_that(&name, &test.join(" "), started),
                Err(error) => report.fails(&name, &format!("{error:#}")),
            }
        }
    }
    for store in options.stores_for(&board.name) {
        let started = Instant::now();
        let place = stores.place(store, &project)?;
        let tally = checks::play(&project, board, source, &place, options)?;
        report.played(&format!("{name} {}", store.name()), &tally, started);
    }
    if options.schemathesis {
        let started = Instant::now();
        let place = stores.place(Store::same(Kind::Memory), &project)?;
        match schemathesis::run(&project, &place, options)? {
            None => report.holds_that(&name, "schemathesis", started),
            Some(findings) => report.fails(&name, &findings),
        }
    }
    if options.load {
        for store in [Kind::Memory, Kind::Sqlite].map(Store::same) {
            let started = Instant::now();
            let place = stores.place(store, &project)?;
            let rate = load::measure(&project, &place, source)?;
            report.notes(&format!("{name} {}", store.name()), &format!("{rate:.0} commands/s"), started);
        }
    }
    Ok(())
}

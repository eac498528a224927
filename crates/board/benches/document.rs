//! What a keystroke, a line, a paste, a drag, undo and opening cost on boards of a few sizes: `cargo bench -p board`.

use board::command::Splice;
use board::layout::{drop, layout};
use board::{At, Author, Command, PersonId, Point, Replica, Step, plan};

const SIZES: [usize; 3] = [100, 1_000, 5_000];

fn main() {
    divan::main();
}

fn run(replica: &mut Replica, command: &Command) {
    let me = PersonId("ann".into());
    let mut random = || fastrand::u64(..);
    let mut author = Author { me: &me, now: 1.0, random: &mut random };
    let plan = plan(replica.board(), command, &mut author);
    replica.apply(&plan.ops, Step::New);
    replica.changes();
    replica.outgoing();
}

fn board_of(lines: usize) -> Replica {
    let kinds = ["Add Todo -> // text", "Todo Added // todoId", "Todo List* // todoId"];
    let text: Vec<String> = (0..lines).map(|nth| format!("{nth} {}", kinds[nth % 3])).collect();
    let mut replica = Replica::new(1, PersonId("ann".into()), || 1);
    run(&mut replica, &Command::Replace { text: text.join("\n") });
    replica
}

#[divan::bench(args = SIZES)]
fn keystroke(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let mut replica = board_of(lines);
    let line = replica.board().order[lines / 2].clone();
    let splice = Splice { at: 1, delete: 0, insert: "x".into() };
    let command = Command::Type { line, splices: vec![splice] };
    bencher.bench_local(|| run(&mut replica, &command));
}

#[divan::bench(args = SIZES)]
fn keystroke_in_the_text(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let mut replica = board_of(lines);
    let at = board::text::offset(replica.board(), &replica.board().order[lines / 2], 3).unwrap_or(0);
    let command = Command::Splice { at, delete: 0, insert: "x".into() };
    bencher.bench_local(|| run(&mut replica, &command));
}

/// What a letter costs from the key to the places on the wall.
#[divan::bench(args = SIZES)]
fn keystroke_and_layout(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let mut replica = board_of(lines);
    let mut places = layout(replica.board());
    let at = board::text::offset(replica.board(), &replica.board().order[lines / 2], 3).unwrap_or(0);
    let command = Command::Splice { at, delete: 0, insert: "x".into() };
    bencher.bench_local(|| {
        run(&mut replica, &command);
        if !places.is_of(replica.board()) {
            places = layout(replica.board());
        }
    });
}

#[divan::bench(args = SIZES)]
fn paste(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let list: Vec<String> = (0..lines).map(|nth| format!("- Thing {nth} happened")).collect();
    let command = Command::Paste { at: At::End, text: list.join("\n"), place: None };
    bencher.with_inputs(|| board_of(10)).bench_local_values(|mut replica| {
        run(&mut replica, &command);
        replica
    });
}

/// Where everything has a place of its own, the new stickies need theirs.
#[divan::bench(args = SIZES)]
fn paste_onto_a_free_board(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let list: Vec<String> = (0..lines).map(|nth| format!("- Thing {nth} happened")).collect();
    let free = || {
        let mut replica = board_of(lines);
        let first = replica.board().order[0].clone();
        run(&mut replica, &Command::Drop { lines: vec![first], by: Point { x: 1.0, y: 1.0 } });
        let at = At::After(replica.board().order[lines / 2].clone());
        (replica, Command::Paste { at, text: list.join("\n"), place: None })
    };
    bencher.with_inputs(free).bench_local_values(|(mut replica, command)| {
        run(&mut replica, &command);
        replica
    });
}

#[divan::bench(args = SIZES)]
fn undo_of_deleting_all(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let deleted = || {
        let mut replica = board_of(lines);
        let all = replica.board().order.clone();
        run(&mut replica, &Command::Remove { lines: all });
        replica
    };
    bencher.with_inputs(deleted).bench_local_values(|mut replica| {
        replica.undo();
        replica
    });
}

#[divan::bench(args = SIZES)]
fn insertion_mark(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let replica = board_of(lines);
    let places = layout(replica.board());
    let dragged = [replica.board().order[lines / 2].clone()];
    bencher.bench_local(|| drop(replica.board(), &places, &dragged, Point { x: 500.0, y: 10.0 }));
}

#[divan::bench(args = SIZES)]
fn file(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let replica = board_of(lines);
    bencher.bench_local(|| board::file::read(&board::file::write(replica.board(), &replica.runs())));
}

#[divan::bench(args = SIZES)]
fn enter_in_the_text(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let mut replica = board_of(lines);
    let at = board::text::offset(replica.board(), &replica.board().order[lines / 2], 1_000);
    let command = Command::Splice { at: at.unwrap_or(0), delete: 0, insert: "\n".into() };
    bencher.bench_local(|| run(&mut replica, &command));
}

#[divan::bench(args = SIZES)]
fn drag(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let mut replica = board_of(lines);
    let line = replica.board().order[lines / 2].clone();
    let command = Command::Drop { lines: vec![line], by: Point { x: 1.0, y: 1.0 } };
    bencher.bench_local(|| run(&mut replica, &command));
}

#[divan::bench(args = SIZES)]
fn flow(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let replica = board_of(lines);
    bencher.bench_local(|| layout(replica.board()));
}

#[divan::bench(args = SIZES)]
fn open(bencher: divan::Bencher<'_, '_>, lines: usize) {
    let snapshot = board_of(lines).snapshot();
    bencher.bench_local(|| {
        Replica::open(2, PersonId::default(), || 1, [&snapshot[..]])
            .map(|replica| replica.board().order.len())
    });
}

//! What a keystroke, a line, a drag and opening cost on boards of a few sizes: `cargo bench -p board`.

use board::command::Splice;
use board::layout::layout;
use board::{Author, Command, PersonId, Point, Replica, Step, plan};

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

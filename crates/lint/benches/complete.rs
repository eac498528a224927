//! What may be typed, beside reading the same lines once. `cargo bench -p lint --bench complete`

use divan::Bencher;

mod text;

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 5_000])]
fn read_the_lines(bencher: Bencher<'_, '_>, lines: usize) {
    let text = text::distinct(lines);
    let lines: Vec<&str> = text.split('\n').collect();
    bencher.bench(|| lines.iter().map(|line| emd::line(line)).collect::<Vec<_>>());
}

#[divan::bench(args = [1_000, 5_000])]
fn an_event_after_requires(bencher: Bencher<'_, '_>, lines: usize) {
    complete(bencher, lines, "// @requires Thing");
}

#[divan::bench(args = [1_000, 5_000])]
fn a_property(bencher: Bencher<'_, '_>, lines: usize) {
    complete(bencher, lines, "Thing Item Lost // thing");
}

fn complete(bencher: Bencher<'_, '_>, lines: usize, last: &str) {
    let text = text::distinct(lines) + last;
    let lines: Vec<&str> = text.split('\n').collect();
    bencher.bench(|| emd::complete(&lines, lines.len() - 1, last.len()));
}

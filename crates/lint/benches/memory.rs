//! How much memory EMD to EML with validation takes at its peak: the line `max alloc`.
//!
//! `cargo bench -p lint --bench memory`. Apart from `emd_to_eml`, because counting allocations takes time.

use divan::{AllocProfiler, Bencher};
use lint::{Level, Options};

mod text;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn peak(bencher: Bencher<'_, '_>, lines: usize) {
    let text = text::distinct(lines);
    let options = Options { level: Level::SoftwareDesign, ..Options::default() };
    bencher.bench(|| {
        let lines: Vec<&str> = text.split('\n').collect();
        lint::inspect(&lines, &options)
    });
}

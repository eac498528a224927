//! What generating costs, of the largest sample: the check, each target, and the zip.
//!
//! `cargo bench -p codegen --bench generate`

use codegen::{Source, Target};
use divan::Bencher;

const LARGEST: &str = include_str!("../../../app/assets/web-shop.emd");

fn main() {
    divan::main();
}

fn source() -> Source {
    Source::of_text(LARGEST).expect("a sample without errors")
}

#[divan::bench]
fn check() -> Source {
    source()
}

#[divan::bench(args = Target::ALL.map(Target::id))]
fn generate(bencher: Bencher<'_, '_>, target: &str) {
    let (source, target) = (source(), Target::of_id(target).expect("a target"));
    bencher.bench(|| codegen::deliver(&source, target));
}

/// From the text to the zip, as the page's button does it.
#[divan::bench(args = Target::ALL.map(Target::id))]
fn from_text_to_zip(bencher: Bencher<'_, '_>, target: &str) {
    let target = Target::of_id(target).expect("a target");
    bencher.bench(|| codegen::zip(&codegen::deliver(&source(), target)).expect("a zip"));
}

//! From Event Markdown to EML with validation, beside splitting the same text into trimmed words.
//!
//! Both read the same text of distinct names, which grows a little with their number, and both keep what they find: the
//! words in one list, the check in a whole report. Dropping either is not measured.
//!
//! `cargo bench -p lint --bench emd_to_eml`. Quote the ratios of one run, not the times. Memory is the bench `memory`.

use divan::Bencher;
use eml::Profile;
use lint::{Level, Options};
use text::distinct;

mod text;

const LINES: [usize; 4] = [100, 1_000, 10_000, 100_000];

/// The same story again and again.
fn repeated(lines: usize) -> String {
    let story = "Add Item -> // todoId, description\nTodo Added // todoId, description\nTODO List* // todoId, description\n";
    "# TODO List\n".to_owned() + &story.repeat(lines / 3)
}

fn main() {
    divan::main();
}

#[divan::bench(args = LINES)]
fn split_into_trimmed_words(bencher: Bencher<'_, '_>, lines: usize) {
    let text = distinct(lines);
    bencher.bench(|| {
        let words = text.split(['\n', ',', ' ']).map(str::trim);
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    });
}

#[divan::bench(args = LINES)]
fn les(bencher: Bencher<'_, '_>, lines: usize) {
    check(bencher, &distinct(lines), Profile::Les);
}

#[divan::bench(args = LINES)]
fn squall(bencher: Bencher<'_, '_>, lines: usize) {
    check(bencher, &distinct(lines), Profile::Squall);
}

#[divan::bench(args = LINES)]
fn squall_of_one_story_repeated(bencher: Bencher<'_, '_>, lines: usize) {
    check(bencher, &repeated(lines), Profile::Squall);
}

fn check(bencher: Bencher<'_, '_>, text: &str, profile: Profile) {
    let options = Options { profile, level: Level::SoftwareDesign };
    bencher.bench(|| {
        let lines: Vec<&str> = text.split('\n').collect();
        lint::inspect(&lines, &options)
    });
}

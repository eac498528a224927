//! What a developer writes into keeps its name, whatever is added before it on the board.

use codegen::{Care, Source, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Files that are written once, with what they say.
fn once(text: &str, target: Target) -> BTreeMap<String, String> {
    let source = Source::of_text(text).unwrap_or_else(|why| panic!("{why:?}"));
    let tree = codegen::generate(&source, target);
    let once = tree.iter().filter(|(_, file)| file.care == Care::Once);
    once.map(|(path, file)| (path.to_owned(), file.text.clone())).collect()
}

fn board(parts: &[String]) -> String {
    format!("# Shop\n{}", parts.concat())
}

fn thing(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    let id = format!("{}{rest}Id", first.to_lowercase());
    format!("Add {name} -> // name\n{name} Added // {id}, name\n{name}s* // {id}, name\n")
}

fn context(name: &str, of: &str) -> String {
    format!("// @context {name}\n{}", thing(of))
}

/// Each file of the first board is one of the second, and begins as it did: with what it is about.
fn stays(before: &[String], after: &[String]) {
    let start = |text: &String| text.lines().take(3).collect::<String>();
    for target in [Target::Node, Target::Python] {
        let (before, after) = (once(&board(before), target), once(&board(after), target));
        for (path, text) in before {
            let then = after.get(&path).map(start);
            assert_eq!(then, Some(start(&text)), "{} {path}\n{:#?}", target.id(), after.keys());
        }
    }
}

#[test]
fn contexts_in_scripts_that_no_file_has_are_where_they_were() {
    let [order, stock, pay] =
        [("注文", "Cup"), ("倉庫", "Can"), ("支払い", "Pot")].map(|(name, of)| context(name, of));
    stays(&[order.clone(), stock.clone()], &[pay, stock, order]);
}

#[test]
fn contexts_that_are_one_without_their_marks_are_where_they_were() {
    let [one, other, third] =
        [("Bar!", "Cup"), ("Bar", "Can"), ("Bar?", "Pot")].map(|(name, of)| context(name, of));
    stays(&[one.clone(), other.clone()], &[third, other, one]);
}

#[test]
fn streams_that_are_one_in_small_letters_are_where_they_were() {
    let [one, other] = ["TODOList", "TodoList"].map(thing);
    stays(&[one.clone(), other.clone()], &[other, one]);
}

#[test]
fn conditions_in_the_same_words_are_told_apart_by_what_they_lead_to() {
    let policy =
        |then: &str, words: &str| format!("// @policy Whenever Cup Added, and {words}, Add {then}\n");
    let things = ["Cup", "Can", "Pot", "Pan"].map(thing).concat();
    let functions = |policies: &[String], target: Target| -> BTreeSet<String> {
        let files = once(&board(&[things.clone(), policies.concat()]), target);
        let (_, text) = files.iter().find(|(path, _)| path.contains("conditions")).expect("conditions");
        let names = text.lines().filter_map(|line| {
            let line = line.strip_prefix("export function ").or(line.strip_prefix("def "))?;
            line.split_once('(').map(|(name, _)| name.to_owned())
        });
        names.collect()
    };
    let paid = policy("Can", "it is paid");
    let all = [paid.clone(), policy("Pot", "it is paid"), policy("Can", "👍"), policy("Pan", "👎")];
    for (target, alone, beside) in [
        (Target::Node, "itIsPaid", ["itIsPaidThenAddCan", "itIsPaidThenAddPot"]),
        (Target::Python, "it_is_paid", ["it_is_paid_then_add_can", "it_is_paid_then_add_pot"]),
    ] {
        assert!(functions(std::slice::from_ref(&paid), target).contains(alone));
        let named = functions(&all, target);
        assert!(beside.iter().all(|name| named.contains(*name)), "{named:?}");
        assert_eq!(named.iter().filter(|name| name.starts_with("condition_")).count(), 2, "{named:?}");
        let turned: Vec<String> = all.iter().rev().cloned().collect();
        assert_eq!(named, functions(&turned, target));
    }
}

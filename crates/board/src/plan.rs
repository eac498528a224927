//! Commands to plans: pure. One file per idea; `arrange` is the engine that all changes of lines go through.
//!
//! Invariants: a plan is complete (carried out whole, the board is again as the rules of this crate say); an
//! impossible command (its line is gone) comes to an empty plan; a plan writes what changed and nothing else.
//! Not here: carrying plans out (`doc.rs`), places on the wall (`layout.rs`).

mod arrange;
mod hold;
mod insert;
mod rearrange;
mod reconcile;
mod remove;
mod splice;
mod wall;
mod write;

use crate::{Author, Board, Command, Level, Op, Person, Plan, paste};
use hold::{is_locked, unlocked};

/// What `command` comes to on this board. An impossible command (its line is gone) comes to an empty plan.
pub fn plan(board: &Board, command: &Command, author: &mut Author<'_>) -> Plan {
    let mut plan = match command {
        Command::Add { at, text, place } => insert::add(board, at, text, *place, author),
        Command::Paste { at, text, place } => insert::paste(board, at, text, *place, author),
        Command::Duplicate { lines, by } => insert::duplicate(board, lines, *by, author),
        Command::Type { line, .. } | Command::SetProperties { line, .. } if is_locked(board, line) => {
            Plan::default()
        }
        Command::Type { line, splices } => write::edit(board, line, splices, author),
        Command::SetKind { lines, kind } => write::set_kind(board, &unlocked(board, lines), *kind, author),
        Command::SetProperties { line, properties } => write::set_properties(board, line, properties, author),
        Command::Splice { at, delete, insert } => splice::splice(board, *at, *delete, insert, author),
        Command::Replace { text } => reconcile::replace(board, text, author),
        Command::Move { lines, at } => rearrange::move_lines(board, lines, at, author),
        Command::Drop { lines, by } => wall::drop(board, &unlocked(board, lines), *by, author),
        Command::Align { lines, edge } => wall::align(board, &unlocked(board, lines), *edge),
        Command::Group { lines } => hold::group(board, lines, author),
        Command::Ungroup { lines } => hold::ungroup(board, lines),
        Command::Lock { lines, locked } => hold::lock(board, lines, *locked),
        Command::Tidy => wall::tidy(board),
        Command::Remove { lines } => remove::remove(board, &unlocked(board, lines), author),
        Command::Restore { lines } => remove::restore(board, lines),
        Command::Introduce { name, colour } => Plan {
            ops: vec![Op::SetPerson {
                id: author.me.clone(),
                person: Person { name: name.clone(), colour: colour.clone() },
            }],
            touched: Vec::new(),
        },
        Command::Run(writes) => Plan { ops: writes.ops(), touched: Vec::new() },
        Command::SetLevel(level) => Plan { ops: vec![Op::SetLevel(*level)], touched: Vec::new() },
    };
    if begins_as_text(board, command) {
        plan.ops.push(Op::SetLevel(Level::SoftwareDesign));
    }
    plan
}

/// Twelve letters: 71 random bits.
fn fresh_word(author: &mut Author<'_>) -> String {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let bits = u128::from((author.random)()) << 64 | u128::from((author.random)());
    let letter = |place: u32| char::from(LETTERS[(bits / 62_u128.pow(place) % 62) as usize]);
    (0..12).map(letter).collect()
}

/// A text that arrives on an empty board comes from somebody who models: it is checked like code.
fn begins_as_text(board: &Board, command: &Command) -> bool {
    let (Command::Paste { text, .. } | Command::Replace { text } | Command::Splice { insert: text, .. }) =
        command
    else {
        return false;
    };
    text.lines().filter(|line| !line.trim().is_empty()).count() > 1
        && paste::is_plain(text)
        && board.texts().all(|line| line.trim().is_empty())
}

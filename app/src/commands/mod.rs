//! What people can do, one record a command: its title, its keys, when it can be done, and the doing. The same
//! records feed the keys, the palette, the right-click menu and the shortcut sheet, so none of them can be forgotten
//! when a command is added.
//!
//! Not here: gestures of the pointer (`tools`), writing on a sticky (`view::editor`).

mod arrange;
pub mod clipboard;
mod create;
mod edit;
mod help;
mod keys;
mod look;

pub use keys::{Press, fits, is_letter_key, listen, on_control};
pub use look::go;

use crate::messages::commands as words;
use crate::session::Session;
use emd::Kind;
use leptos::prelude::*;

/// One thing that can be done.
pub struct Record {
    /// Never changes: what was used lately is remembered by it.
    pub id: &'static str,
    pub title: &'static str,
    /// As the sheet shows them, `Ctrl+Shift+Z`; the first is shown on menus. See `keys::fits`.
    pub keys: &'static [&'static str],
    pub section: Section,
    pub menu: Option<Menu>,
    /// The kind that it makes or gives.
    pub kind: Option<Kind>,
    /// Its keys work in fields too.
    pub everywhere: bool,
    /// Without one of its keys it does not know what to do: it is on the sheet alone.
    pub by_key_only: bool,
    pub enabled: fn(Session) -> bool,
    pub run: fn(Session, &Given),
}

/// What a command is given besides the session.
#[derive(Clone, Copy, Default)]
pub struct Given<'a> {
    /// Nothing when it was chosen in the palette or on a menu.
    pub press: Option<&'a Press>,
    pub kind: Option<Kind>,
}

/// Where a command stands on the right-click menu.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Menu {
    Sticky,
    Wall,
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    Create,
    Edit,
    Kinds,
    Arrange,
    Look,
    Help,
}

impl Section {
    pub const ALL: [Section; 6] =
        [Section::Create, Section::Edit, Section::Kinds, Section::Arrange, Section::Look, Section::Help];

    pub const fn title(self) -> &'static str {
        match self {
            Section::Create => words::SECTION_CREATE,
            Section::Edit => words::SECTION_EDIT,
            Section::Kinds => words::SECTION_KINDS,
            Section::Arrange => words::SECTION_ARRANGE,
            Section::Look => words::SECTION_LOOK,
            Section::Help => words::SECTION_HELP,
        }
    }
}

impl Record {
    const fn new(
        id: &'static str,
        title: &'static str,
        section: Section,
        run: fn(Session, &Given),
    ) -> Record {
        Record {
            id,
            title,
            keys: &[],
            section,
            menu: None,
            kind: None,
            everywhere: false,
            by_key_only: false,
            enabled: |_| true,
            run,
        }
    }

    const fn keys(self, keys: &'static [&'static str]) -> Record {
        Record { keys, ..self }
    }

    const fn on_menu(self, menu: Menu) -> Record {
        Record { menu: Some(menu), ..self }
    }

    const fn about(self, kind: Kind) -> Record {
        Record { kind: Some(kind), ..self }
    }

    const fn everywhere(self) -> Record {
        Record { everywhere: true, ..self }
    }

    const fn by_key_only(self) -> Record {
        Record { by_key_only: true, ..self }
    }

    const fn when(self, enabled: fn(Session) -> bool) -> Record {
        Record { enabled, ..self }
    }

    pub fn is_enabled(&self, session: Session) -> bool {
        (self.enabled)(session)
    }

    /// Does it, if it can be done now.
    pub fn run(&self, session: Session, press: Option<&Press>) {
        if self.is_enabled(session) {
            (self.run)(session, &Given { press, kind: self.kind });
        }
    }
}

/// Every command, section by section in the order of the sheet.
pub fn all() -> impl Iterator<Item = &'static Record> {
    let lists: [&'static [Record]; 6] =
        [create::RECORDS, edit::RECORDS, create::CHANGES, arrange::RECORDS, look::RECORDS, help::RECORDS];
    lists.into_iter().flatten()
}

// ---- when something can be done

fn can_write(session: Session) -> bool {
    session.can_write()
}

fn has_selection(session: Session) -> bool {
    session.selection.with_untracked(|all| !all.is_empty())
}

fn can_change(session: Session) -> bool {
    session.can_write() && has_selection(session)
}

fn is_any_locked(session: Session) -> bool {
    session.with_board(|board| {
        session
            .selection
            .with_untracked(|all| all.iter().any(|id| board.line(id).is_some_and(|line| line.locked)))
    })
}

/// What a lock keeps from happening is said, not passed over.
fn tell_of_locks(session: Session) {
    if is_any_locked(session) {
        session.say(words::IS_LOCKED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_command_has_an_id_of_its_own_and_a_title() {
        let mut seen = HashSet::new();
        for record in all() {
            assert!(seen.insert(record.id), "{} is there twice", record.id);
            assert!(!record.title.is_empty(), "{}", record.id);
        }
    }

    /// Two commands may share a key only if they are each other's counterpart: making a kind and giving it, nudging
    /// and panning, locking and unlocking. The first that is possible now is done.
    #[test]
    fn no_key_means_two_things() {
        let shared = |a: &Record, b: &Record| {
            (a.section == Section::Create && b.section == Section::Kinds && a.kind == b.kind)
                || (a.id == "nudge" && b.id == "pan")
                || (a.id == "lock" && b.id == "unlock")
        };
        let records: Vec<&Record> = all().collect();
        for (at, one) in records.iter().enumerate() {
            for other in &records[at + 1..] {
                let same = one.keys.iter().find(|key| other.keys.contains(key));
                assert!(same.is_none() || shared(one, other), "{} and {}: {same:?}", one.id, other.id);
            }
        }
    }

    #[test]
    fn every_key_of_a_record_can_be_pressed() {
        for key in all().flat_map(|record| record.keys) {
            let press = keys::example(key);
            assert!(keys::fits(key, &press), "{key}: {press:?}");
        }
    }

    #[test]
    fn sections_stand_in_their_order() {
        let order: Vec<Section> = all().map(|record| record.section).collect();
        let at = |section| Section::ALL.iter().position(|other| *other == section);
        assert!(order.is_sorted_by_key(|section| at(*section)));
    }
}

//! Folders as maps of texts: what was generated, what people did, what generating again makes of it.

use super::{Action, Conflict, Found, Past, Plan, Resolve, Write};
use crate::manifest::{Entry, Manifest, digest};
use crate::{Care, Tree};
use std::collections::BTreeMap;

type Folder = BTreeMap<String, String>;

fn tree(files: &[(&str, Care, &str)]) -> Tree {
    let mut tree = Tree::default();
    files.iter().for_each(|(path, care, text)| tree.put(*path, *care, *text));
    tree
}

fn past(tree: &Tree) -> Past {
    let entry = |(path, file): (&str, &crate::File)| {
        (path.to_owned(), Entry { care: file.care, sha256: digest(&file.text) })
    };
    let merged = tree.iter().filter(|(_, file)| file.care == Care::Merged);
    Past {
        manifest: Manifest {
            target: "node".into(),
            model: "m".into(),
            files: tree.iter().map(entry).collect(),
        },
        bases: merged.map(|(path, file)| (path.to_owned(), file.text.clone())).collect(),
    }
}

fn plan(tree: &Tree, pasts: &[Past], folder: &Folder) -> Plan {
    Plan::new(tree, pasts, &|path| folder.get(path).map_or(Found::Nothing, |text| Found::Text(text.clone())))
}

fn words(plan: &Plan) -> Vec<(&str, &str)> {
    plan.steps.iter().map(|step| (step.action.word(), step.path.as_str())).collect()
}

fn carry_out(writes: &[Write], folder: &mut Folder) {
    for write in writes {
        match write {
            Write::Put { path, text } | Write::Beside { path, text } => {
                drop(folder.insert(path.clone(), text.clone()));
            }
            Write::Delete { path } => drop(folder.remove(path)),
        }
    }
}

fn written(plan: &Plan, resolve: Resolve, folder: &Folder) -> Folder {
    let mut folder = folder.clone();
    carry_out(&plan.writes(resolve, &|_| None), &mut folder);
    folder
}

fn first() -> Tree {
    tree(&[
        ("api.ts", Care::Owned, "routes 1\n"),
        ("domain.ts", Care::Once, "decide\n"),
        ("old.ts", Care::Owned, "old\n"),
        ("package.json", Care::Merged, "{\"a\": 1, \"b\": 1}\n"),
        ("same.ts", Care::Owned, "same\n"),
    ])
}

fn second() -> Tree {
    tree(&[
        ("api.ts", Care::Owned, "routes 2\n"),
        ("domain.ts", Care::Once, "decide anew\n"),
        ("new.ts", Care::Owned, "new\n"),
        ("package.json", Care::Merged, "{\"a\": 2, \"b\": 1}\n"),
        ("same.ts", Care::Owned, "same\n"),
    ])
}

fn generated(tree: &Tree) -> Folder {
    tree.iter().map(|(path, file)| (path.to_owned(), file.text.clone())).collect()
}

#[test]
fn an_empty_folder_is_filled() {
    let plan = plan(&first(), &[], &Folder::new());
    assert!(plan.steps.iter().all(|step| step.action == Action::Create));
    assert_eq!(written(&plan, Resolve::Leave, &Folder::new()), generated(&first()));
}

#[test]
fn what_nobody_touched_is_brought_up_to_date() {
    let folder = generated(&first());
    let plan = plan(&second(), &[past(&first())], &folder);
    assert_eq!(
        words(&plan),
        [
            ("update", "api.ts"),
            ("keep", "domain.ts"),
            ("create", "new.ts"),
            ("delete", "old.ts"),
            ("merge", "package.json"),
            ("unchanged", "same.ts"),
        ]
    );
    let after = written(&plan, Resolve::Leave, &folder);
    assert_eq!(after["domain.ts"], "decide\n");
    assert!(!after.contains_key("old.ts"));
    assert!(
        super::Plan::new(&second(), &[past(&second())], &|path| after
            .get(path)
            .cloned()
            .map_or(Found::Nothing, Found::Text))
        .is_idle()
    );
}

#[test]
fn an_edited_file_is_never_overwritten_silently() {
    let mut folder = generated(&first());
    folder.insert("api.ts".into(), "routes of mine\n".into());
    let plan = plan(&second(), &[past(&first())], &folder);
    let conflicts: Vec<_> = plan.conflicts().map(|(step, why)| (step.path.as_str(), why.clone())).collect();
    assert_eq!(conflicts, [("api.ts", Conflict::Edited)]);
    assert_eq!(written(&plan, Resolve::Leave, &folder)["api.ts"], "routes of mine\n");
    assert_eq!(written(&plan, Resolve::Overwrite, &folder)["api.ts"], "routes 2\n");
    let beside = written(&plan, Resolve::ThreeWay, &folder);
    assert_eq!(
        (beside["api.ts"].as_str(), beside["api.ts.new"].as_str()),
        ("routes of mine\n", "routes 2\n")
    );
}

#[test]
fn beside_an_edited_file_lie_both_changes_where_the_base_is_known() {
    let before = tree(&[("api.ts", Care::Owned, "1\n2\n3\n4\n5\n")]);
    let after = tree(&[("api.ts", Care::Owned, "one\n2\n3\n4\n5\n")]);
    let folder = Folder::from([("api.ts".to_owned(), "1\n2\n3\n4\nfive\n".to_owned())]);
    let plan = plan(&after, &[past(&before)], &folder);
    let writes = plan.writes(Resolve::ThreeWay, &|path| before.get(path).map(|file| file.text.clone()));
    assert_eq!(writes, [Write::Beside { path: "api.ts.new".into(), text: "one\n2\n3\n4\nfive\n".into() }]);
}

#[test]
fn an_edit_that_the_generator_has_nothing_against_stays_quietly() {
    let mut folder = generated(&first());
    folder.insert("same.ts".into(), "mine\n".into());
    let plan = plan(&first(), &[past(&first())], &folder);
    assert!(plan.is_idle() && words(&plan).contains(&("edited", "same.ts")));
    assert_eq!(written(&plan, Resolve::Overwrite, &folder)["same.ts"], "same\n");
}

#[test]
fn what_is_no_longer_generated_goes_unless_it_was_edited() {
    let mut folder = generated(&first());
    folder.insert("old.ts".into(), "old, and mine\n".into());
    let nothing = tree(&[]);
    let plan = plan(&nothing, &[past(&first())], &folder);
    assert_eq!(
        words(&plan),
        [
            ("delete", "api.ts"),
            ("release", "domain.ts"),
            ("release", "old.ts"),
            ("delete", "package.json"),
            ("delete", "same.ts"),
        ]
    );
    let left: Vec<String> = written(&plan, Resolve::Leave, &folder).into_keys().collect();
    assert_eq!(left, ["domain.ts", "old.ts"]);
}

#[test]
fn what_was_there_before_is_foreign() {
    let folder = Folder::from([
        ("api.ts".to_owned(), "mine\n".to_owned()),
        ("domain.ts".to_owned(), "mine\n".to_owned()),
        ("package.json".to_owned(), "{\"a\": 9}\n".to_owned()),
        ("same.ts".to_owned(), "same\r\n".to_owned()),
    ]);
    let plan = plan(&first(), &[], &folder);
    assert_eq!(
        words(&plan),
        [
            ("conflict", "api.ts"),
            ("keep", "domain.ts"),
            ("create", "old.ts"),
            ("merge", "package.json"),
            ("unchanged", "same.ts"),
        ]
    );
    let after = written(&plan, Resolve::Leave, &folder);
    assert_eq!(after["package.json"], "{\n  \"a\": 9,\n  \"b\": 1\n}\n");
    assert_eq!(after["api.ts"], "mine\n");
}

#[test]
fn nothing_is_written_through_what_is_no_file() {
    let found = |_: &str| Found::Other("a link");
    let plan = Plan::new(&tree(&[("api.ts", Care::Owned, "")]), &[], &found);
    assert_eq!(plan.conflicts().count(), 1);
    assert!(plan.writes(Resolve::Overwrite, &|_| None).is_empty());
}

#[test]
fn wherever_a_generation_stops_the_next_one_finishes_it() {
    let third = tree(&[
        ("api.ts", Care::Owned, "routes 3\n"),
        ("domain.ts", Care::Once, "decide\n"),
        ("newest.ts", Care::Owned, "newest\n"),
        ("package.json", Care::Merged, "{\"a\": 3}\n"),
        ("same.ts", Care::Owned, "same\n"),
    ]);
    let start = generated(&first());
    let writes = plan(&second(), &[past(&first())], &start).writes(Resolve::Leave, &|_| None);
    for done in 0..=writes.len() {
        let mut folder = start.clone();
        carry_out(&writes[..done], &mut folder);
        let pasts = [past(&second()), past(&first())];
        let next = plan(&third, &pasts, &folder);
        assert_eq!(next.conflicts().count(), 0, "after {done} of {} writes", writes.len());
        let mut wanted = generated(&third);
        wanted.insert("package.json".into(), "{\n  \"a\": 3\n}\n".into());
        assert_eq!(
            written(&next, Resolve::Leave, &folder),
            wanted,
            "after {done} of {} writes",
            writes.len()
        );
    }
}

/// A folder to which capitals mean nothing, as on Windows and macOS.
fn without_capitals(tree: &Tree, pasts: &[Past], folder: &Folder) -> Plan {
    let at = |path: &str| folder.get(&path.to_lowercase());
    Plan::new(tree, pasts, &|path| at(path).map_or(Found::Nothing, |text| Found::Text(text.clone())))
}

#[test]
fn a_file_whose_name_gets_other_capitals_is_there_afterwards_on_every_system() {
    let before = tree(&[("Bar.ts", Care::Owned, "one\n")]);
    let after = tree(&[("bar.ts", Care::Owned, "two\n")]);
    let pasts = [past(&before)];
    let folder = Folder::from([("Bar.ts".to_owned(), "one\n".to_owned())]);
    let told = plan(&after, &pasts, &folder);
    assert_eq!(words(&told), [("delete", "Bar.ts"), ("create", "bar.ts")]);
    let wanted = Folder::from([("bar.ts".to_owned(), "two\n".to_owned())]);
    assert_eq!(written(&told, Resolve::Leave, &folder), wanted);
    let folder = Folder::from([("bar.ts".to_owned(), "one\n".to_owned())]);
    let told = without_capitals(&after, &pasts, &folder);
    assert_eq!(words(&told), [("delete", "Bar.ts"), ("update", "bar.ts")]);
    let mut there = folder.clone();
    for write in told.writes(Resolve::Leave, &|_| None) {
        match write {
            Write::Put { path, text } | Write::Beside { path, text } => {
                drop(there.insert(path.to_lowercase(), text));
            }
            Write::Delete { path } => drop(there.remove(&path.to_lowercase())),
        }
    }
    assert_eq!(there, wanted);
    // Edited, it is nobody's to overwrite under either name.
    let edited = Folder::from([("bar.ts".to_owned(), "mine\n".to_owned())]);
    let told = without_capitals(&after, &pasts, &edited);
    assert_eq!(words(&told), [("release", "Bar.ts"), ("conflict", "bar.ts")]);
}

//! The specifications of the samples: those of the TODO list byte by byte, all of them through the validators of each
//! ecosystem.
//!
//! `UPDATE_GOLDEN=1` writes the golden tree anew.

use codegen::{Source, Target, Tree, generate};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `None`: the sample has errors, so nothing is generated from it.
fn specs(sample: &Path) -> Option<Tree> {
    let source = Source::of_text(&fs::read_to_string(sample).unwrap()).ok()?;
    Some(generate(&source, Target::Specifications))
}

/// Those of the page, and what they lack.
fn samples() -> Vec<PathBuf> {
    let folders = [root().join("app/assets"), Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    let mut samples: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "emd")).collect();
    samples.sort();
    samples
}

fn write(tree: &Tree, folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    for (path, file) in tree.iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
}

fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => read(&entry.path(), &format!("{name}/"), files),
            false => {
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
}

#[test]
fn the_todo_list_is_as_it_was() {
    let tree = specs(&root().join("app/assets/todolist.emd")).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/specs");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        write(&tree, &golden);
    }
    let mut wanted = BTreeMap::new();
    read(&golden, "", &mut wanted);
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    assert_eq!(paths, wanted.keys().collect::<Vec<_>>());
    for (path, file) in tree.iter() {
        assert_eq!(file.text, wanted[path], "{path}: UPDATE_GOLDEN=1 takes it as it is now");
    }
}

#[test]
fn all_samples_are_written_for_the_validators() {
    let folder = root().join("target/specs");
    let _ = fs::remove_dir_all(&folder);
    let mut not_ready = Vec::new();
    for sample in samples() {
        let name = sample.file_stem().unwrap().to_str().unwrap();
        match specs(&sample) {
            Some(tree) => write(&tree, &folder.join(name)),
            None => not_ready.push(name.to_owned()),
        }
    }
    assert_eq!(not_ready, ["shopping"]);
}

//! The golden project, byte by byte, and all samples.

use crate::{Source, Target, Tree, generate};
use std::path::{Path, PathBuf};
use std::{env, fs};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn service(text: &str) -> Tree {
    generate(&Source::of_text(text).unwrap(), Target::Python)
}

fn sample(name: &str) -> Tree {
    service(&fs::read_to_string(root().join("app/assets").join(name)).unwrap())
}

fn samples() -> Vec<String> {
    let assets = fs::read_dir(root().join("app/assets")).unwrap();
    let names = assets.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // The ninth of LES's samples has errors, which is what it shows.
    names.filter(|name| name.ends_with(".emd") && name != "shopping.emd").collect()
}

/// What has a golden project of its own.
fn is_specification(path: &str) -> bool {
    ["specs/", "model/", ".squall/"].iter().any(|folder| path.starts_with(folder))
}

/// `UPDATE_GOLDEN=1` writes it again.
#[test]
fn the_todo_list_is_the_golden_project() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/python");
    let tree = sample("todolist.emd");
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    for (path, file) in tree.iter().filter(|(path, _)| !is_specification(path)) {
        let golden = golden.join(path);
        if update {
            fs::create_dir_all(golden.parent().unwrap()).unwrap();
            fs::write(&golden, &file.text).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(file.text, wanted, "{path}");
    }
}

#[test]
fn every_sample_becomes_a_service() {
    for name in samples() {
        let tree = sample(&name);
        let domains = tree.iter().filter(|(path, _)| path.ends_with("/domain.py")).count();
        assert!(domains > 0, "{name}");
        for (path, file) in tree.iter().filter(|(path, _)| path.ends_with(".py") && !is_specification(path)) {
            assert!(file.text.ends_with('\n') || file.text.is_empty(), "{name} {path}");
            assert!(!file.text.contains("\n\n\n\n"), "{name} {path}");
        }
    }
}

/// `WRITE_SAMPLES=folder` leaves all samples there, to be tried.
#[test]
fn samples_can_be_tried() {
    let Some(folder) = env::var_os("WRITE_SAMPLES") else { return };
    for name in samples() {
        for (path, file) in sample(&name).iter() {
            let path = Path::new(&folder).join(name.trim_end_matches(".emd")).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.text).unwrap();
        }
    }
}

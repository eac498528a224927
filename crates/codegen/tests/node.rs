//! The service for Node that LES's TODO list becomes, byte by byte. `UPDATE_GOLDEN=1` writes it anew.

use codegen::{Source, Target, generate};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/node")
}

fn sample(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../app/assets").join(name);
    let text = fs::read_to_string(path).unwrap();
    Source::of_text(&text).unwrap_or_else(|why| panic!("{name} {why:?}"))
}

/// All files of a service but its specifications, which have tests of their own.
fn service(name: &str) -> BTreeMap<String, String> {
    let tree = generate(&sample(name), Target::Node);
    let own = tree.iter().filter(|(path, _)| !path.starts_with("specs/") && !path.starts_with("model/"));
    own.map(|(path, file)| (path.to_owned(), file.text.clone())).collect()
}

fn read(folder: &Path, below: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        if ["node_modules", "data", "specs", "model"].contains(&name.as_str()) {
            continue;
        }
        match path.is_dir() {
            true => read(folder, &path, files),
            false => drop(files.insert(name, fs::read_to_string(&path).unwrap())),
        }
    }
}

#[test]
fn the_todo_list_becomes_the_golden_service() {
    let (folder, service) = (folder(), service("todolist.emd"));
    if env::var_os("UPDATE_GOLDEN").is_some() {
        for (path, text) in &service {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let mut golden = BTreeMap::new();
    read(&folder, &folder, &mut golden);
    assert_eq!(service.keys().collect::<Vec<_>>(), golden.keys().collect::<Vec<_>>());
    for (path, text) in &service {
        assert!(golden[path] == *text, "{path} differs:\n{text}");
    }
}

#[test]
fn every_sample_becomes_a_service_with_a_file_for_each_stream() {
    let samples =
        "coffee-shop consentaur email inventory library subscriptions timesheets veggiesgalore web-shop";
    for name in samples.split(' ') {
        let source = sample(&format!("{name}.emd"));
        let tree = generate(&source, Target::Node);
        let decisions = tree
            .iter()
            .filter(|(path, _)| path.starts_with("src/domain/") && !path.ends_with("conditions.ts"));
        assert_eq!(decisions.count(), source.model.categories.len(), "{name}");
    }
}

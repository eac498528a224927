//! Whatever people call things, what is generated can be read: JSON, YAML and TOML here, TypeScript and Python by their
//! own compilers.
//!
//! `HOSTILE_SEED` plays one model, `HOSTILE_MODELS` so many. With `--ignored` what is generated is compiled too, which
//! wants `python3` and, in `TYPESCRIPT`, a folder with the package `typescript` in its `node_modules`.

mod compilers;
mod models;

use codegen::{Care, NotReady, Source, Target, Tree, manifest::Manifest, merge, path};
use std::collections::BTreeSet;

/// Models of the short run.
const FEW: u64 = 40;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Models that pass the checker, with their seeds.
fn sources(many: u64) -> impl Iterator<Item = (u64, Source)> {
    let seeds = match number("HOSTILE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("HOSTILE_MODELS").unwrap_or(many),
    };
    seeds.filter_map(|seed| Some((seed, Source::of_text(&models::board(seed)).ok()?)))
}

#[test]
fn most_hostile_models_pass_the_checker() {
    let refused: Vec<NotReady> =
        (0..FEW).filter_map(|seed| Source::of_text(&models::board(seed)).err()).collect();
    let why: Vec<_> = refused.iter().flat_map(|one| one.errors.iter().map(|error| &error.message)).collect();
    assert!(refused.len() < 20, "{} of {FEW}: {why:#?}", refused.len());
}

#[test]
fn what_is_generated_can_be_read() {
    for (seed, source) in sources(FEW) {
        for target in Target::ALL {
            let tree = codegen::deliver(&source, target);
            let about = format!("HOSTILE_SEED={seed} {}", target.id());
            paths_are_safe_and_differ(&tree, &about);
            tree.iter().for_each(|(path, file)| formats_are_read(path, &file.text, &about));
            merged_files_merge(&tree, &about);
            let manifest = tree.get(codegen::manifest::MANIFEST).expect("a manifest");
            Manifest::read(&manifest.text).unwrap_or_else(|error| panic!("{about}: {error}"));
            codegen::zip(&tree).unwrap_or_else(|error| panic!("{about}: {error}"));
        }
    }
}

/// What Windows calls its devices, names that differ in capitals only, and names that are one without their marks.
#[test]
fn files_of_all_names_can_lie_side_by_side() {
    for name in ["Con", "aux", "NUL", "com1", "Lpt9", "Bar", "Bär"] {
        let part = |context: &str| {
            format!(
                "// @context {context}\nAdd Cup -> // name\nCup Added // cupId, name\nCups* // cupId, name\n"
            )
        };
        let others = [name.to_lowercase(), name.to_uppercase(), format!("{name}!")];
        let parts: BTreeSet<&str> = others.iter().map(String::as_str).chain([name]).collect();
        let own = format!("{name} -> // name\nThing Added // thingId, name\nThings* // thingId, name\n");
        let text: String = ["# X\n// @context Own\n", &own]
            .into_iter()
            .map(str::to_owned)
            .chain(parts.into_iter().map(part))
            .collect();
        let source = Source::of_text(&text).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        for target in Target::ALL {
            let tree = codegen::deliver(&source, target);
            paths_are_safe_and_differ(&tree, &format!("{name} {}", target.id()));
        }
    }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let (_, source) = sources(FEW).next().expect("a model");
    for target in Target::ALL {
        let again = Source::of_text(&source.text).expect("ready");
        assert!(codegen::deliver(&source, target) == codegen::deliver(&again, target), "{}", target.id());
    }
}

/// Many file systems hold names that differ by capitals for one.
fn paths_are_safe_and_differ(tree: &Tree, about: &str) {
    let mut seen = BTreeSet::new();
    for (path, _) in tree.iter() {
        assert!(path::is_safe(path), "{about}: {path:?} is no path");
        assert!(seen.insert(path.to_lowercase()), "{about}: {path:?} is there twice");
    }
    // Nothing is a file and a folder.
    for path in &seen {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.for_each(|folder| assert!(!seen.contains(folder), "{about}: {folder:?} is a file, too"));
    }
}

fn formats_are_read(path: &str, text: &str, about: &str) {
    let error = match path.rsplit('.').next().unwrap_or_default() {
        "json" | "avsc" => {
            serde_json::from_str::<serde_json::Value>(text).err().map(|error| error.to_string())
        }
        "yaml" | "yml" => {
            yaml_serde::from_str::<yaml_serde::Value>(text).err().map(|error| error.to_string())
        }
        "toml" => text.parse::<toml_edit::DocumentMut>().err().map(|error| error.to_string()),
        _ => None,
    };
    if let Some(error) = error {
        panic!("{about}: {path}: {error}\n{text}");
    }
}

fn merged_files_merge(tree: &Tree, about: &str) {
    for (path, file) in tree.iter().filter(|(_, file)| file.care == Care::Merged) {
        let merged = merge::merge(path, Some(&file.text), &file.text, &file.text);
        assert!(merged.is_ok_and(|merged| merged.text == file.text), "{about}: {path}");
    }
}

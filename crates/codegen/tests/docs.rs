//! Documentation, diagrams and catalogs of the samples and of a board full of marks: links lead somewhere, pictures are
//! there, and the parsers of the tools they are for take them.

use codegen::{Source, Target, Tree, generate};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Marks that end strings, comments, tables, links and elements somewhere, wherever people may write them.
const MARKS: &str = include_str!("hostile/docs.emd");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The trees by name; a sample that is not ready has none.
fn trees() -> Vec<(String, Tree)> {
    let files = std::fs::read_dir(root().join("app/assets")).unwrap().map(|entry| entry.unwrap().path());
    let emd = files.filter(|path| path.extension().is_some_and(|end| end == "emd"));
    let mut texts: Vec<(String, String)> = emd
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    texts.push(("marks".to_owned(), MARKS.to_owned()));
    texts.sort();
    let tree = |text: &str| Source::of_text(text).map(|source| generate(&source, Target::Specifications));
    let trees: Vec<_> =
        texts.into_iter().filter_map(|(name, text)| Some((name, tree(&text).ok()?))).collect();
    assert!(trees.len() > 9 && trees.iter().any(|(name, _)| name == "marks"));
    trees
}

/// The targets of all links and pictures of a page; what people wrote like one is none.
fn links(page: &str) -> Vec<&str> {
    let begins = page.match_indices("](").filter(|(at, _)| !page[..*at].ends_with('\\'));
    begins.filter_map(|(at, _)| page[at + 2..].split(')').next()).collect()
}

fn anchors(page: &str) -> BTreeSet<&str> {
    page.match_indices("<a id=\"")
        .filter_map(|(at, mark)| page[at + mark.len()..].split('"').next())
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    for (name, tree) in trees() {
        let page = |path: &str| tree.get(path).map(|file| file.text.as_str());
        let mut seen = 0;
        for (path, file) in tree.iter().filter(|(path, _)| path.starts_with("docs/") && path.ends_with(".md"))
        {
            for link in links(&file.text) {
                let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target = match target {
                    "" => path.to_owned(),
                    target => match target.strip_prefix("../") {
                        Some(target) => target.to_owned(),
                        None => format!("docs/{target}"),
                    },
                };
                let Some(there) = page(&target) else { panic!("{name}: {path} leads to {link}") };
                assert!(
                    anchor.is_empty() || anchors(there).contains(anchor),
                    "{name}: {path} leads to {link}"
                );
                seen += 1;
            }
        }
        assert!(seen > 10, "{name}");
    }
}

#[test]
fn what_people_wrote_is_no_html_and_stays_in_its_cell() {
    let trees = trees();
    let (_, tree) = trees.iter().find(|(name, _)| name == "marks").unwrap();
    for (path, file) in tree.iter().filter(|(path, _)| path.ends_with(".md") || path.ends_with(".mdx")) {
        // Front matter is YAML, whose strings are nobody's elements.
        let page = match path.ends_with(".mdx") {
            true => file.text.splitn(3, "---\n").nth(2).unwrap_or_default(),
            false => &file.text,
        };
        assert!(!page.contains("<script"), "{path}");
        let mut cells = None;
        for line in page.lines() {
            if !line.starts_with("| ") && !line.starts_with("|-") {
                cells = None;
                continue;
            }
            let count = line.replace("\\|", "").matches('|').count();
            assert_eq!(*cells.get_or_insert(count), count, "{path}: {line}");
        }
    }
}

/// Mermaid's parser, Graphviz, MDX and YAML, from npm.
#[test]
fn tools_take_diagrams_and_catalogs() {
    let folder = root().join("target/docs");
    let _ = std::fs::remove_dir_all(&folder);
    for (name, tree) in trees() {
        for (path, file) in tree.iter().filter(|(path, _)| !path.starts_with("docs/")) {
            let path = folder.join(&name).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
    }
    let packages = std::env::var_os("SQUALL_NODE").map_or_else(|| root().join("target/npm"), PathBuf::from);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validators/docs.mjs");
    let done = Command::new("node")
        .args([script.canonicalize().unwrap(), folder.canonicalize().unwrap()])
        .current_dir(packages)
        .output()
        .expect("node is missing: install Node 20 or newer");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}\n`cargo xtask test` installs the packages into target/npm");
    // PlantUML is a program of its own: its parser is asked where it is installed.
    let diagrams: Vec<PathBuf> =
        trees().iter().map(|(name, _)| folder.join(name).join("diagrams/flow.puml")).collect();
    if let Ok(done) = Command::new("plantuml").args(["-checkonly", "-failfast2"]).args(&diagrams).output() {
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

//! Which crate may know which, over `cargo metadata`, and that versions stand in the root manifest only.

use std::fs;

use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::shell::Root;

/// Crate, where it lives, and the crates of this workspace it may use. A new edge is a decision: it is made here.
pub const CRATES: [(&str, &str, &[&str]); 19] = [
    ("diag", "crates/diag", &[]),
    ("emd", "crates/emd", &["diag"]),
    ("eml", "crates/eml", &["diag", "emd"]),
    ("lint", "crates/lint", &["diag", "emd", "eml"]),
    ("board", "crates/board", &["diag", "emd"]),
    ("protocol", "crates/protocol", &[]),
    ("sim", "crates/sim", &["emd", "eml", "protocol"]),
    ("draw", "crates/draw", &["board", "emd", "eml"]),
    ("codegen", "crates/codegen", &["diag", "draw", "emd", "eml", "lint", "protocol", "sim"]),
    ("server", "server", &["board", "diag", "draw", "emd", "eml", "lint"]),
    (
        "cli",
        "crates/cli",
        &["board", "codegen", "diag", "draw", "emd", "eml", "lint", "protocol", "server", "sim"],
    ),
    ("elements", "app/elements", &[]),
    ("app", "app", &["board", "diag", "draw", "elements", "emd", "eml", "lint", "protocol"]),
    ("worker", "worker", &["protocol", "sim"]),
    ("generator", "generator", &["codegen", "draw", "protocol", "sim"]),
    ("contract", "tests/contract", &["codegen", "eml", "emd", "protocol", "sim"]),
    ("simulator-bench", "tests/simulator", &["protocol", "sim"]),
    ("e2e", "tests", &[]),
    ("xtask", "xtask", &[]),
];

/// Crates that only compute: whatever they need of the world comes as an argument.
pub fn is_pure(path: &str) -> bool {
    path.starts_with("crates/") && !path.starts_with("crates/cli")
}

/// What a pure crate may not depend on, by name or by the start of it.
const WORLD: [&str; 16] = [
    "axum",
    "chrono",
    "console_error_panic_hook",
    "fastrand",
    "getrandom",
    "gloo",
    "hyper",
    "js-sys",
    "leptos",
    "rand",
    "rusqlite",
    "time",
    "tokio",
    "uuid",
    "wasm-bindgen",
    "web-sys",
];

pub fn check(root: &Root) -> Result<Vec<String>> {
    let metadata = MetadataCommand::new().current_dir(&root.0).no_deps().exec()?;
    let mut findings = Vec::new();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        let Some((_, path, allowed)) = CRATES.iter().find(|(known, ..)| *known == name) else {
            findings.push(format!("{name}: not in the list of crates of xtask/src/tidy/directions.rs"));
            continue;
        };
        let manifest = root.join(path).join("Cargo.toml");
        if package.manifest_path != manifest {
            findings.push(format!("{name}: lives in {}, not in {path}", package.manifest_path));
        }
        let ours = |dependency: &str| CRATES.iter().any(|(known, ..)| *known == dependency);
        for dependency in normal_dependencies(package) {
            if ours(dependency) && !allowed.contains(&dependency) {
                findings.push(format!("{name}: may not use {dependency}"));
            }
            if is_pure(path) && WORLD.iter().any(|world| is_of(dependency, world)) {
                findings.push(format!("{name}: only computes, so it may not depend on {dependency}"));
            }
            if dependency == "yrs" && name != "board" {
                findings.push(format!("{name}: only board may use yrs"));
            }
        }
        findings.extend(own_versions(path, &fs::read_to_string(manifest)?));
    }
    for (name, path, _) in CRATES {
        if !metadata.workspace_packages().iter().any(|package| package.name.as_str() == name) {
            findings.push(format!("{path}: the crate {name} is listed but not there"));
        }
    }
    Ok(findings)
}

/// Tests may use what they like; what is shipped may not.
fn normal_dependencies(package: &Package) -> impl Iterator<Item = &str> {
    let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    normal.map(|dependency| dependency.name.as_str())
}

fn is_of(dependency: &str, family: &str) -> bool {
    dependency.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// A dependency that names its version itself, outside of the root.
fn own_versions(path: &str, manifest: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let mut in_dependencies = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies && (line.contains("version") || line.contains("= \"")) {
            findings.push(format!(
                "{path}/Cargo.toml: `{line}` belongs into the root's [workspace.dependencies]"
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_in_a_member_is_found_and_a_workspace_reference_is_not() {
        let manifest = "[package]\nversion = \"1\"\n[dependencies]\nemd.workspace = true\nserde = \"1\"\n";
        assert_eq!(own_versions("crates/x", manifest).len(), 1);
    }

    #[test]
    fn families_match_by_whole_words() {
        assert!(is_of("gloo-net", "gloo") && is_of("time", "time"));
        assert!(!is_of("timeline", "time"));
    }
}

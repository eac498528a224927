//! One wasm becomes the first part, which a visit begins with, and the parts that are fetched later.
//!
//! Where the cuts are is said in `app/src/chunks.rs`. The parts share one memory, so each works only with the others
//! of its own build.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::unused;

/// What refers to what has to be known for splitting it.
pub const LINKING: [&str; 3] = ["--", "-C", "link-args=--emit-relocs"];

/// Cuts the wasm up and makes its bindings: into `out` come `app.js`, `app_bg.wasm`, `parts.js` and the later parts.
pub fn make(wasm: &Path, out: &Path) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    fs::create_dir_all(out)?;
    let first = out.join("app.wasm");
    let whole = fs::read(wasm)?;
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = out;
    options.main_out_path = &first;
    options.link_name = "./parts.js";
    options.main_module = "./app.js";
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split {}: {error:#}", wasm.display()))?;
    for part in parts.split_modules {
        strip(&part).with_context(|| format!("cannot strip {}", part.display()))?;
    }
    unused::take_out(&first)?;
    bindgen(&first, out)?;
    shorten(&out.join("app_bg.wasm"), &out.join("app.js"))?;
    let fetching = out.join("parts.js");
    fs::write(&fetching, bare(&fs::read_to_string(&fetching)?))?;
    Ok(fs::remove_file(first)?)
}

/// The names by which the first part imports what its script gives it are long and many; both sides get short ones.
fn shorten(wasm: &Path, script: &Path) -> Result<()> {
    let mut config = walrus::ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse_file(wasm)?;
    let mut short = HashMap::new();
    let names: Vec<_> = module.imports.iter().map(|import| (import.id(), import.name.clone())).collect();
    for (at, (id, name)) in names.into_iter().filter(|(_, name)| name.starts_with("__wb")).enumerate() {
        let new = format!("_{at:x}");
        module.imports.get_mut(id).name.clone_from(&new);
        short.insert(name, new);
    }
    module.emit_wasm_file(wasm)?;
    Ok(fs::write(script, with_names(&bare(&fs::read_to_string(script)?), &short))?)
}

/// A script without its indentation and its comments, which stand on lines of their own.
fn bare(script: &str) -> String {
    let lines =
        script.lines().map(str::trim).filter(|line| !line.starts_with(['*', '/']) && !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The text with whole words replaced.
fn with_names(text: &str, names: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let inside = part_of_word(first);
        let end = rest.find(|c: char| part_of_word(c) != inside).unwrap_or(rest.len());
        let word = &rest[..end];
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = &rest[end..];
    }
    out
}

/// The linker left names, and room for addresses that are known by now: a third of a part.
fn strip(part: &Path) -> Result<()> {
    let mut config = walrus::ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse_file(part)?;
    module.emit_wasm_file(part)
}

fn bindgen(wasm: &Path, out: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The later parts are linked against the first one's exports.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out)
        .with_context(|| format!("cannot make bindings for {}", wasm.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_shortened() {
        let names = HashMap::from([("__wbg_a".to_string(), "_0".to_string())]);
        assert_eq!(with_names("__wbg_a: () => x.__wbg_ab(__wbg_a)", &names), "_0: () => x.__wbg_ab(_0)");
    }
}

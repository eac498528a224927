//! Leptos brings a library whose streams reach JavaScript as classes. Nothing here uses them, and whatever is exported
//! stays in a wasm: so they are taken out of it before its bindings are made, with all that only they need.

use std::path::Path;

use anyhow::{Context, Result};
use walrus::{ModuleConfig, RawCustomSection, passes};

/// In the names of what they export, and in what wasm-bindgen wrote down about them, whatever its capitals.
const NAME: &str = "intounderlying";
/// Where the macros of wasm-bindgen write down what has to be bound.
const SECTION: &str = "__wasm_bindgen_unstable";

pub fn take_out(wasm: &Path) -> Result<()> {
    let mut module = ModuleConfig::new().parse_file(wasm)?;
    let exports = module.exports.iter().filter(|export| export.name.contains(NAME));
    for export in exports.map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(export);
    }
    let mut sections = Vec::new();
    while let Some(section) = module.customs.remove_raw(SECTION) {
        sections.push(section.data);
    }
    for data in sections {
        let data = without(&data).context("what wasm-bindgen wrote down cannot be read")?;
        module.customs.add(RawCustomSection { name: SECTION.to_string(), data });
    }
    passes::gc::run(&mut module);
    module.emit_wasm_file(wasm)
}

/// The section is pairs of a version and an item; each has its length before it.
fn without(section: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Vec::with_capacity(section.len());
    let mut rest = section;
    while !rest.is_empty() {
        let (version, after) = part(rest)?;
        let (item, after) = part(after)?;
        let both = version + item;
        let text = String::from_utf8_lossy(rest.get(version..both)?).to_lowercase();
        if !text.contains(NAME) {
            kept.extend_from_slice(rest.get(..both)?);
        }
        rest = after;
    }
    Some(kept)
}

/// The length of the first part with its own length, and what comes after it.
fn part(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (length, _) = bytes.split_first_chunk::<4>()?;
    let whole = usize::try_from(u32::from_le_bytes(*length)).ok()?.checked_add(4)?;
    Some((whole, bytes.get(whole..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(items: &[&str]) -> Vec<u8> {
        let part = |text: &str| [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat();
        items.iter().flat_map(|item| [part("{version}"), part(item)].concat()).collect()
    }

    #[test]
    fn only_the_items_about_streams_go() {
        let all = section(&["start", "class IntoUnderlyingSource", "import alert"]);
        assert_eq!(without(&all), Some(section(&["start", "import alert"])));
    }

    #[test]
    fn a_section_that_is_cut_off_is_no_section() {
        let all = section(&["start"]);
        assert_eq!(without(&all[..all.len() - 1]), None);
    }
}

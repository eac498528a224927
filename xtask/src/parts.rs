//! One wasm becomes the first part, which a visit begins with, and the parts that are fetched later.
//!
//! Where the cuts are is said in `app/src/chunks.rs`. The parts share one memory, so each works only with the others
//! of its own build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

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
    bindgen(&first, out)?;
    Ok(fs::remove_file(first)?)
}

/// The linker left names, and room for addresses that are known by now: a third of a part.
fn strip(part: &Path) -> Result<()> {
    let mut config = walrus::ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse_file(part)?;
    Ok(module.emit_wasm_file(part)?)
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

//! The bindings of the second wasm, which runs in a worker of the page.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// What starts it. An error that only a promise knew would not reach the page.
const START: &str = "
const module_or_path = new URL('worker_bg.wasm', import.meta.url);
__wbg_init({ module_or_path }).catch((error) => setTimeout(() => { throw error; }));
";

/// Into `out` come `worker.js`, which starts itself, and `worker_bg.wasm`.
pub fn make(wasm: &Path, out: &Path) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name("worker")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out)
        .with_context(|| format!("cannot make bindings for {}", wasm.display()))?;
    let script = out.join("worker.js");
    let text = fs::read_to_string(&script)? + START;
    Ok(fs::write(script, text)?)
}

//! The bindings of the wasms that run in workers of the page.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// What starts it. An error that only a promise knew would not reach the page.
fn start(name: &str) -> String {
    format!(
        "\nconst module_or_path = new URL('{name}_bg.wasm', import.meta.url);\n\
         __wbg_init({{ module_or_path }}).catch((error) => setTimeout(() => {{ throw error; }}));\n"
    )
}

/// Into `out` come `NAME.js`, which starts itself, and `NAME_bg.wasm`.
pub fn make(name: &str, wasm: &Path, out: &Path) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out)
        .with_context(|| format!("cannot make bindings for {}", wasm.display()))?;
    let script = out.join(format!("{name}.js"));
    let text = fs::read_to_string(&script)? + &start(name);
    Ok(fs::write(script, text)?)
}

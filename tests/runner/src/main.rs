//! Runs the component tests of the page in a browser: what `cargo test --target wasm32-unknown-unknown` calls.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}

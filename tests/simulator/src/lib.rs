//! The work by which the simulator is measured beside other event stores: the same model (`model.emd`), the same
//! commands and the same read models as the programs in `peers`. `cargo xtask bench simulator` runs them all.
//!
//! Not here: benches of the simulator's own parts, which are in `crates/sim/benches`.

#[cfg(target_arch = "wasm32")]
mod wasm;
mod work;

pub use work::{Round, round};

//! What a first visit loads, compressed as the server sends it, against its budget.
//!
//! The first visit loads what draws the wall. What is fetched afterwards (see `app/src/chunks.rs`) is listed beside it
//! and has a ceiling of its own, which whoever makes the page smaller lowers.

use std::fs;

use anyhow::{Context, Result};

use crate::assets::files_below;
use crate::shell::Root;

/// Kilobytes of 1,000 bytes; see the budgets of the design.
const BUDGET: usize = 250_000;
const CEILING: usize = 748_000;
/// The simulator and what it needs, which only runs fetch.
const WORKER: usize = 280_000;
/// All generators with their templates, which only the export of a service fetches.
const GENERATOR: usize = 573_000;

pub fn check(root: &Root) -> Result<bool> {
    let dist = root.dist();
    let index = fs::read_to_string(dist.join("index.html"))
        .context("there is no page yet: run `cargo xtask build`")?;
    let files = files_below(&dist)?;
    let linked = |name: &str| ["href", "src"].iter().any(|by| index.contains(&format!("{by}=\"/{name}\"")));
    let (first, later): (Vec<_>, Vec<_>) = files
        .keys()
        .filter(|name| !name.ends_with(".br"))
        .partition(|name| *name == "index.html" || linked(name));
    let (worker, later): (Vec<_>, Vec<_>) = later.into_iter().partition(|name| name.starts_with("worker"));
    let (generator, later): (Vec<_>, Vec<_>) =
        later.into_iter().partition(|name| name.starts_with("generator"));
    let size = |name: &str| files.get(name).map(Vec::len).with_context(|| format!("no {name}"));
    let list = |title: &str, names: &[&String], limit: usize| -> Result<bool> {
        println!("{title:<40} {:>10} {:>10}", "raw", "brotli");
        let mut sum = 0;
        for name in names {
            let sent = size(&format!("{name}.br"))?;
            println!("{name:<40} {:>10} {sent:>10}", size(name)?);
            sum += sent;
        }
        println!("{:<40} {:>10} {sum:>10}  (limit {limit})\n", "sum", "");
        Ok(sum <= limit)
    };
    let first = list("first load", &first, BUDGET)?;
    let later = list("fetched later", &later, CEILING)?;
    let worker = list("fetched for runs", &worker, WORKER)?;
    let generator = list("fetched for services", &generator, GENERATOR)?;
    Ok(first && later && worker && generator)
}

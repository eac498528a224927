//! The build of the page: `app`, `worker` and `generator` as wasm, their bindings, styles, fonts and the shell around them, into
//! `target/dist`.
//!
//! Invariants: what lies in `target/dist` is at any moment one whole page (new files first, `index.html` by rename,
//! stale ones last); every name but the fixed ones carries the hash of its content; every file has a brotli twin;
//! when nothing changed, nothing is written.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::assets::{Page, Public};
use crate::fingerprint::Fingerprint;
use crate::shell::Root;
use crate::{parts, tools, worker};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flavour {
    Dev,
    Release,
}

impl Flavour {
    fn profile(self) -> &'static str {
        match self {
            Flavour::Dev => "wasm-dev",
            Flavour::Release => "wasm",
        }
    }

    fn brotli_quality(self) -> i32 {
        match self {
            Flavour::Dev => 5,
            Flavour::Release => 11,
        }
    }
}

/// What runs in workers of the page, each fetched when it is needed.
const BESIDE: [&str; 2] = ["worker", "generator"];

pub fn build(root: &Root, flavour: Flavour) -> Result<()> {
    let started = Instant::now();
    tools::wasm_target(root)?;
    let wasm = root.build_wasm("app", flavour.profile(), &parts::LINKING)?;
    let mut wasms = vec![wasm];
    for name in BESIDE {
        wasms.push(root.build_wasm(name, flavour.profile(), &[])?);
    }
    let dist = root.dist();
    fs::create_dir_all(&dist)?;
    // Two builds at once would each remove the other's files.
    let lock = File::create(root.join("target/dist.lock"))?;
    lock.lock()?;

    let public = Public::read(&root.join("app"))?;
    let fingerprint = fingerprint(&wasms, &public, flavour)?;
    let stamp = root.join("target/dist.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == fingerprint) && dist.join("index.html").exists() {
        println!("the page is up to date");
        return Ok(());
    }
    let generated = root.join("target/bindgen");
    parts::make(&wasms[0], &generated)?;
    let mut workers = Vec::new();
    for (name, wasm) in BESIDE.into_iter().zip(&wasms[1..]) {
        let folder = root.join(format!("target/bindgen-{name}"));
        worker::make(name, wasm, &folder)?;
        workers.push((name, folder));
    }
    let page = Page::assemble(&public, &generated, &workers)?;
    page.write(&dist, flavour.brotli_quality())?;
    fs::write(&stamp, fingerprint)?;
    println!("the page is in target/dist ({:.1} s)", started.elapsed().as_secs_f64());
    Ok(())
}

fn fingerprint(wasms: &[PathBuf], public: &Public, flavour: Flavour) -> Result<String> {
    let mut fingerprint = Fingerprint::default();
    let recipe = [
        include_str!("front.rs"),
        include_str!("parts.rs"),
        include_str!("unused.rs"),
        include_str!("worker.rs"),
        include_str!("assets.rs"),
        include_str!("start.js"),
    ];
    fingerprint.add("recipe", recipe.concat().as_bytes());
    fingerprint.add("flavour", flavour.profile().as_bytes());
    for wasm in wasms {
        fingerprint.add("wasm", &fs::read(wasm)?);
    }
    for (name, bytes) in public.parts() {
        fingerprint.add(name, bytes);
    }
    Ok(fingerprint.finish())
}

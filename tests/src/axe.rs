//! Accessibility as axe-core sees it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::person::Person;
use crate::stage::workspace;

/// A rule that does not hold, and where.
#[derive(Clone, Debug)]
pub struct Violation {
    pub rule: String,
    pub help: String,
    pub places: Vec<String>,
}

const STILL: &str = "document.getAnimations().every((it) => \
    it.playState !== 'running' || it.effect?.getComputedTiming().endTime === Infinity)";

impl Person {
    /// Everything axe-core finds on the page as it is now, once nothing fades in or out any more: what is half there
    /// has no contrast.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        let packages = std::env::var_os("SQUALL_NODE").map_or_else(
            || workspace().map(|root| root.join("target/npm")),
            |path| Ok(PathBuf::from(path)),
        )?;
        let path = packages.join("node_modules/axe-core/axe.min.js");
        let script = std::fs::read_to_string(&path)
            .with_context(|| format!("no {}: `cargo xtask test` installs it", path.display()))?;
        self.eval(&format!("(() => {{ {script}; return true; }})()")).await?;
        self.wait_until(STILL).await?;
        let found =
            self.eval("axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)").await?;
        let found = found.as_array().context("axe-core gave no list")?;
        Ok(found.iter().map(violation).collect())
    }
}

fn violation(found: &Value) -> Violation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let nodes = found["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    Violation {
        rule: text(&found["id"]),
        help: text(&found["help"]),
        places: nodes
            .iter()
            .map(|node| format!("{} ({})", node["target"], text(&node["failureSummary"])))
            .collect(),
    }
}

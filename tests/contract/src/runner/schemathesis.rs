//! schemathesis with all its checks, against the OpenAPI document that the service serves.

use super::options::Options;
use super::process::Running;
use super::project::Project;
use super::stores::Place;
use super::tools::{folder, fresh, succeeds};
use anyhow::Result;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const VERSION: &str = "schemathesis==4.32.5";
const EXAMPLES: &str = "15";

/// What no schema can say is what a model refuses: that an id is not known, or that something has not happened yet.
const SETTINGS: &str = "\
[checks.positive_data_acceptance]
expected-statuses = [\"2xx\", 400, 404, 409, 412, 422]

[checks.negative_data_rejection]
expected-statuses = [400, 404, 405, 409, 412, 413, 415, 422]
";

/// What it found, if anything.
pub fn run(project: &Project, place: &Place, _options: &Options) -> Result<Option<String>> {
    let program = install()?;
    let settings = place.folder.join("schemathesis.toml");
    fs::write(&settings, SETTINGS)?;
    let running = Running::start(project, place, true)?;
    let address = format!("{}/api-docs/json", running.client.base());
    let mut command = Command::new(program);
    command.arg("--config-file").arg(&settings).args(["run", &address, "--checks", "all"]);
    command.args(["--max-examples", EXAMPLES, "--seed", "1", "--no-color", "--generation-database", "none"]);
    // How fast requests are made up says something about the machine, and nothing about the service.
    command.args(["--suppress-health-check", "too_slow"]);
    command.current_dir(&place.folder);
    match succeeds(&mut command, &project.log("schemathesis")) {
        Ok(()) => Ok(running.stop()?),
        Err(error) => Ok(Some(format!("{error:#}\n{}", running.words()))),
    }
}

fn install() -> Result<PathBuf> {
    let venv = folder().join("cache/schemathesis");
    if !venv.join("installed").exists() {
        fresh(venv.clone())?;
        let log = folder().join("logs/schemathesis-install.log");
        succeeds(Command::new("python3").args(["-m", "venv"]).arg(&venv), &log)?;
        let mut pip = Command::new(venv.join("bin/pip"));
        succeeds(pip.args(["install", "--disable-pip-version-check", VERSION]), &log)?;
        fs::write(venv.join("installed"), "")?;
    }
    Ok(venv.join("bin/schemathesis"))
}

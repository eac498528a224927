//! A service that runs: started, waited for, told to stop or killed.

use super::project::Project;
use super::stores::Place;
use super::tools::{free_port, tail};
use anyhow::{Context, Result, bail};
use contract::client::Client;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const STARTS_WITHIN: Duration = Duration::from_secs(60);
const STOPS_WITHIN: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(25);

#[derive(Debug)]
pub struct Running {
    child: Child,
    log: PathBuf,
    pub client: Client,
}

impl Running {
    /// Ready to be asked.
    pub fn start(project: &Project, place: &Place, exposes_events: bool) -> Result<Running> {
        let port = free_port()?;
        let log = project.log(&place.store.name());
        let file = File::create(&log)?;
        let mut command = project.command(&project.start()?);
        command.env("PORT", port.to_string()).env("HOST", "127.0.0.1");
        command.env("EXPOSE_EVENTS", exposes_events.to_string()).envs(place.environment.iter().cloned());
        let child = command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).spawn();
        let mut running =
            Running { child: child.context("cannot start the service")?, log, client: Client::new(port) };
        running.wait()?;
        Ok(running)
    }

    fn wait(&mut self) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < STARTS_WITHIN {
            if let Some(status) = self.child.try_wait()? {
                bail!("the service ended while it started ({status}):\n{}", tail(&self.log));
            }
            if self.client.get("/health/ready").is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            sleep(LOOK);
        }
        bail!("the service was not ready after {STARTS_WITHIN:?}:\n{}", tail(&self.log))
    }

    /// Tells it to stop, and says how it did not stop well.
    pub fn stop(mut self) -> Result<Option<String>> {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        if !told.success() {
            bail!("the service had ended already:\n{}", tail(&self.log));
        }
        match self.ends()? {
            Some(status) if status.code() == Some(0) => Ok(None),
            Some(status) => Ok(Some(format!("SIGTERM ends it with {status}"))),
            None => Ok(Some(format!("SIGTERM does not end it within {STOPS_WITHIN:?}"))),
        }
    }

    fn ends(&mut self) -> Result<Option<ExitStatus>> {
        let started = Instant::now();
        while started.elapsed() < STOPS_WITHIN {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            sleep(LOOK);
        }
        Ok(None)
    }

    /// What it printed last.
    pub fn words(&self) -> String {
        tail(&self.log)
    }
}

/// As if somebody pulled the plug.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

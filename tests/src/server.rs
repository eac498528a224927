//! The server as a process: started, killed without warning, and started again on the same port and data.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::PATIENCE;

pub struct Server {
    child: Option<Child>,
    data: tempfile::TempDir,
    log: PathBuf,
    /// `http://127.0.0.1:PORT`, the same after a restart.
    pub origin: String,
    /// What the server printed as the address of its ready example board.
    pub example: String,
}

/// The paths by which people reach one board.
#[derive(Clone, Debug)]
pub struct Links {
    pub edit: String,
    pub view: String,
    pub facilitate: String,
}

impl Server {
    pub async fn start(log: &Path) -> Result<Server> {
        let data = tempfile::tempdir()?;
        let mut server = Server {
            child: None,
            data,
            log: log.to_path_buf(),
            origin: "http://127.0.0.1:0".to_string(),
            example: String::new(),
        };
        server.restart().await?;
        Ok(server)
    }

    /// As a power cut would: no signal that can be handled, nothing flushed.
    pub async fn kill(&mut self) -> Result<()> {
        let mut child = self.child.take().context("the server does not run")?;
        child.kill().await.context("cannot kill the server")
    }

    pub async fn restart(&mut self) -> Result<()> {
        let listen = self.origin.trim_start_matches("http://").to_string();
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut child = Command::new(binary()?)
            .args(["serve", "--listen", &listen, "--data"])
            .arg(self.data.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("cannot start the server")?;
        let stdout = child.stdout.take().context("the server has no output")?;
        self.child = Some(child);
        let mut lines = BufReader::new(stdout).lines();
        let example = timeout(PATIENCE, printed_example(&mut lines)).await;
        self.example = example.context("the server printed no address")??;
        self.origin = self.example.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let log = self.log.clone();
        tokio::spawn(async move { keep_reading(lines, &log).await });
        Ok(())
    }

    /// A new board with this text.
    pub async fn board(&self, text: &str) -> Result<Links> {
        let body = serde_json::json!({ "text": text }).to_string();
        let request = reqwest::Client::new()
            .post(format!("{}/api/boards", self.origin))
            .header("content-type", "application/json");
        let answer = request.body(body).send().await?;
        let status = answer.status();
        let answer = answer.text().await?;
        if status.as_u16() != 201 {
            bail!("a board could not be made: {status} {answer}");
        }
        let links: Value = serde_json::from_str(&answer)?;
        let link = |name: &str| {
            let path = links[name].as_str().with_context(|| format!("no {name} link in {answer}"))?;
            Ok::<_, anyhow::Error>(format!("{}{path}", self.origin))
        };
        Ok(Links { edit: link("edit")?, view: link("view")?, facilitate: link("facilitate")? })
    }

    /// Runs the command line beside this server and gives what it printed.
    pub async fn squall(&self, arguments: &[&str]) -> Result<String> {
        let run = Command::new(binary()?).args(arguments).stdin(Stdio::null()).output();
        let output = timeout(PATIENCE, run).await.context("the command does not end")??;
        if !output.status.success() {
            bail!("squall {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    pub async fn get(&self, path: &str) -> Result<String> {
        Ok(reqwest::get(format!("{}{path}", self.origin)).await?.error_for_status()?.text().await?)
    }
}

/// `cargo xtask test` names the binary; a plain `cargo test` takes the one built beside the tests.
fn binary() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("SQUALL_BIN") {
        return Ok(PathBuf::from(named));
    }
    let own = std::env::current_exe()?;
    let beside = own.parent().and_then(Path::parent).context("a test without a directory")?.join("squall");
    if !beside.exists() {
        bail!("there is no {}: run `cargo xtask build` and `cargo build -p cli` first", beside.display());
    }
    Ok(beside)
}

async fn printed_example(lines: &mut Lines<BufReader<ChildStdout>>) -> Result<String> {
    while let Some(line) = lines.next_line().await? {
        let url = line.split_whitespace().find(|word| word.starts_with("http://") && word.contains("/b/"));
        if let Some(url) = url {
            return Ok(url.to_string());
        }
    }
    bail!("the server ended before it printed its example board: see server.log")
}

/// A pipe nobody reads would stop the server once it is full.
async fn keep_reading(mut lines: Lines<BufReader<ChildStdout>>, log: &Path) {
    let Ok(mut log) = tokio::fs::OpenOptions::new().append(true).open(log).await else { return };
    while let Ok(Some(line)) = lines.next_line().await {
        if log.write_all(format!("{line}\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

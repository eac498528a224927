//! Other programs: run to their end, with what they print kept in a file.

use anyhow::{Context, Result, bail};
use contract::boards::root;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lines of a program that failed.
const TAIL: usize = 25;

/// Where services, their stores and what they are installed from lie.
pub fn folder() -> PathBuf {
    root().join("target/services")
}

/// Held for as long as the file is open.
pub fn lock() -> Result<File> {
    fs::create_dir_all(folder())?;
    let file = File::create(folder().join("lock"))?;
    file.lock()?;
    Ok(file)
}

/// Runs to the end; what it printed is told where it failed.
pub fn succeeds(command: &mut Command, log: &Path) -> Result<()> {
    if let Some(parent) = log.parent() {
        fs::create_dir_all(parent)?;
    }
    let file = File::create(log)?;
    let status = command.stdin(std::process::Stdio::null()).stdout(file.try_clone()?).stderr(file).status();
    let status = status.with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !status.success() {
        bail!("{:?} failed:\n{}", command.get_program(), tail(log));
    }
    Ok(())
}

/// The output of a program that succeeds.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !output.status.success() {
        bail!("{:?} failed: {}", command.get_program(), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub fn tail(log: &Path) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL)..].join("\n")
}

/// A port that nobody listens on.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// An empty folder.
pub fn fresh(path: PathBuf) -> Result<PathBuf> {
    if path.exists() {
        fs::remove_dir_all(&path)?;
    }
    fs::create_dir_all(&path)?;
    Ok(path)
}

//! `squall validate --follow`: the findings again whenever the file has changed.
//!
//! The folder is watched rather than the file, because many editors put a new file in the place of the old one. What is
//! told does not depend on how often the watcher speaks: only another text is checked again.

use anyhow::{Context, Result, bail};
use notify::{RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long there is silence before the file is read: an editor writes in several steps.
const QUIET: Duration = Duration::from_millis(40);

enum News {
    Changed,
    /// Somebody pressed Ctrl+C.
    End,
    Trouble(notify::Error),
}

/// Calls `check` with the text of the file now and after each change, until Ctrl+C, or until it says that nobody listens
/// any more. A file that cannot be read is told with `trouble`, and waited for.
pub fn follow(
    file: &Path,
    mut check: impl FnMut() -> Result<bool>,
    mut trouble: impl FnMut(&str) -> Result<bool>,
) -> Result<ExitCode> {
    if crate::input::is_dash(file) {
        bail!("the standard input cannot be followed: name a file");
    }
    let name = file.file_name().with_context(|| format!("{} is no file", file.display()))?.to_owned();
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let (sender, news) = mpsc::channel();
    let of_watcher = sender.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let told = match event {
            Ok(event) if event.kind.is_access() => return,
            Ok(event) if event.paths.iter().any(|path| path.file_name() == Some(&*name)) => News::Changed,
            Ok(_) => return,
            Err(error) => News::Trouble(error),
        };
        // Nobody takes it when the end has come.
        let _ = of_watcher.send(told);
    })
    .context("cannot watch files here")?;
    watcher
        .watch(&folder, RecursiveMode::NonRecursive)
        .with_context(|| format!("cannot watch {}", folder.display()))?;
    ctrlc::set_handler(move || drop(sender.send(News::End))).context("cannot wait for Ctrl+C")?;
    let mut known = None;
    loop {
        let now = std::fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()));
        if known.as_ref() != Some(&now) {
            let listens = match &now {
                Ok(_) => check()?,
                Err(error) => trouble(error)?,
            };
            if !listens {
                return Ok(ExitCode::SUCCESS);
            }
            known = Some(now);
        }
        if !changed(&news)? {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

/// Waits until there is something new and then for a moment of silence; `false` is the end.
fn changed(news: &Receiver<News>) -> Result<bool> {
    let mut first = news.recv().ok();
    loop {
        match first {
            Some(News::Changed) => {}
            Some(News::End) | None => return Ok(false),
            Some(News::Trouble(error)) => return Err(error).context("the file cannot be watched any longer"),
        }
        first = match news.recv_timeout(QUIET) {
            Ok(next) => Some(next),
            Err(RecvTimeoutError::Timeout) => return Ok(true),
            Err(RecvTimeoutError::Disconnected) => None,
        };
    }
}

//! Where the workspace is, and how cargo is called in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use cargo_metadata::Message;

/// The workspace's directory.
pub struct Root(pub PathBuf);

impl Root {
    /// The directory is asked for at run time, so that a shared target directory can't point into another clone.
    pub fn find() -> Result<Root> {
        let own = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let own = own.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = own.parent().context("xtask lies outside of a workspace")?;
        Ok(Root(root.to_path_buf()))
    }

    pub fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.join(path)
    }

    /// The page as the server embeds it: always here, wherever cargo's own outputs go.
    pub fn dist(&self) -> PathBuf {
        self.join("target/dist")
    }

    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.0);
        command
    }

    pub fn cargo(&self) -> Command {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_string());
        let mut command = self.command(&cargo);
        // What `cargo run` sets for xtask itself is no business of the builds it starts.
        command
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("CARGO_MANIFEST_PATH")
            .env_remove("CARGO_PKG_NAME");
        command
    }

    /// Builds the library `package` for the page and returns the path of its wasm. As a cdylib alone: cargo leaves
    /// link-time optimisation out where the same library is an rlib too, and the wasm is twice as many functions.
    /// `linking` is for the linker.
    pub fn build_wasm(&self, package: &str, profile: &str, linking: &[&str]) -> Result<PathBuf> {
        let target = ["--target", "wasm32-unknown-unknown", "--profile", profile, "--crate-type", "cdylib"];
        let args = [&["rustc", "-p", package, "--lib"], &target[..], linking].concat();
        self.artifact(&args, |artifact| artifact.target.is_cdylib() && artifact.target.name == package)
    }

    /// Builds a binary and returns its path.
    pub fn build_binary(&self, package: &str, binary: &str, profile: &str) -> Result<PathBuf> {
        self.artifact(&["build", "-p", package, "--bin", binary, "--profile", profile], |artifact| {
            artifact.target.is_bin() && artifact.target.name == binary
        })
    }

    fn artifact(&self, args: &[&str], wanted: impl Fn(&cargo_metadata::Artifact) -> bool) -> Result<PathBuf> {
        let mut child = self
            .cargo()
            .args(&args[..1])
            .args(["--message-format", "json-render-diagnostics"])
            .args(&args[1..])
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start cargo")?;
        let stdout = child.stdout.take().context("cargo has no output")?;
        let mut found = None;
        for message in Message::parse_stream(std::io::BufReader::new(stdout)) {
            if let Message::CompilerArtifact(artifact) = message?
                && wanted(&artifact)
            {
                let main = artifact.filenames.iter().find(|file| file.extension() == Some("wasm"));
                found = main.or(artifact.executable.as_ref()).map(|file| file.clone().into_std_path_buf());
            }
        }
        if !child.wait()?.success() {
            bail!("`cargo {}` failed", args.join(" "));
        }
        found.with_context(|| format!("`cargo {}` made nothing to use", args.join(" ")))
    }
}

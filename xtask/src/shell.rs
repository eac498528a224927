//! Where the workspace is, and how cargo is called in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use cargo_metadata::{Artifact, Message};

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
        self.artifact(&args, |artifact| {
            artifact.target.is_cdylib() && artifact.target.name == package.replace('-', "_")
        })
    }

    /// Builds a binary and returns its path.
    pub fn build_binary(&self, package: &str, binary: &str, profile: &str) -> Result<PathBuf> {
        self.artifact(&["build", "-p", package, "--bin", binary, "--profile", profile], |artifact| {
            artifact.target.is_bin() && artifact.target.name == binary
        })
    }

    /// Builds all tests of the workspace, and returns the binaries that they start, by name. One build for all of
    /// them: asked for one by one, each would get its dependencies with other features, compiled anew.
    pub fn build_tests(&self) -> Result<HashMap<String, PathBuf>> {
        let mut binaries = HashMap::new();
        self.artifacts(&["test", "--workspace", "--no-run"], |artifact| {
            if artifact.target.is_bin()
                && !artifact.profile.test
                && let Some(path) = &artifact.executable
            {
                binaries.insert(artifact.target.name.clone(), path.clone().into_std_path_buf());
            }
        })?;
        Ok(binaries)
    }

    fn artifact(&self, args: &[&str], wanted: impl Fn(&Artifact) -> bool) -> Result<PathBuf> {
        let mut found = None;
        self.artifacts(args, |artifact| {
            if wanted(artifact) {
                let main = artifact.filenames.iter().find(|file| file.extension() == Some("wasm"));
                found = main.or(artifact.executable.as_ref()).map(|file| file.clone().into_std_path_buf());
            }
        })?;
        found.with_context(|| format!("`cargo {}` made nothing to use", args.join(" ")))
    }

    /// Runs cargo and looks at everything that it made.
    fn artifacts(&self, args: &[&str], mut look: impl FnMut(&Artifact)) -> Result<()> {
        let mut child = self
            .cargo()
            .args(&args[..1])
            .args(["--message-format", "json-render-diagnostics"])
            .args(&args[1..])
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start cargo")?;
        let stdout = child.stdout.take().context("cargo has no output")?;
        for message in Message::parse_stream(std::io::BufReader::new(stdout)) {
            if let Message::CompilerArtifact(artifact) = message? {
                look(&artifact);
            }
        }
        if !child.wait()?.success() {
            bail!("`cargo {}` failed", args.join(" "));
        }
        Ok(())
    }
}

//! Where the workspace is, and how cargo is called in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use cargo_metadata::diagnostic::DiagnosticLevel;
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

    /// Builds tests, by the arguments of a `cargo test --no-run`. Clippy stands in the compiler's place for our own
    /// crates: checked by a run of its own, each of their hundreds of dependencies would be compiled twice.
    pub fn build_tests(&self, args: &[&str]) -> Result<Built> {
        let mut built = Built::default();
        let mut cargo = self.cargo();
        cargo
            .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
            // What would make the next build short makes this one long.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        messages(&mut cargo, args, "json", |message| match message {
            Message::CompilerArtifact(artifact) => built.take(artifact),
            Message::CompilerMessage(said) => {
                eprintln!("{}", said.message.rendered.as_deref().unwrap_or(&said.message.message));
                built.warnings += usize::from(said.message.level == DiagnosticLevel::Warning);
            }
            _ => {}
        })?;
        Ok(built)
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
        messages(&mut self.cargo(), args, "json-render-diagnostics", |message| {
            if let Message::CompilerArtifact(artifact) = message {
                look(&artifact);
            }
        })
    }
}

/// Runs cargo and hears what it says.
fn messages(cargo: &mut Command, args: &[&str], format: &str, mut hear: impl FnMut(Message)) -> Result<()> {
    let mut child = cargo
        .args(&args[..1])
        .args(["--message-format", format])
        .args(&args[1..])
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let stdout = child.stdout.take().context("cargo has no output")?;
    for message in Message::parse_stream(std::io::BufReader::new(stdout)) {
        hear(message?);
    }
    if !child.wait()?.success() {
        bail!("`cargo {}` failed", args.join(" "));
    }
    Ok(())
}

/// What a build of tests made.
#[derive(Default)]
pub struct Built {
    /// The programs that the tests start, by name.
    pub programs: HashMap<String, PathBuf>,
    pub tests: Vec<TestProgram>,
    /// How much the compiler and clippy found to say.
    pub warnings: usize,
}

/// A program that is a run of tests.
pub struct TestProgram {
    pub package: String,
    /// The package, and the file of tests where it is not the package's own code.
    pub name: String,
    path: PathBuf,
    home: PathBuf,
}

impl Built {
    fn take(&mut self, artifact: Artifact) {
        let Some(path) = artifact.executable else { return };
        let (name, path) = (artifact.target.name.clone(), path.into_std_path_buf());
        if !artifact.profile.test {
            if artifact.target.is_bin() {
                self.programs.insert(name, path);
            }
        } else if !artifact.target.is_bench() {
            let home = artifact.manifest_path.parent().map(|home| home.as_std_path().to_path_buf());
            let home = home.unwrap_or_default();
            let package = package_name(&artifact.package_id.repr).to_owned();
            let name = if artifact.target.is_test() { format!("{package}: {name}") } else { package.clone() };
            self.tests.push(TestProgram { package, name, path, home });
        }
    }
}

impl TestProgram {
    /// As cargo starts it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command
            .current_dir(&self.home)
            .env("CARGO_MANIFEST_DIR", &self.home)
            .env("CARGO_MANIFEST_PATH", self.home.join("Cargo.toml"))
            .env("CARGO_PKG_NAME", &self.package);
        command
    }
}

/// `path+file:///here/tests#e2e@0.1.0`, or `path+file:///here/server#0.1.0` where the folder has the package's name.
fn package_name(id: &str) -> &str {
    let (place, version) = id.rsplit_once('#').unwrap_or((id, ""));
    let folder = place.rsplit('/').next().unwrap_or(place);
    version.split_once('@').map_or(folder, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_named_by_their_ids() {
        assert_eq!(package_name("path+file:///here/tests#e2e@0.1.0"), "e2e");
        assert_eq!(package_name("path+file:///here/server#0.1.0"), "server");
    }
}

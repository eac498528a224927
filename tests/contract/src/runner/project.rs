//! A generated service on the disk: its files, what it needs, its own tests, and how it is started.

use super::tools::{folder, fresh, output, succeeds};
use anyhow::{Context, Result, bail};
use codegen::{Target, Tree};
use contract::boards::Board;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug)]
pub struct Project {
    pub name: String,
    pub folder: PathBuf,
    pub target: Target,
}

impl Project {
    /// `None`: a target that is no service.
    pub fn write(tree: &Tree, board: &Board, target: Target) -> Result<Option<Project>> {
        if tree.is_empty() {
            bail!("nothing was generated");
        }
        let name = format!("{}-{}", target.id(), board.name);
        let folder = fresh(folder().join(&name))?;
        for (path, file) in tree.iter() {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok((target != Target::Specifications).then_some(Project { name, folder, target }))
    }

    pub fn log(&self, what: &str) -> PathBuf {
        folder().join("logs").join(format!("{}-{}.log", self.name, what.replace('/', "-")))
    }

    /// A program of the service's own world, in its folder.
    pub fn command(&self, words: &[String]) -> Command {
        let own = match self.target {
            Target::Python => self.folder.join(".venv/bin"),
            _ => self.folder.join("node_modules/.bin"),
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::iter::once(own.clone()).chain(std::env::split_paths(&path)));
        let program = words.first().map_or("", String::as_str);
        let found = own.join(program);
        let mut command = Command::new(if found.exists() { found.into_os_string() } else { program.into() });
        command.current_dir(&self.folder).args(words.get(1..).unwrap_or_default());
        command.env("PATH", path.unwrap_or_default()).env("NO_COLOR", "1").env("PYTHONUNBUFFERED", "1");
        command
    }

    /// Puts what the service needs where it looks for it. Services that need the same share it.
    pub fn install(&self) -> Result<()> {
        match self.target {
            Target::Python => self.install_python(),
            _ => self.install_node(),
        }
    }

    fn install_node(&self) -> Result<()> {
        let read =
            |name: &str| fs::read_to_string(self.folder.join(name)).with_context(|| format!("no {name}"));
        let lock: Json = serde_json::from_str(&read("package-lock.json")?)?;
        let mut print = lock.clone();
        print["name"] = Json::Null;
        print["packages"][""]["name"] = Json::Null;
        let cache = cache("npm", &print.to_string());
        if !cache.join("installed").exists() {
            fresh(cache.clone())?;
            for name in ["package.json", "package-lock.json"] {
                fs::copy(self.folder.join(name), cache.join(name))?;
            }
            let mut npm = Command::new("npm");
            npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&cache);
            succeeds(&mut npm, &self.log("npm"))?;
            fs::write(cache.join("installed"), "")?;
        }
        link(&cache.join("node_modules"), &self.folder.join("node_modules"))
    }

    fn install_python(&self) -> Result<()> {
        const NEEDS: &str = "import json, tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
             extras = project.get('optional-dependencies', {}).values(); \
             print(json.dumps(project['dependencies'] + [one for extra in extras for one in extra]))";
        let needs = output(Command::new("python3").args(["-c", NEEDS]).current_dir(&self.folder))?;
        let cache = cache("venv", &needs);
        if !cache.join("installed").exists() {
            fresh(cache.clone())?;
            succeeds(Command::new("python3").args(["-m", "venv"]).arg(&cache), &self.log("venv"))?;
            let needs: Vec<String> = serde_json::from_str(&needs)?;
            let mut pip = Command::new(cache.join("bin/pip"));
            pip.args(["install", "--disable-pip-version-check"]).args(needs);
            succeeds(&mut pip, &self.log("pip"))?;
            fs::write(cache.join("installed"), "")?;
        }
        link(&cache, &self.folder.join(".venv"))
    }

    /// The tests that come with the service, and the checks of its language.
    pub fn own_tests(&self) -> Vec<Vec<String>> {
        let all: &[&[&str]] = match self.target {
            Target::Python => &[&["python", "-m", "pytest"], &["ruff", "check"], &["mypy"]],
            _ => &[&["npm", "test"], &["tsc", "--noEmit"]],
        };
        all.iter().map(|test| test.iter().map(|word| (*word).to_owned()).collect()).collect()
    }

    /// What starts it, without anything in between that would keep signals for itself.
    pub fn start(&self) -> Result<Vec<String>> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        match self.target {
            Target::Python => Ok(words(&["python", "-m", &self.package()?])),
            _ => {
                let package = fs::read_to_string(self.folder.join("package.json"))?;
                let package: Json = serde_json::from_str(&package)?;
                let start = package["scripts"]["start"].as_str().context("no script start")?;
                match start.strip_prefix("tsx ") {
                    Some(file) => Ok(words(&["node", "--import", "tsx", file])),
                    None => Ok(start.split(' ').map(str::to_owned).collect()),
                }
            }
        }
    }

    fn package(&self) -> Result<String> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.join("__main__.py").exists() {
                return Ok(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
            }
        }
        bail!("no package with a __main__.py")
    }
}

fn cache(kind: &str, of: &str) -> PathBuf {
    let hash = Sha256::digest(of.as_bytes());
    let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    folder().join("cache").join(format!("{kind}-{hash}"))
}

fn link(from: &Path, to: &Path) -> Result<()> {
    std::os::unix::fs::symlink(from, to).with_context(|| format!("cannot link {}", to.display()))
}

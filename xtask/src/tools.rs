//! What the commands need from the machine: looked for, put in place where that is permitted, and named otherwise.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::shell::Root;

const WASM: &str = "wasm32-unknown-unknown";

/// A pinned toolchain may come without the target, and where rustup may not install by itself nobody else adds it.
pub fn wasm_target(root: &Root) -> Result<()> {
    let output = root
        .command("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .output()
        .context("rustc does not start: install Rust from rustup.rs")?;
    let libdir = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if output.status.success() && libdir.is_dir() {
        return Ok(());
    }
    eprintln!("adding the target {WASM} to the toolchain");
    let added = root.command("rustup").args(["target", "add", WASM]).status();
    match added {
        Ok(status) if status.success() => Ok(()),
        _ => {
            bail!("the target {WASM} is missing: run `rustup target add {WASM}` in this directory")
        }
    }
}

/// A program that only tests need: named by a variable, or on the path, or put in place by Debian's package where we
/// may install it.
struct Wanted {
    title: &'static str,
    variable: &'static str,
    names: &'static [&'static str],
    package: &'static str,
}

/// The browser of the end-to-end tests.
pub fn chromium() -> Result<PathBuf> {
    let mac = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let wanted = Wanted {
        title: "Chromium",
        variable: "CHROMIUM",
        names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
        package: "chromium",
    };
    wanted.find().or_else(|| mac.exists().then(|| mac.to_path_buf())).map_or_else(|| wanted.install(), Ok)
}

/// What drives Chromium for the component tests.
pub fn chromedriver() -> Result<PathBuf> {
    let wanted = Wanted {
        title: "ChromeDriver",
        variable: "CHROMEDRIVER",
        names: &["chromedriver"],
        package: "chromium-driver",
    };
    wanted.find().map_or_else(|| wanted.install(), Ok)
}

/// The other browser.
pub fn firefox() -> Result<PathBuf> {
    let wanted = Wanted {
        title: "Firefox",
        variable: "FIREFOX",
        names: &["firefox-esr", "firefox"],
        package: "firefox-esr",
    };
    wanted.find().map_or_else(|| wanted.install(), Ok)
}

impl Wanted {
    fn find(&self) -> Option<PathBuf> {
        if let Some(named) = std::env::var_os(self.variable) {
            return Some(PathBuf::from(named)).filter(|path| path.exists());
        }
        self.names.iter().find_map(|name| on_path(name))
    }

    fn install(&self) -> Result<PathBuf> {
        let Wanted { title, variable, package, .. } = self;
        if may_install() {
            eprintln!("installing {title}");
            apt_get(package)?;
        }
        self.find().with_context(|| {
            format!("{title} is missing: run `apt-get install {package}`, or set {variable} to its path")
        })
    }
}

fn may_install() -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    root && on_path("apt-get").is_some()
}

fn apt_get(package: &str) -> Result<()> {
    let quiet = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()).status()
    };
    // A failed update may still leave a usable list of packages: whoever wanted it looks for it afterwards.
    let _ = quiet(&["update", "-q"]);
    quiet(&["install", "-y", "-q", "--no-install-recommends", package]).context("apt-get does not start")?;
    Ok(())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Packages that only tests use: exact versions, fetched when a test run needs them, never part of the product.
/// Returns the directory that holds `node_modules`.
pub fn node_packages(root: &Root) -> Result<PathBuf> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        bail!(
            "Node is missing: install Node 20 or newer with npm (nodejs.org, or `apt-get install nodejs npm`)"
        );
    }
    let wanted =
        fs::read(root.join("tests/npm/package.json")).context("cannot read tests/npm/package.json")?;
    let home = root.join("target/npm");
    fs::create_dir_all(&home)?;
    let stamp = home.join("installed.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(home);
    }
    // npm believes what an install that was broken off has noted.
    let _ = fs::remove_dir_all(home.join("node_modules"));
    fs::write(home.join("package.json"), &wanted)?;
    let status = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"])
        .current_dir(&home)
        .status()
        .context("npm does not start")?;
    if !status.success() {
        bail!("npm could not install the packages of tests/npm/package.json");
    }
    fs::write(&stamp, wanted)?;
    Ok(home)
}

/// The packages of Python that only tests use, in an environment of their own. Returns its interpreter.
pub fn python_packages(root: &Root) -> Result<PathBuf> {
    let wanted = root.join("crates/codegen/tests/validators/requirements.txt");
    let text = fs::read(&wanted).with_context(|| format!("cannot read {}", wanted.display()))?;
    environments()?;
    let home = root.join("target/python");
    let python = home.join("bin/python");
    let stamp = home.join("installed.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == text) {
        return Ok(python);
    }
    let made = Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home).status();
    if !made.context("python3 does not start")?.success() {
        bail!("python3 made no virtual environment");
    }
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "-q", "--disable-pip-version-check", "-r"]).arg(&wanted);
    if !pip.status().context("pip does not start")?.success() {
        bail!("pip could not install the packages of {}", wanted.display());
    }
    fs::write(&stamp, text)?;
    Ok(python)
}

/// Python with virtual environments, which Debian has in a package of its own.
fn environments() -> Result<()> {
    let there = || {
        let mut python = Command::new("python3");
        python.args(["-c", "import venv, ensurepip"]).stderr(Stdio::null());
        python.status().is_ok_and(|status| status.success())
    };
    if !there() && may_install() {
        apt_get("python3-venv")?;
    }
    if !there() {
        bail!("Python is missing: install Python 3.11 or newer with venv (`apt-get install python3-venv`)");
    }
    Ok(())
}

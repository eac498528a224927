//! The stores: empty ones, each in a place of its own, and the servers that some need.

use super::project::Project;
use super::tools::{folder, free_port, fresh, output, succeeds, tail};
use anyhow::{Context, Result, bail};
use contract::boards::root;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Memory,
    Sqlite,
    Postgres,
    Kurrentdb,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Memory, Kind::Sqlite, Kind::Postgres, Kind::Kurrentdb];

    fn name(self) -> &'static str {
        match self {
            Kind::Memory => "memory",
            Kind::Sqlite => "sqlite",
            Kind::Postgres => "postgres",
            Kind::Kurrentdb => "kurrentdb",
        }
    }

    fn of_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where events are kept, and read models where those are kept elsewhere than usual.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Store {
    pub events: Kind,
    pub readmodels: Option<Kind>,
}

impl Store {
    pub const fn same(events: Kind) -> Store {
        Store { events, readmodels: None }
    }

    /// `sqlite`, or `sqlite+memory`.
    pub fn name(self) -> String {
        match self.readmodels {
            None => self.events.name().into(),
            Some(other) => format!("{}+{}", self.events.name(), other.name()),
        }
    }

    pub fn of_name(name: &str) -> Option<Store> {
        let (events, readmodels) = match name.split_once('+') {
            None => (name, None),
            Some((events, readmodels)) => (events, Some(Kind::of_name(readmodels)?)),
        };
        Some(Store { events: Kind::of_name(events)?, readmodels })
    }

    /// What was written is there after a restart.
    pub fn lasts(self) -> bool {
        self.events != Kind::Memory
    }

    fn uses(self, kind: Kind) -> bool {
        self.events == kind || self.readmodels == Some(kind)
    }
}

/// Where a service finds its store.
#[derive(Clone, Debug)]
pub struct Place {
    pub store: Store,
    pub environment: Vec<(String, String)>,
    /// What lies on the disk.
    pub folder: PathBuf,
}

/// The servers are started when they are needed first, and stopped at the end.
#[derive(Debug, Default)]
pub struct Stores {
    made: usize,
    postgres: Option<Postgres>,
    /// The stand-in keeps everything in memory: each service gets one of its own.
    kurrentdb: Option<Child>,
}

impl Stores {
    /// An empty store for a service.
    pub fn place(&mut self, store: Store, project: &Project) -> Result<Place> {
        self.made += 1;
        let folder = fresh(folder().join("stores").join(format!("{}-{}", project.name, store.name())))?;
        let database = folder.join("service.db").display().to_string();
        let mut environment: Vec<(String, String)> = vec![("STORE".into(), store.events.name().into())];
        environment.push(("SQLITE_PATH".into(), database));
        if let Some(readmodels) = store.readmodels {
            environment.push(("READMODELS".into(), readmodels.name().into()));
        }
        if store.uses(Kind::Postgres) {
            if self.postgres.is_none() {
                self.postgres = Some(Postgres::start()?);
            }
            let url = self.postgres.as_ref().map(|server| server.database(self.made)).transpose()?;
            environment.push(("DATABASE_URL".into(), url.unwrap_or_default()));
        }
        if store.uses(Kind::Kurrentdb) {
            if let Some(mut old) = self.kurrentdb.take() {
                old.kill()?;
                old.wait()?;
            }
            let (server, url) = kurrentdb()?;
            self.kurrentdb = Some(server);
            environment.push(("KURRENTDB_URL".into(), url));
        }
        Ok(Place { store, environment, folder })
    }
}

impl Drop for Stores {
    fn drop(&mut self) {
        if let Some(mut server) = self.kurrentdb.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// A private cluster.
#[derive(Debug)]
struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
}

impl Postgres {
    fn start() -> Result<Postgres> {
        // Sockets have short paths, and the server's user must be able to come here.
        let folder = fresh(std::env::temp_dir().join(format!("squall-services-{}", std::process::id())))?;
        let server = Postgres { programs: programs()?, port: free_port()?, folder };
        let data = server.folder.join("data");
        if is_root()? {
            output(Command::new("chown").arg("postgres").arg(&server.folder))?;
        }
        let log = server.folder.join("initdb.log");
        let mut init = server.command("initdb")?;
        init.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "-D"]).arg(&data);
        succeeds(&mut init, &log)?;
        let settings = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off",
            server.port,
            server.folder.display()
        );
        let mut start = server.command("pg_ctl")?;
        start.args(["-w", "-o", &settings, "-l"]).arg(server.folder.join("server.log")).arg("-D").arg(&data);
        succeeds(start.arg("start"), &log)?;
        Ok(server)
    }

    /// As the user that may: the server refuses to run as root.
    fn command(&self, program: &str) -> Result<Command> {
        let program = self.programs.join(program);
        let mut command = match is_root()? {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--"]).arg(program);
                command
            }
            false => Command::new(program),
        };
        command.current_dir(&self.folder);
        Ok(command)
    }

    fn database(&self, number: usize) -> Result<String> {
        let name = format!("service{number}");
        let mut create = self.command("createdb")?;
        output(create.args(["-h", "127.0.0.1", "-U", "postgres", "-p", &self.port.to_string(), &name]))?;
        Ok(format!("postgresql://postgres:postgres@127.0.0.1:{}/{name}", self.port))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Ok(mut stop) = self.command("pg_ctl") {
            let _ = output(stop.args(["-m", "immediate", "-D"]).arg(self.folder.join("data")).arg("stop"));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn is_root() -> Result<bool> {
    Ok(output(Command::new("id").arg("-u"))?.trim() == "0")
}

/// Debian keeps the server's programs off the path.
fn programs() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    found.sort();
    let found = found.into_iter().rev().find(|folder| folder.join("initdb").exists());
    found.context("PostgreSQL is not installed (apt install postgresql)")
}

/// Starts the stand-in, with the address that it prints.
fn kurrentdb() -> Result<(Child, String)> {
    let own = root().join("tests/contract/kurrentdb");
    let venv = folder().join("cache/kurrentdb");
    if !venv.join("installed").exists() {
        fresh(venv.clone())?;
        succeeds(Command::new("python3").args(["-m", "venv"]).arg(&venv), &log("venv"))?;
        let mut pip = Command::new(venv.join("bin/pip"));
        pip.args(["install", "--disable-pip-version-check", "-r"]).arg(own.join("requirements.txt"));
        succeeds(&mut pip, &log("pip"))?;
        fs::write(venv.join("installed"), "")?;
    }
    let errors = File::create(log("server"))?;
    let mut server = Command::new(venv.join("bin/python"))
        .args(["-u", "fake_kurrentdb.py", "--port", "0"])
        .current_dir(&own)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdout(Stdio::piped())
        .stderr(errors)
        .spawn()
        .context("cannot start the stand-in for KurrentDB")?;
    let mut line = String::new();
    if let Some(output) = server.stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    if !line.starts_with("kurrentdb://") {
        let _ = server.kill();
        bail!("the stand-in for KurrentDB did not start:\n{}", tail(&log("server")));
    }
    Ok((server, line.trim().to_owned()))
}

fn log(what: &str) -> PathBuf {
    let logs: &Path = &folder().join("logs");
    let _ = fs::create_dir_all(logs);
    logs.join(format!("kurrentdb-{what}.log"))
}

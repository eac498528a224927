//! A test's own world, and what is kept of it when the test fails.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use futures_util::FutureExt;

use crate::browser::Chromium;
use crate::cable::Cable;
use crate::person::{Look, Person};
use crate::server::{Links, Server};

pub struct Stage {
    pub server: Server,
    pub(crate) chromium: Chromium,
    pub(crate) people: Vec<Person>,
    pub(crate) folder: PathBuf,
}

/// Runs one test; `name` is the folder of `target/e2e` that holds what it leaves.
pub async fn play(name: &str, scene: impl AsyncFnOnce(&mut Stage) -> Result<()>) -> Result<()> {
    let mut stage = Stage::build(name).await?;
    let outcome = AssertUnwindSafe(scene(&mut stage)).catch_unwind().await;
    let outcome = match outcome {
        Ok(Ok(())) => Ok(stage.complaints()),
        other => Err(other),
    };
    if !matches!(&outcome, Ok(complaints) if complaints.is_empty()) {
        stage.keep_evidence().await;
    }
    stage.chromium.close().await;
    match outcome {
        Ok(complaints) if complaints.is_empty() => Ok(()),
        Ok(complaints) => anyhow::bail!("pages reported errors:\n{}", complaints.join("\n")),
        Err(Ok(result)) => result,
        Err(Err(panic)) => resume_unwind(panic),
    }
}

impl Stage {
    async fn build(name: &str) -> Result<Stage> {
        let folder = workspace()?.join("target/e2e").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let server = Server::start(&folder.join("server.log")).await?;
        Ok(Stage { server, chromium: Chromium::launch().await?, people: Vec::new(), folder })
    }

    /// Somebody with a browser of 1440x900 in light colours.
    pub async fn person(&mut self, name: &str) -> Result<Person> {
        self.person_with(name, Look::default()).await
    }

    pub async fn person_with(&mut self, name: &str, look: Look) -> Result<Person> {
        let folder = self.folder.join(name);
        let downloads = folder.join("downloads");
        std::fs::create_dir_all(&downloads)?;
        let page = self.chromium.page(&downloads).await?;
        let cable = Cable::lay(&self.server.origin).await?;
        let person = Person::sit_down(name, page, &folder, &look, cable).await?;
        self.people.push(person.clone());
        Ok(person)
    }

    /// Two people on a new board with this text.
    pub async fn pair(&mut self, text: &str) -> Result<(Person, Person, Links)> {
        let links = self.server.board(text).await?;
        let (ann, bob) = (self.person("ann").await?, self.person("bob").await?);
        ann.open_board(&links.edit).await?;
        bob.open_board(&links.edit).await?;
        Ok((ann, bob, links))
    }

    /// Pages may complain about the network from here on: the test takes it away.
    pub async fn kill_server(&mut self) -> Result<()> {
        self.people.iter().for_each(Person::expects_network_errors);
        self.server.kill().await
    }

    pub async fn restart_server(&mut self) -> Result<()> {
        self.server.restart().await
    }

    fn complaints(&self) -> Vec<String> {
        self.people.iter().flat_map(Person::complaints).collect()
    }

    async fn keep_evidence(&self) {
        for person in &self.people {
            if let Err(error) = person.keep_evidence("failure").await {
                eprintln!("{}: no screenshot: {error:#}", person.name());
            }
        }
        eprintln!("what is left of this test: {}", self.folder.display());
    }
}

pub(crate) fn workspace() -> Result<PathBuf> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let own = own.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    own.parent().map(Path::to_path_buf).context("the tests lie outside of a workspace")
}

//! One headless Chromium and the task that reads from it.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::target::{CreateBrowserContextParams, CreateTargetParams};
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures_util::StreamExt;
use tokio::task::JoinHandle;

use crate::PATIENCE;

pub struct Chromium {
    // Fields are dropped in this order: the process ends before its directory is removed.
    browser: Browser,
    reader: JoinHandle<()>,
    _profile: tempfile::TempDir,
}

const FLAGS: [&str; 7] = [
    "disable-gpu",
    "disable-quic",
    "disable-component-update",
    "disable-domain-reliability",
    "no-default-browser-check",
    "force-device-scale-factor=1",
    // Names of a local network, as people give them to the machine of the server.
    "host-resolver-rules=MAP *.lan.local 127.0.0.1",
];

impl Chromium {
    pub async fn launch() -> Result<Chromium> {
        let profile = tempfile::tempdir()?;
        let config = BrowserConfig::builder()
            .chrome_executable(executable()?)
            .new_headless_mode()
            .no_sandbox()
            .user_data_dir(profile.path())
            .launch_timeout(PATIENCE)
            .request_timeout(PATIENCE)
            .viewport(None)
            .args(FLAGS)
            .build()
            .map_err(|reason| anyhow!(reason))?;
        let (browser, mut handler) = Browser::launch(config).await.context("Chromium does not start")?;
        let reader = tokio::spawn(async move { while handler.next().await.is_some() {} });
        Ok(Chromium { browser, reader, _profile: profile })
    }

    /// An empty page in a context of its own: nothing is shared with other pages, as between two people's machines.
    pub async fn page(&self, downloads: &std::path::Path) -> Result<Page> {
        use chromiumoxide::cdp::browser_protocol::browser::{
            SetDownloadBehaviorBehavior, SetDownloadBehaviorParams,
        };
        let context = self.browser.create_browser_context(CreateBrowserContextParams::default()).await?;
        let behaviour = SetDownloadBehaviorParams::builder()
            .behavior(SetDownloadBehaviorBehavior::Allow)
            .browser_context_id(context.clone())
            .download_path(downloads.to_string_lossy())
            .build();
        self.browser.execute(behaviour.map_err(|reason| anyhow!(reason))?).await?;
        self.page_in(context).await
    }

    /// One more page in a context that is there: what it keeps is shared.
    pub async fn page_in(&self, context: BrowserContextId) -> Result<Page> {
        let target = CreateTargetParams::builder().url("about:blank").browser_context_id(context).build();
        Ok(self.browser.new_page(target.map_err(|reason| anyhow!(reason))?).await?)
    }

    pub async fn close(&mut self) {
        // A browser that is gone already is as good as closed.
        let _ = self.browser.close().await;
        let _ = self.browser.wait().await;
        self.reader.abort();
    }
}

fn executable() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(PathBuf::from(named));
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    found.find(|file| file.is_file()).context("Chromium is missing: install it, or set CHROMIUM to its path")
}

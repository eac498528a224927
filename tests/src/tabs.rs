//! Several tabs of one person, and what befalls a tab: closed, asleep, on a device that works differently.

use anyhow::{Context, Result};
use chromiumoxide::cdp::browser_protocol::dom::{
    GetDocumentParams, QuerySelectorParams, SetFileInputFilesParams,
};
use chromiumoxide::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;
use chromiumoxide::cdp::browser_protocol::target::{CloseTargetParams, GetTargetInfoParams};

use crate::cable::Flow;
use crate::person::{Look, Person};
use crate::stage::Stage;

impl Stage {
    /// One more tab of this person: the same storage, the same cable.
    pub async fn tab(&mut self, person: &Person, name: &str) -> Result<Person> {
        let own = GetTargetInfoParams::builder().target_id(person.page().target_id().clone()).build();
        let info = person.page().execute(own).await?.result.target_info;
        let context = info.browser_context_id.context("a page without a context")?;
        let folder = self.folder.join(name);
        std::fs::create_dir_all(folder.join("downloads"))?;
        let page = self.chromium.page_in(context).await?;
        let tab = Person::sit_down(name, page, &folder, &Look::default(), person.cable().clone()).await?;
        self.people.push(tab.clone());
        Ok(tab)
    }
}

impl Person {
    /// Closes the tab at once: no question is asked, nothing waits for it.
    pub async fn close_tab(&self) -> Result<()> {
        self.expects_network_errors();
        self.page().execute(CloseTargetParams::new(self.page().target_id().clone())).await?;
        Ok(())
    }

    /// This tab is the one that the person looks at.
    pub async fn look_at(&self) -> Result<()> {
        self.page().bring_to_front().await?;
        Ok(())
    }

    /// Changes what gets through between this person's browser and the server.
    pub fn lets_through(&self, flow: Flow) {
        self.expects_network_errors();
        self.cable().set(flow);
    }

    /// The device sleeps: its connections die without being closed, and the clock goes on meanwhile.
    pub async fn sleep(&self, hours: u32) -> Result<()> {
        self.expects_network_errors();
        self.cable().go_dead();
        let later =
            format!("(() => {{ const now = Date.now; Date.now = () => now() + {hours} * 3600000; }})()");
        self.eval(&later).await.map(|_| ())
    }

    /// Runs before the scripts of every page that is opened from now on.
    pub async fn before_pages(&self, script: &str) -> Result<()> {
        self.page().execute(AddScriptToEvaluateOnNewDocumentParams::new(script)).await?;
        Ok(())
    }

    /// Chooses a file in a field for files.
    pub async fn choose_file(&self, selector: &str, name: &str, text: &str) -> Result<()> {
        let path = self.folder().join("chosen");
        std::fs::create_dir_all(&path)?;
        let path = path.join(name);
        std::fs::write(&path, text)?;
        let document = self.page().execute(GetDocumentParams::default()).await?.result.root.node_id;
        let field = self.page().execute(QuerySelectorParams::new(document, selector)).await?.result.node_id;
        let files = vec![path.to_string_lossy().into_owned()];
        let choose = SetFileInputFilesParams::builder().files(files).node_id(field).build();
        self.page().execute(choose.map_err(|reason| anyhow::anyhow!(reason))?).await?;
        Ok(())
    }
}

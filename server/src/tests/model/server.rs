//! What happens to the server: its disk, its rooms, its end.

use super::World;
use super::person::Kind;
use crate::committer::Disk;
use crate::tests::fake::{House, PATIENCE, Trouble};
use tokio::time::timeout;

impl World {
    /// What is queued reaches the disk, unless that is full.
    pub(super) async fn let_through(&mut self) {
        self.log.hold(false);
        let mut disk = self.store.disk();
        tokio::select! {
            biased;
            done = self.store.commit(Vec::new()) => done.unwrap(),
            full = disk.wait_for(|disk| *disk == Disk::Full), if self.log.trouble() == Trouble::Full => {
                full.unwrap();
            }
        }
        self.log.hold(true);
        self.settle().await;
    }

    /// The disk has room again.
    pub(super) async fn make_room(&mut self) {
        self.log.suffer(Trouble::None);
        self.let_through().await;
    }

    /// Everybody leaves, and the room is unloaded.
    pub(super) async fn unload(&mut self) {
        if self.log.trouble() == Trouble::Full {
            return;
        }
        let door = self.people.iter().find_map(|person| Some(person.line.as_ref()?.room.clone()));
        (0..self.people.len()).for_each(|who| self.lose(who));
        self.notice_lost().await;
        self.log.hold(false);
        if let Some(door) = door {
            timeout(PATIENCE, door.closed()).await.expect("an idle room ends");
        }
        self.settle().await;
        self.let_through().await;
    }

    /// The server ends as asked (and says so), or not.
    pub(super) async fn restart(&mut self, killed: bool) {
        let lines = self.people.iter().filter_map(|person| Some(person.line.as_ref()?.room.clone()));
        let doors: Vec<_> = lines.chain(self.ghosts.drain(..).map(|(_, room)| room)).collect();
        if killed || self.log.trouble() == Trouble::Full {
            self.kill();
        }
        self.house.stop.send_replace(true);
        for door in doors {
            timeout(PATIENCE, door.closed()).await.expect("rooms of a server that ends end");
        }
        if !killed {
            self.log.hold(false);
            // Where the disk was full nothing is written any more.
            let _ = self.store.commit(Vec::new()).await;
        }
        let (store, _) = self.log.start();
        self.house =
            House { board: self.house.board.clone(), ..House::new(store.clone(), self.limits.clone()) };
        self.store = store;
        self.log.hold(true);
    }

    /// Nothing of what waits for the disk gets there.
    pub(super) fn kill(&mut self) {
        self.log = self.log.killed();
        for who in 0..self.people.len() {
            self.lose(who);
            if self.people[who].kind == Kind::Reader {
                // It may have seen what is lost now, where whoever wrote it never comes back.
                self.replace(who);
            }
        }
    }
}

//! Who is in a room: each socket speaks for one presence record, its own.

use super::{Member, Room, SocketId, frame, now};
use board::awareness::{self, Entry};
use board::wire::Message;

impl Room {
    pub(super) fn presence(&mut self, id: SocketId, update: &[u8]) {
        let mut news = Vec::new();
        // Yjs clients send on what they hear about others; only a socket's own record counts.
        for entry in awareness::read(update) {
            if self.may_speak_for(id, &entry) && self.presence.apply(entry.clone(), now()) {
                if let Some(before) = self.owners.insert(entry.client, id).filter(|before| *before != id)
                    && let Some(gone) = self.members.get_mut(&before)
                {
                    gone.client = None;
                }
                if let Some(member) = self.members.get_mut(&id) {
                    member.client = Some(entry.client);
                }
                news.push(entry);
            }
        }
        self.tell_presence(&news);
    }

    fn may_speak_for(&self, id: SocketId, entry: &Entry) -> bool {
        let Some(member) = self.members.get(&id) else { return false };
        let owner = self.owners.get(&entry.client).and_then(|owner| self.members.get(owner));
        // A page comes back before anybody knows that its old socket is dead.
        let comes_back = |owner: &Member| owner.page && member.page && owner.person == member.person;
        match member.client {
            Some(client) => client == entry.client,
            None => entry.state.is_some() && owner.is_none_or(comes_back),
        }
    }

    /// Its sender hears it too: a Yjs client that hears nothing for 30 s reconnects.
    pub(super) fn tell_presence(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        let frame = frame(&Message::Awareness(awareness::write(entries)));
        for member in self.members.values() {
            member.outbox.push(frame.clone());
        }
    }
}

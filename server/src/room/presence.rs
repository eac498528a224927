//! Who is in a room: each socket speaks for one presence record, its own.

use super::{Room, SocketId, frame, now};
use board::awareness::{self, Entry};
use board::wire::Message;

impl Room {
    pub(super) fn presence(&mut self, id: SocketId, update: &[u8]) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let mut news = Vec::new();
        // Yjs clients send on what they hear about others; only a socket's own record counts.
        for entry in awareness::read(update) {
            let mine = member.client == Some(entry.client);
            let free =
                member.client.is_none() && entry.state.is_some() && !self.owners.contains_key(&entry.client);
            if (mine || free) && self.presence.apply(entry.clone(), now()) {
                member.client = Some(entry.client);
                self.owners.insert(entry.client, id);
                news.push(entry);
            }
        }
        self.tell_presence(&news);
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

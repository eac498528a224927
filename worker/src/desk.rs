//! Who gets which message, and what is done next.

use crate::present::Present;
use protocol::request::{Ask, Failed, Message, Reply, Say};
use std::collections::VecDeque;

/// Takes messages, works on them, and holds the answers until they are fetched.
#[derive(Default)]
pub struct Desk {
    present: Present,
    waiting: VecDeque<Message>,
    said: Vec<Reply>,
}

impl Desk {
    /// Takes in one message. What can be answered at once waits for its turn all the same: see `work`.
    pub fn hear(&mut self, json: &str) {
        match serde_json::from_str(json) {
            Ok(Message { id, ask: Ask::Cancel { message } }) => self.cancel(id, message),
            Ok(message) => self.waiting.push_back(message),
            Err(error) => self.say(id_of(json), Say::Failed(Failed::Unreadable(error.to_string()))),
        }
    }

    /// Works while `more` says that there is time left, at least one slice. Says whether there is more to do.
    pub fn work(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        while let Some(message) = self.waiting.pop_front() {
            let say = self.answer(message.ask).unwrap_or_else(Say::Failed);
            self.say(message.id, say);
            if !more() {
                break;
            }
        }
        !self.waiting.is_empty()
    }

    /// The answers since the last time, as JSON.
    pub fn said(&mut self) -> Vec<String> {
        // Replies are plain data: writing them cannot fail.
        self.said.drain(..).filter_map(|reply| serde_json::to_string(&reply).ok()).collect()
    }

    fn answer(&mut self, ask: Ask) -> Result<Say, Failed> {
        match ask {
            Ask::Model { text } => {
                self.present = Present::new(text);
                Ok(Say::Model(self.present.names()))
            }
            _ => Err(Failed::NoSuchRun),
        }
    }

    fn cancel(&mut self, id: u32, message: u32) {
        let before = self.waiting.len();
        self.waiting.retain(|waiting| waiting.id != message);
        if self.waiting.len() < before {
            self.say(message, Say::Failed(Failed::Cancelled));
        }
        self.say(id, Say::Done);
    }

    fn say(&mut self, id: u32, say: Say) {
        self.said.push(Reply { id, say });
    }
}

/// The number of a message that cannot be read otherwise; 0 where even that is missing.
fn id_of(json: &str) -> u32 {
    let read = serde_json::from_str::<serde_json::Value>(json).ok();
    let id = read.as_ref().and_then(|message| message.get("id")?.as_u64());
    id.and_then(|id| u32::try_from(id).ok()).unwrap_or(0)
}

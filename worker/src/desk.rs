//! Who gets which message, and what is done next.

use crate::job::{Job, Turn, Work};
use crate::runs::Runs;
use protocol::request::{Ask, Failed, Message, Reply, Say};

/// Takes messages, works on them, and holds the answers until they are fetched.
#[derive(Default)]
pub struct Desk {
    runs: Runs,
    /// In the order of their messages.
    jobs: Vec<Job>,
    /// The long one that had the last slice.
    last: u32,
    said: Vec<Reply>,
}

impl Desk {
    /// Takes in one message. All but a cancellation and a text wait for their turn: see `work`.
    pub fn hear(&mut self, json: &str) {
        match serde_json::from_str(json) {
            Ok(Message { id, ask: Ask::Cancel { message } }) => self.cancel(id, message),
            Ok(Message { id, ask: Ask::Model { text } }) => {
                let model = self.runs.look_at(&text);
                self.say(id, Say::Model(model));
            }
            Ok(Message { id, ask }) => self.jobs.push(Job { id, work: Work::new(ask, &self.runs) }),
            Err(error) => self.say(id_of(json), Say::Failed(Failed::Unreadable(error.to_string()))),
        }
    }

    /// Works while `more` says that there is time left. Says whether there is more to do.
    pub fn work(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        while let Some(at) = self.next() {
            let id = self.jobs[at].id;
            match self.jobs[at].work.slice(&mut self.runs, more) {
                Turn::Going { done, of } => {
                    self.last = id;
                    self.say(id, Say::Progress { done, of });
                }
                Turn::Over(answer) => {
                    self.jobs.remove(at);
                    self.say(id, answer.unwrap_or_else(Say::Failed));
                }
            }
            if !more() {
                break;
            }
        }
        !self.jobs.is_empty()
    }

    /// The answers since the last time, as JSON.
    pub fn said(&mut self) -> Vec<String> {
        // Replies are plain data: writing them cannot fail.
        self.said.drain(..).filter_map(|reply| serde_json::to_string(&reply).ok()).collect()
    }

    /// What nothing before it holds up: the short before the long, the long in turns.
    fn next(&self) -> Option<usize> {
        let free =
            |at: &usize| self.jobs[..*at].iter().all(|before| !before.work.holds_up(&self.jobs[*at].work));
        let mut free: Vec<usize> = (0..self.jobs.len()).filter(free).collect();
        let after_last = self.jobs.iter().position(|job| job.id == self.last).map_or(0, |at| at + 1);
        free.sort_by_key(|at| (self.jobs[*at].work.is_long(), *at < after_last, *at));
        free.first().copied()
    }

    fn cancel(&mut self, id: u32, message: u32) {
        if let Some(at) = self.jobs.iter().position(|job| job.id == message) {
            let job = self.jobs.remove(at);
            job.work.cancel(&mut self.runs);
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

//! Somebody with a document and a connection, as pages, Yjs clients and readers are, and what they may think of doing.

use crate::outbox::Outbox;
use crate::room::{SocketId, ToRoom};
use board::command::Splice;
use board::wire::{self, Limits as FrameLimits, Message};
use board::{At, Command, LineId, PersonId, Replica};
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::mpsc;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Understands `Saved`, sends edits once it was asked what it has, and says all of it again on a new connection.
    Page,
    /// Sends every edit at once and is never told that it is saved.
    Yjs,
    Reader,
}

/// An edit of a page that is not confirmed.
pub(super) struct Unsaved {
    pub(super) number: u64,
    pub(super) update: Vec<u8>,
}

/// A connection: what is on its way in both directions.
pub(super) struct Line {
    pub(super) id: SocketId,
    pub(super) room: mpsc::Sender<ToRoom>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) up: VecDeque<Message>,
    pub(super) down: VecDeque<Bytes>,
    /// Told that it may ask for the difference, and has not asked.
    pub(super) may_catch_up: bool,
    /// The server asked for what it lacks, and was answered.
    pub(super) flowing: bool,
    pub(super) synced: bool,
    pub(super) sent: u64,
    /// Frames on their way, with the last edit that each holds.
    pub(super) frames: VecDeque<(u64, u64)>,
}

pub(super) struct Person {
    pub(super) kind: Kind,
    pub(super) me: PersonId,
    pub(super) replica: Replica,
    /// The other tab of the same browser.
    pub(super) twin: Option<usize>,
    pub(super) line: Option<Line>,
    pub(super) made: u64,
    pub(super) unsaved: VecDeque<Unsaved>,
}

impl Person {
    pub(super) fn new(kind: Kind, client: u64, twin: Option<usize>) -> Person {
        let me = PersonId(format!("person-{client}").into());
        let replica = Replica::new(client, me.clone(), || 0);
        Person { kind, me, replica, twin, line: None, made: 0, unsaved: VecDeque::new() }
    }

    pub(super) fn send(&mut self, message: Message, holds: u64) {
        let Some(line) = &mut self.line else { return };
        if matches!(message, Message::Step2(_) | Message::Update(_)) {
            line.sent += 1;
            line.frames.push_back((line.sent, holds));
        }
        line.up.push_back(message);
    }

    /// As a page or a Yjs client hears a frame; the answer is what it knows to be saved since.
    pub(super) fn hear(&mut self, frame: &Bytes) -> Vec<Unsaved> {
        let mut saved = Vec::new();
        for message in wire::decode(frame, &FrameLimits::FROM_SERVER).expect("a frame of the server") {
            match message {
                Message::Step1(known) => {
                    let missing = self.replica.diff(&known).unwrap();
                    if self.kind != Kind::Reader {
                        self.send(Message::Step2(missing), self.made);
                    }
                    self.line.iter_mut().for_each(|line| line.flowing = true);
                }
                Message::Step2(update) | Message::Update(update) if self.kind == Kind::Reader => {
                    self.replica.merge(&update).unwrap();
                    let line = self.line.as_mut().expect("who hears is connected");
                    line.synced |= frame.starts_with(&[0, 1]);
                    assert!(!line.synced || !self.replica.has_pending(), "what is relayed has no gaps");
                }
                Message::Step2(update) | Message::Update(update) => self.replica.merge(&update).unwrap(),
                Message::Saved(count) => {
                    assert_eq!(self.kind, Kind::Page, "Yjs clients are told nothing that they do not know");
                    saved.extend(self.is_saved(count));
                }
                Message::Hello(_) | Message::Refused { .. } => assert_ne!(self.kind, Kind::Yjs),
                _ => {}
            }
        }
        saved
    }

    pub(super) fn is_saved(&mut self, count: u64) -> Vec<Unsaved> {
        let Some(line) = &mut self.line else { return Vec::new() };
        let mut upto = 0;
        while let Some((_, holds)) = line.frames.pop_front_if(|(number, _)| *number <= count) {
            upto = upto.max(holds);
        }
        let known = self.unsaved.iter().take_while(|edit| edit.number <= upto).count();
        self.unsaved.drain(..known).collect()
    }
}

pub(super) fn some_command(replica: &Replica, random: &mut fastrand::Rng) -> Command {
    let lines: Vec<LineId> = replica.board().order.clone();
    let word = |random: &mut fastrand::Rng| {
        let length = if random.u8(..12) == 0 { 400 } else { 1 + random.usize(..8) };
        (0..length).map(|_| random.lowercase()).collect::<String>()
    };
    let Some(line) = random.choice(&lines).cloned() else {
        return Command::Add { at: At::End, text: word(random), place: None };
    };
    match random.u8(..8) {
        0 | 1 => Command::Add { at: At::After(line), text: word(random), place: None },
        2 => Command::Add { at: At::End, text: word(random), place: None },
        3 => Command::Remove { lines: vec![line] },
        4 => Command::Move { lines: vec![line], at: At::Start },
        _ => {
            let length = board::text::len(&replica.board().lines[&line].text);
            let at = random.u32(..=length);
            let delete = random.u32(..=(length - at).min(3));
            // Deletes alone have no number in their author's order.
            let insert = if delete > 0 && random.bool() { String::new() } else { word(random) };
            Command::Type { line, splices: vec![Splice { at, delete, insert }] }
        }
    }
}

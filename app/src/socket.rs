//! The page's end of the wire: one socket to the board's room, opened again whenever it closes.
//!
//! Counts what was sent and what the server says is on disk, so that "saved" is the truth. Every frame passes the
//! same validator as on the server before it reaches the document.

use crate::browser;
use crate::messages;
use crate::people::Peer;
use crate::presence;
use crate::session::{Remedy, SaveState, Session};
use board::awareness::{self, Awareness, Entry};
use board::wire::{self, CloseCode, Limits, Message};
use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A socket that says nothing for this long is dead, whatever the browser thinks.
const SILENCE_MS: f64 = 30_000.0;
/// Timers that come so much later than asked for were asleep.
const ASLEEP_MS: f64 = 10_000.0;
/// A server that is there answers a probe by then.
const ANSWER_MS: f64 = 5_000.0;
/// A socket opens by then, or is tried again.
const OPEN_MS: f64 = 10_000.0;
/// Others forget who is not heard of for 30 s.
const RENEW_MS: u32 = 12_000;
/// The page tells the others about its pointer at most this often.
const SHOW_MS: u32 = 45;

pub fn fresh_client_id() -> u64 {
    // Yjs keeps client ids within 53 bits; 32 are what its own clients use and what the encodings are short for.
    (browser::random() & 0xFFFF_FFFF).max(1)
}

#[derive(Clone)]
pub struct Link(Rc<Inner>);

struct Inner {
    session: Session,
    url: String,
    client: u64,
    socket: RefCell<Option<Open>>,
    /// The server has been asked what it lacks, and answered: edits may go out one by one.
    flowing: Cell<bool>,
    /// Frames with changes that went out over this socket; the server confirms them by number.
    sent: Cell<u64>,
    /// What this browser keeps of the board has been joined, or is not waited for; until then nothing is said.
    begun: Cell<bool>,
    early: RefCell<Vec<Vec<u8>>>,
    /// The last look of `look_after`, and by when a silent server must have answered a probe.
    looked: Cell<f64>,
    answer_by: Cell<Option<f64>>,
    failures: Cell<u32>,
    heard: Cell<f64>,
    stopped: Cell<bool>,
    read_only_disk: Cell<bool>,
    /// The server has a newer page; that is said when everything is saved.
    outdated: Cell<bool>,
    was_away: Cell<bool>,
    others: RefCell<Awareness>,
    clock: Cell<u64>,
    show_asked: Cell<bool>,
    timers: RefCell<Vec<Interval>>,
}

struct Open {
    socket: web_sys::WebSocket,
    _listeners: [Closure<dyn FnMut(JsValue)>; 3],
}

impl Open {
    /// Closing a socket that is closed already is no error.
    fn hang_up(self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        let _ = self.socket.close();
    }
}

impl Link {
    pub fn open(session: Session, segment: &str, client: u64) -> Link {
        let location = browser::window().location();
        let scheme =
            if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
        let host = location.host().unwrap_or_default();
        let build = page_build().unwrap_or_default();
        let url = format!("{scheme}://{host}/ws/{segment}?token={}&build={build}", device_token());
        let link = Link(Rc::new(Inner {
            session,
            url,
            client,
            socket: RefCell::new(None),
            flowing: Cell::new(false),
            sent: Cell::new(0),
            begun: Cell::new(false),
            early: RefCell::default(),
            looked: Cell::new(browser::now()),
            answer_by: Cell::new(None),
            failures: Cell::new(0),
            heard: Cell::new(browser::now()),
            stopped: Cell::new(false),
            read_only_disk: Cell::new(false),
            outdated: Cell::new(false),
            was_away: Cell::new(false),
            others: RefCell::new(Awareness::default()),
            clock: Cell::new(0),
            show_asked: Cell::new(false),
            timers: RefCell::new(Vec::new()),
        }));
        link.connect();
        let (renew, watch) = (link.clone(), link.clone());
        link.0.timers.replace(vec![
            Interval::new(RENEW_MS, move || renew.show_now()),
            Interval::new(2_000, move || watch.look_after()),
        ]);
        let again = link.clone();
        gloo_events::EventListener::new(&browser::window(), "online", move |_| {
            again.connect_now();
            again.probe();
        })
        .forget();
        let awake = link.clone();
        gloo_events::EventListener::new(&browser::document(), "resume", move |_| awake.probe()).forget();
        link
    }

    /// What this browser keeps is joined: now the server may be asked what is missing.
    pub fn begin(&self) {
        if self.0.begun.replace(true) {
            return;
        }
        let open = self.0.socket.borrow().as_ref().is_some_and(|open| open.socket.ready_state() == 1);
        if open {
            self.opened();
        }
        self.0.early.take().iter().for_each(|frame| self.heard(frame));
    }

    pub fn is_flowing(&self) -> bool {
        self.0.flowing.get()
    }

    /// Sends an own change. While the socket is not flowing it waits in the document: the next handshake finds it.
    pub fn send_update(&self, seq: u64, update: Vec<u8>) {
        if self.0.flowing.get() {
            self.send_counted(&Message::Update(update), Some(seq));
        }
        self.tell_save_state();
    }

    /// Sends what was found in this browser after the server had been told what the document holds.
    pub fn send_whole(&self, update: Vec<u8>) {
        self.send_counted(&Message::Update(update), None);
        self.tell_save_state();
    }

    /// Asks for the others to be told about this page soon.
    pub fn show(&self) {
        if self.0.show_asked.replace(true) {
            return;
        }
        let link = self.clone();
        Timeout::new(SHOW_MS, move || link.show_now()).forget();
    }

    fn show_now(&self) {
        self.0.show_asked.set(false);
        let state = Some(presence::to_json(&self.0.session.presence()));
        self.send(&Message::Awareness(self.own_entry(state)));
    }

    fn own_entry(&self, state: Option<String>) -> Vec<u8> {
        let clock = self.0.clock.get() + 1;
        self.0.clock.set(clock);
        awareness::write([&Entry { client: self.0.client, clock, state }])
    }

    /// Hangs up for good.
    pub fn close(&self) {
        self.0.stopped.set(true);
        self.0.flowing.set(false);
        self.0.timers.take();
        if let Some(open) = self.0.socket.take() {
            open.hang_up();
        }
    }

    // ---- the socket's life

    fn connect(&self) {
        let Ok(socket) = web_sys::WebSocket::new(&self.0.url) else {
            return self.lost(0);
        };
        socket.set_binary_type(web_sys::BinaryType::Arraybuffer);
        self.0.heard.set(browser::now());
        // The server speaks first; a connection that never comes about is given up.
        self.0.answer_by.set(Some(browser::now() + OPEN_MS));
        let (opened, heard, closed) = (self.clone(), self.clone(), self.clone());
        let listeners: [Closure<dyn FnMut(JsValue)>; 3] = [
            Closure::new(move |_| opened.opened()),
            Closure::new(move |event: JsValue| {
                let data = event.dyn_into::<web_sys::MessageEvent>().map(|event| event.data());
                if let Ok(Ok(buffer)) = data.map(JsCast::dyn_into::<js_sys::ArrayBuffer>) {
                    heard.received(js_sys::Uint8Array::new(&buffer).to_vec());
                }
            }),
            Closure::new(move |event: JsValue| {
                closed.lost(event.dyn_into::<web_sys::CloseEvent>().map_or(0, |event| event.code()));
            }),
        ];
        socket.set_onopen(Some(listeners[0].as_ref().unchecked_ref()));
        socket.set_onmessage(Some(listeners[1].as_ref().unchecked_ref()));
        socket.set_onclose(Some(listeners[2].as_ref().unchecked_ref()));
        self.0.socket.replace(Some(Open { socket, _listeners: listeners }));
    }

    fn opened(&self) {
        if !self.0.begun.get() {
            return;
        }
        self.0.sent.set(0);
        // A server whose disk is still full says so in its greeting.
        self.0.read_only_disk.set(false);
        let vector = self.0.session.with_mirror(|mirror| mirror.replica.state_vector());
        self.send(&Message::Step1(vector));
        self.show_now();
    }

    fn lost(&self, code: u16) {
        if self.0.flowing.take() {
            self.0.was_away.set(true);
        }
        self.0.early.take();
        self.0.answer_by.set(None);
        if let Some(keeper) = self.0.session.keeper() {
            keeper.lost();
            keeper.look(false);
        }
        self.0.others.replace(Awareness::default());
        self.0.session.peers.set(Vec::new());
        let reason = CloseCode::from_code(code);
        match reason {
            Some(reason @ (CloseCode::Deleted | CloseCode::NotFound)) => self.0.session.is_withdrawn(reason),
            Some(reason) => self.0.session.say(messages::closed(reason)),
            None => {}
        }
        if reason == Some(CloseCode::Malformed) && self.0.session.start_afresh() {
            return;
        }
        if reason.is_some_and(is_final) {
            self.0.stopped.set(true);
            return self.tell_save_state();
        }
        let failures = self.0.failures.get();
        self.0.failures.set(failures + 1);
        self.tell_save_state();
        // Doubling with jitter, so that a room full of people does not come back in one instant.
        let wait = (200 << failures.min(5)) as f64 * (0.5 + js_sys::Math::random());
        // The listener that is running now is one of the socket's: they go when it has ended.
        let (link, gone) = (self.clone(), self.0.socket.take());
        Timeout::new(wait.min(6_000.0) as u32, move || {
            drop(gone);
            link.connect_now();
        })
        .forget();
    }

    /// While a socket is there it is open, or its end is still to be told: two at once would confuse what was sent.
    fn connect_now(&self) {
        if self.0.socket.borrow().is_none() && !self.0.stopped.get() {
            self.connect();
        }
    }

    /// Closes a socket that has gone silent and takes away people that were not heard of.
    fn look_after(&self) {
        let now = browser::now();
        let slept = now - self.0.looked.replace(now);
        if !self.0.others.borrow_mut().expire(now as u64).is_empty() {
            self.tell_peers();
        }
        // The clock may have been set while nobody looked: then silence is measured from now.
        if slept < 0.0 {
            self.0.heard.set(now);
        }
        // After a sleep the socket may be dead without having been closed.
        if !(0.0..=ASLEEP_MS).contains(&slept) {
            self.probe();
        }
        let unanswered = self.0.answer_by.get().is_some_and(|by| now > by);
        if now - self.0.heard.get() > SILENCE_MS || unanswered {
            self.0.heard.set(now);
            self.drop_socket();
        }
    }

    /// Says something that the server answers at once: presence comes back to its sender.
    fn probe(&self) {
        let open = self.0.socket.borrow().as_ref().is_some_and(|open| open.socket.ready_state() == 1);
        if open && self.0.begun.get() {
            self.0.heard.set(browser::now());
            self.0.answer_by.set(Some(browser::now() + ANSWER_MS));
            self.show_now();
        }
    }

    fn drop_socket(&self) {
        let Some(open) = self.0.socket.take() else { return };
        open.hang_up();
        self.lost(0);
    }

    // ---- messages

    fn received(&self, frame: Vec<u8>) {
        self.0.heard.set(browser::now());
        self.0.answer_by.set(None);
        if self.0.begun.get() {
            self.heard(&frame);
        } else {
            self.0.early.borrow_mut().push(frame);
        }
    }

    fn heard(&self, frame: &[u8]) {
        match wire::decode(frame, &Limits::FROM_SERVER) {
            Ok(messages) => messages.into_iter().for_each(|message| self.take(message)),
            Err(_) => self.drop_socket(),
        }
    }

    fn take(&self, message: Message) {
        let session = self.0.session;
        match message {
            Message::Step1(vector) => self.answer(&vector),
            Message::Step2(update) => {
                if session.merge(&update) {
                    self.0.failures.set(0);
                    session.complete();
                    if !session.can_write() {
                        // A viewer has nothing to send: with the board here, all is said.
                        self.0.flowing.set(true);
                        self.tell_save_state();
                    }
                } else {
                    self.drop_socket();
                }
            }
            Message::Update(update) => {
                if !session.merge(&update) {
                    self.drop_socket();
                }
            }
            Message::Awareness(update) => self.people_changed(&update),
            Message::QueryAwareness => self.show_now(),
            Message::Denied(reason) => session.say(&reason),
            Message::Hello(hello) => {
                session.greeted(&hello.person, hello.role, hello.now);
                if hello.format > board::FORMAT {
                    session.only_read();
                }
            }
            Message::Saved(count) => {
                if let Some(keeper) = session.keeper() {
                    keeper.saved(count);
                }
                self.tell_save_state();
            }
            Message::Refused { code, message } => {
                match code.as_str() {
                    wire::refused::NEW_PAGE => self.0.outdated.set(true),
                    wire::refused::DISK_OK => self.0.read_only_disk.set(false),
                    wire::refused::DISK_FULL => {
                        self.0.read_only_disk.set(true);
                        session.say(&message);
                    }
                    _ => session.say(&message),
                }
                self.tell_save_state();
            }
        }
    }

    /// The server said what it has; it gets what it lacks, and from now on every edit.
    fn answer(&self, vector: &[u8]) {
        let diff = self.0.session.with_mirror(|mirror| mirror.replica.diff(vector));
        let Ok(diff) = diff else { return self.drop_socket() };
        if self.0.session.can_write() {
            self.send_counted(&Message::Step2(diff), None);
        }
        self.0.flowing.set(true);
        self.tell_save_state();
        if self.0.was_away.take() {
            self.0.session.recall_again();
        }
    }

    fn people_changed(&self, update: &[u8]) {
        let now = browser::now() as u64;
        let mut news = false;
        for entry in awareness::read(update) {
            if entry.client != self.0.client {
                news |= self.0.others.borrow_mut().apply(entry, now);
            }
        }
        if news {
            self.tell_peers();
        }
    }

    fn tell_peers(&self) {
        let peers: Vec<Peer> = self
            .0
            .others
            .borrow()
            .states()
            .map(|(client, json)| Peer { client, presence: presence::from_json(json) })
            .collect();
        if self.0.session.peers.with_untracked(|old| *old != peers) {
            self.0.session.peers.set(peers);
        }
    }

    fn send(&self, message: &Message) {
        if let Some(open) = self.0.socket.borrow().as_ref().filter(|open| open.socket.ready_state() == 1) {
            // A socket that breaks while sending closes; the next handshake brings what it lost.
            let _ = open.socket.send_with_u8_array(&wire::encode(message));
        }
    }

    fn send_counted(&self, message: &Message, upto: Option<u64>) {
        self.0.sent.set(self.0.sent.get() + 1);
        if let Some(keeper) = self.0.session.keeper() {
            keeper.sent(self.0.sent.get(), upto);
        }
        self.send(message);
    }

    fn tell_save_state(&self) {
        let session = self.0.session;
        session.tell_waiting();
        let waiting = session.waiting.get_untracked().count > 0;
        let state = if self.0.stopped.get() {
            SaveState::Refused
        } else if !self.0.flowing.get() {
            if self.0.failures.get() == 0 { SaveState::Connecting } else { SaveState::Offline }
        } else if waiting && !session.can_write() {
            SaveState::Kept
        } else if waiting || self.0.read_only_disk.get() {
            SaveState::Saving
        } else {
            SaveState::Saved
        };
        if session.save.get_untracked() != state {
            session.save.set(state);
        }
        if state == SaveState::Saved && self.0.outdated.take() {
            session.tell(messages::NEW_PAGE, Remedy::Reload);
        }
    }
}

/// Reasons that trying again does not change.
fn is_final(reason: CloseCode) -> bool {
    matches!(
        reason,
        CloseCode::ViewOnly
            | CloseCode::NotFound
            | CloseCode::Deleted
            | CloseCode::Full
            | CloseCode::Malformed
    )
}

/// Which build of the page this is, as the server wrote into it.
fn page_build() -> Option<String> {
    browser::document().query_selector("meta[name=squall-build]").ok()??.get_attribute("content")
}

/// A random token that stands for this device; the server makes a person's id on a board from it.
fn device_token() -> String {
    const KEY: &str = "squall.token";
    browser::recall(KEY).filter(|token| token.len() >= 22).unwrap_or_else(|| {
        let token = browser::random_token(32);
        browser::remember(KEY, &token);
        token
    })
}

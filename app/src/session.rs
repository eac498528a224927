//! One person's work on one board: the one road in (commands) and out (signals).
//!
//! Camera, selection, tool and drafts live here and never enter the document.

mod acting;
mod afresh;
mod fixing;
mod recalling;
mod reports;
mod road_out;
mod title;
mod writing;

pub use acting::carry_out;
pub use fixing::{Beside, Fixing, TEXT_OPEN};

use crate::browser;
use crate::camera::Camera;
use crate::find::Search;
use crate::mirror::Mirror;
use crate::people::{Peer, Presence};
use crate::preferences::{self, Preferences};
use crate::route;
use crate::socket::{self, Link};
use crate::store::{Keeper, Leftover, Waiting};
use board::wire::Role;
use board::{At, Board, Change, Command, LineId, PersonId, Point, Replica, Step};
use diag::Diagnostic;
use emd::Kind;
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::HashMap;
use std::rc::Rc;

/// Whether what is on screen is on the server's disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SaveState {
    Connecting,
    Saved,
    Saving,
    Offline,
    /// What this browser found cannot be sent with this link, which is for viewing.
    Kept,
    /// The server refused for good (link not valid, board full, …): see the notice.
    Refused,
}

/// The panel that is open over the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panel {
    Share,
    Export,
    Findings,
    Me,
    Keys,
    /// What the checker says about one place: see `Session::fixing`.
    Fixes,
    Palette,
    Find,
    /// The right-click menu, opened at this pixel of the window.
    Menu {
        x: i32,
        y: i32,
    },
}

/// A sentence for the person, in the corner.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    pub text: String,
    pub remedy: Option<Remedy>,
}

/// What a person can do about a notice.
#[derive(Clone, PartialEq, Debug)]
pub enum Remedy {
    /// Bring these lines back.
    Restore(Vec<LineId>),
    /// Download the text that was on this page when it had to start afresh.
    Aside(String),
    /// Load the page again.
    Reload,
    /// Make a board of its own of this `.squall` file.
    Open(String),
}

/// The sticky that is being written: one that is there, or one that is not in the document yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Editing {
    pub line: Option<LineId>,
    pub kind: Kind,
    pub at: At,
    pub place: Option<Point>,
    /// Distinguishes one act of writing from the next.
    pub serial: u64,
}

/// The last nudge by a key: the next one of the same stickies, with nothing else done between them, belongs to it.
#[derive(Clone)]
pub struct Nudge {
    pub lines: Vec<LineId>,
    pub when: f64,
    /// The session's `acts` right after it.
    pub acts: u64,
}

/// A drag under way on this page.
#[derive(Clone, PartialEq, Debug)]
pub struct Drag {
    pub lines: Vec<LineId>,
    pub by: Point,
}

/// The findings of the text as it was when it was checked, and which line each index meant then.
#[derive(Clone, Default)]
pub struct Checked {
    pub found: Rc<Vec<Diagnostic>>,
    /// The model is complete, and without errors.
    pub green: bool,
    pub lines: Rc<Vec<LineId>>,
    pub by_line: Rc<HashMap<LineId, Vec<usize>>>,
    /// What each line said then, as a number: see `Checked::says`.
    said: Rc<Vec<u64>>,
}

/// `acting::carry_out`, which comes with the part of the page for writing (see `chunks`).
pub type Hands = fn(Session, Command, Step) -> Vec<LineId>;

type Listener = Rc<dyn Fn(&[Change])>;
type Listeners = Vec<(u64, Listener)>;

#[derive(Clone, Copy)]
pub struct Session {
    mirror: StoredValue<Mirror, LocalStorage>,
    me: StoredValue<PersonId, LocalStorage>,
    link: StoredValue<Option<Link>, LocalStorage>,
    keeper: StoredValue<Option<Keeper>, LocalStorage>,
    /// Changes found in this browser that can only be joined when the server's board is here.
    held: StoredValue<(Vec<Leftover>, Vec<Vec<u8>>)>,
    /// Called with the changes of a frame, before the signals below move.
    listeners: StoredValue<Listeners, LocalStorage>,
    frame_asked: StoredValue<bool, LocalStorage>,
    check_asked: StoredValue<Option<gloo_timers::callback::Timeout>, LocalStorage>,
    /// Server clock minus ours, in milliseconds.
    clock_offset: StoredValue<f64, LocalStorage>,
    serial: StoredValue<u64>,
    /// Grows with everything that is done to the board from here.
    pub acts: StoredValue<u64>,
    /// Written by the command that nudges.
    pub nudged: StoredValue<Option<Nudge>>,
    pub camera: StoredValue<Camera, LocalStorage>,
    /// Grows with every move of the camera, for what floats over the wall. Written by `view::wall::look`.
    pub camera_moves: RwSignal<u64>,
    /// Whether this person has moved the camera or worked on the wall; until then the whole board stays in view.
    pub steered: StoredValue<bool>,
    pub segment: StoredValue<String>,
    /// Nothing until the part for writing is here. Written by `view::hands`.
    pub hands: RwSignal<Option<Hands>>,
    pub wall: NodeRef<Div>,

    /// The stickies in reading order.
    pub stickies: RwSignal<Vec<LineId>>,
    /// Grows with every frame that brought a change.
    pub epoch: RwSignal<u64>,
    pub selection: RwSignal<Vec<LineId>>,
    pub hovered: RwSignal<Option<LineId>>,
    pub editing: RwSignal<Option<Editing>>,
    pub drag: RwSignal<Option<Drag>>,
    /// Where on the wall the next sticky will be started.
    pub insertion: RwSignal<Option<Point>>,
    pub last_kind: RwSignal<Kind>,
    /// The kind that the next click on the wall places.
    pub armed: RwSignal<Option<Kind>>,
    /// The hand tool: dragging pulls the wall.
    pub hand: RwSignal<bool>,
    /// My pointer on the wall and my caret, for the others.
    pub cursor: StoredValue<Option<Point>>,
    pub caret: StoredValue<Option<crate::presence::Caret>>,
    pub checked: RwSignal<Checked, LocalStorage>,
    pub save: RwSignal<SaveState>,
    /// What the server has not confirmed, and whether this browser keeps it. Written by `tell_waiting` alone.
    pub waiting: RwSignal<Waiting>,
    /// The board is on screen: from this browser, or from the server.
    pub present: RwSignal<bool>,
    /// The first step 2 has arrived: the board on screen is the board.
    pub synced: RwSignal<bool>,
    /// What this link grants, as the server says; `role` may be less. Written by `greeted`.
    pub granted: StoredValue<Role>,
    pub role: RwSignal<Role>,
    pub peers: RwSignal<Vec<Peer>>,
    pub name: RwSignal<String>,
    pub colour: RwSignal<String>,
    /// Written by the preferences panel, through `preferences::change`, and by other tabs.
    pub preferences: RwSignal<Preferences>,
    pub panel: RwSignal<Option<Panel>>,
    /// What is looked for on the board; written by the find bar.
    pub search: RwSignal<Search>,
    pub text_open: RwSignal<bool>,
    /// The pane that plays the model is open beside the wall.
    pub run_open: RwSignal<bool>,
    /// A line, and a place in it, that the text is asked to show; the text takes it.
    pub text_place: RwSignal<Option<(LineId, u32)>>,
    /// The findings that are looked at; written by `fixing`.
    pub fixing: RwSignal<Option<Fixing>>,
    pub notice: RwSignal<Option<Notice>>,
    /// Said politely to screen readers.
    pub announcement: RwSignal<String>,
    pub can_undo: RwSignal<bool>,
    pub can_redo: RwSignal<bool>,
    pub zoom: RwSignal<f64>,
}

impl Session {
    /// Shows what this browser keeps of the board, and joins its room.
    pub fn open(segment: String, role: Role) -> Session {
        let client = socket::fresh_client_id();
        let session = Session::alone(&segment, role, client);
        let keeper = Keeper::new(session, route::board_of(&segment), client);
        session.keeper.set_value(Some(keeper));
        session.link.set_value(Some(Link::open(session, &segment, client)));
        session.recall_board();
        session
    }

    fn alone(segment: &str, role: Role, client: u64) -> Session {
        let replica = Replica::new(client, PersonId::default(), || browser::now() as u64);
        let (name, colour) = who_i_am();
        Session {
            mirror: kept_here(Mirror::new(replica)),
            me: kept_here(PersonId::default()),
            link: kept_here(None),
            keeper: kept_here(None),
            held: kept(Default::default()),
            listeners: kept_here(Vec::new()),
            frame_asked: kept_here(false),
            check_asked: kept_here(None),
            clock_offset: kept_here(0.0),
            serial: kept(0),
            acts: kept(0),
            nudged: kept(None),
            camera: kept_here(Camera::default()),
            camera_moves: signal(0),
            steered: kept(false),
            segment: kept(segment.to_owned()),
            hands: signal(None),
            wall: NodeRef::new(),
            stickies: signal(Vec::new()),
            epoch: signal(0),
            selection: signal(Vec::new()),
            hovered: signal(None),
            editing: signal(None),
            drag: signal(None),
            insertion: signal(None),
            last_kind: signal(Kind::Event),
            armed: signal(None),
            hand: signal(false),
            cursor: kept(None),
            caret: kept(None),
            checked: RwSignal::new_local(Checked::default()),
            save: signal(SaveState::Connecting),
            waiting: signal(Waiting::default()),
            present: signal(false),
            synced: signal(false),
            granted: kept(role),
            role: signal(role),
            peers: signal(Vec::new()),
            name: signal(name),
            colour: signal(colour),
            preferences: preferences::follow(),
            panel: signal(None),
            search: signal(Search::default()),
            text_open: signal(fixing::text_was_open()),
            run_open: signal(false),
            text_place: signal(None),
            fixing: signal(None),
            notice: signal(None),
            announcement: signal(String::new()),
            can_undo: signal(false),
            can_redo: signal(false),
            zoom: signal(1.0),
        }
    }

    // ---- reading

    pub fn with_board<T>(&self, read: impl FnOnce(&Board) -> T) -> T {
        self.mirror.with_value(|mirror| read(mirror.board()))
    }

    pub fn with_mirror<T>(&self, read: impl FnOnce(&Mirror) -> T) -> T {
        self.mirror.with_value(read)
    }

    pub fn watch_mirror<T>(&self, read: impl FnOnce(&mut Mirror) -> T) -> Option<T> {
        self.mirror.try_update_value(read)
    }

    pub fn can_write(&self) -> bool {
        self.role.get_untracked() != Role::View
    }

    pub fn me(&self) -> PersonId {
        self.me.get_value()
    }

    /// Hears of every change, with the mirror already up to date, until the calling view goes away. For views that
    /// keep state of their own.
    pub fn listen(&self, listener: impl Fn(&[Change]) + 'static) {
        let (session, serial) = (*self, self.next_serial());
        self.listeners.update_value(|all| all.push((serial, Rc::new(listener))));
        on_cleanup(move || {
            session.listeners.try_update_value(|all| all.retain(|(other, _)| *other != serial));
        });
    }

    // ---- the road in

    /// Carries a command out as a gesture of its own.
    pub fn run(&self, command: Command) -> Vec<LineId> {
        self.act(command, Step::New)
    }

    /// Carries a command out; `Step::Extend` makes it part of the gesture before.
    pub fn act(&self, command: Command, step: Step) -> Vec<LineId> {
        if !self.can_write() {
            self.say(crate::messages::VIEW_ONLY);
            return Vec::new();
        }
        let Some(carry_out) = self.hands.get_untracked() else { return Vec::new() };
        carry_out(*self, command, step)
    }

    pub fn undo(&self) {
        if self.can_write() && self.mirror.try_update_value(|mirror| mirror.replica.undo()) == Some(true) {
            self.send(true);
        }
    }

    pub fn redo(&self) {
        if self.can_write() && self.mirror.try_update_value(|mirror| mirror.replica.redo()) == Some(true) {
            self.send(true);
        }
    }

    /// `begins`: these changes begin a gesture, and do not go on with one.
    fn send(&self, begins: bool) {
        self.acts.update_value(|acts| *acts += 1);
        let updates = self.mirror.try_update_value(|mirror| mirror.replica.outgoing()).unwrap_or_default();
        self.with_keeper_and_link(|keeper, link| {
            for (at, update) in updates.into_iter().enumerate() {
                let seq = keeper.made(update.clone(), begins && at == 0);
                link.send_update(seq, update);
            }
            keeper.look(link.is_flowing());
        });
        self.tell_waiting();
        self.ask_for_frame();
    }

    /// Who I am goes to the others as presence, and onto the board so that stickies can be signed.
    pub fn introduce(&self, name: String, colour: String) {
        browser::remember("squall.name", &name);
        browser::remember("squall.colour", &colour);
        self.name.set(name.clone());
        self.colour.set(colour.clone());
        if self.can_write() && self.synced.get_untracked() {
            self.act(Command::Introduce { name, colour }, Step::Untracked);
        }
        self.show();
    }

    // ---- presence and words

    /// Tells the others what there is to see of me now.
    pub fn show(&self) {
        self.link.with_value(|link| {
            if let Some(link) = link {
                link.show();
            }
        });
    }

    pub fn presence(&self) -> Presence {
        Presence {
            person: self.me().0.to_string(),
            name: self.name.get_untracked(),
            colour: self.colour.get_untracked(),
            cursor: self.cursor.get_value(),
            selection: self.selection.get_untracked(),
            caret: self.caret.get_value(),
            drag: self.drag.get_untracked().map(|drag| (drag.lines, drag.by)),
        }
    }

    /// A short sentence in the corner, also read out.
    pub fn say(&self, text: &str) {
        // What a notice offers to save is not talked away.
        let aside = |notice: &Option<Notice>| {
            notice.as_ref().is_some_and(|it| matches!(it.remedy, Some(Remedy::Aside(_))))
        };
        if self.notice.with_untracked(aside) {
            return self.announcement.set(text.to_owned());
        }
        self.notice.set(Some(Notice { text: text.to_owned(), remedy: None }));
    }
}

/// My name and colour on this device; made up at the first visit.
fn who_i_am() -> (String, String) {
    let name = browser::recall("squall.name").unwrap_or_else(|| crate::people::guest_name(browser::random()));
    let colour = browser::recall("squall.colour").unwrap_or_else(|| {
        let pick = browser::random() as usize % crate::people::COLOURS.len();
        crate::people::COLOURS[pick].to_owned()
    });
    browser::remember("squall.name", &name);
    browser::remember("squall.colour", &colour);
    (name, colour)
}

// One copy of each for all fields of a type.

#[inline(never)]
fn signal<T: Send + Sync + 'static>(value: T) -> RwSignal<T> {
    RwSignal::new(value)
}

#[inline(never)]
fn kept<T: Send + Sync + 'static>(value: T) -> StoredValue<T> {
    StoredValue::new(value)
}

#[inline(never)]
fn kept_here<T: 'static>(value: T) -> StoredValue<T, LocalStorage> {
    StoredValue::new_local(value)
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

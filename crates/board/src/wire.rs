//! y-websocket's framing, and the validator that every frame passes before yrs sees it, in server and page alike.
//!
//! Types 0 to 3 are y-protocols' own. Types 100 and up are Squall's and go only to clients that connect with a
//! `token` in the query; unmodified Yjs clients never see them. `encode` writes one message a frame, because Yjs
//! reads one; `decode` accepts several.
//! Invariant: a `Message` that came out of `decode` holds only bytes that yrs reads without panic, deep recursion
//! or memory out of proportion.
//! Not here: what the server does with a message, and yrs.

mod check;
mod fit;
mod json;
pub mod lib0;

pub use fit::{Clocks, Fit};

use lib0::{Reader, write_bytes, write_uint};
use std::fmt;

/// One message. Byte fields hold Yjs v1 encodings that have passed the validator.
#[derive(Clone, PartialEq, Debug)]
pub enum Message {
    /// 0,0: what I have (state vector).
    Step1(Vec<u8>),
    /// 0,1: what you are missing (update).
    Step2(Vec<u8>),
    /// 0,2
    Update(Vec<u8>),
    /// 1: an awareness update.
    Awareness(Vec<u8>),
    /// 2,0: permission denied, with a reason.
    Denied(String),
    /// 3
    QueryAwareness,
    /// 100: the server's first message to a page: varString person, one byte role, float64 now, varUint format.
    Hello(Hello),
    /// 101: how many of the `Step2` and `Update` frames of this socket are on disk by now.
    Saved(u64),
    /// 102: a frame was not accepted: `code` is stable, `message` is for people.
    Refused { code: String, message: String },
}

#[derive(Clone, PartialEq, Debug)]
pub struct Hello {
    pub person: String,
    pub role: Role,
    /// The server's clock, milliseconds since 1970.
    pub now: f64,
    pub format: u32,
}

/// What a link entitles to; each role may do what the ones below it may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    View,
    Edit,
    Facilitate,
}

/// What one frame may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of the whole frame.
    pub frame: usize,
    /// Blocks and deleted ranges; plain values are counted apart, up to the same number.
    pub structs: usize,
    pub clients: usize,
    /// Bytes of one piece of text.
    pub string: usize,
    /// Bytes of one binary value.
    pub blob: usize,
    /// Bytes of the name of a root or a key.
    pub name: usize,
}

impl Limits {
    /// Everything that a client sends while it works; a paste is the largest of these.
    pub const LIVE: Limits = Limits {
        frame: 1 << 20,
        structs: 20_000,
        clients: 1_000,
        string: 1 << 20,
        blob: 64 << 10,
        name: 1 << 10,
    };
    /// The first `Step2` of a client, which may bring everything it did offline.
    pub const FIRST: Limits = Limits { frame: 16 << 20, structs: 500_000, clients: 50_000, ..Limits::LIVE };
    /// What a page accepts from its server: whole boards.
    pub const FROM_SERVER: Limits =
        Limits { frame: 64 << 20, structs: 4_000_000, clients: 200_000, string: 4 << 20, ..Limits::LIVE };
}

/// Why a frame was not accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameError {
    /// The frame ends in the middle of something.
    Short,
    /// Bytes are left over.
    Trailing,
    /// A number is too large or spelt in a longer way than needed.
    Number,
    /// A count promises more than the frame holds.
    Count,
    /// A block or a range of no length.
    Empty,
    Utf8,
    /// Presence that is no JSON value.
    Json,
    /// Values nested too deeply.
    Nesting,
    /// More than a frame may hold (see `Limits`).
    Budget,
    /// The frame itself is too large.
    TooBig,
    /// One client twice in one list.
    Twice,
    /// A kind of content that Squall's documents never hold.
    Content(u8),
    /// An unknown message type.
    Type(u64),
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FrameError::Short => f.write_str("the message ends too early"),
            FrameError::Trailing => f.write_str("the message goes on after its end"),
            FrameError::Number => f.write_str("a number is out of range or spelt too long"),
            FrameError::Count => f.write_str("a count promises more than the message holds"),
            FrameError::Empty => f.write_str("a block has no length"),
            FrameError::Utf8 => f.write_str("a text is not UTF-8"),
            FrameError::Json => f.write_str("presence is not JSON"),
            FrameError::Nesting => f.write_str("values are nested too deeply"),
            FrameError::Budget => f.write_str("the message holds more than one message may"),
            FrameError::TooBig => f.write_str("the message is too large"),
            FrameError::Twice => f.write_str("a client comes twice in one list"),
            FrameError::Content(kind) => write!(f, "content of kind {kind} is not used here"),
            FrameError::Type(kind) => write!(f, "message type {kind} is unknown"),
        }
    }
}

impl std::error::Error for FrameError {}

/// Why the server closed a socket. The page explains each; `name` is stable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CloseCode {
    /// A frame was malformed; the replica that sent it is to be thrown away.
    Malformed,
    /// A frame was larger than allowed.
    TooBig,
    /// The board could not be loaded, or its room failed.
    Internal,
    /// The server stops or restarts: come back soon.
    Restart,
    /// The reader is too far behind, or the server has too much to do: come back soon.
    Overloaded,
    /// A viewer wrote.
    ViewOnly,
    /// No such board, or the link is not (or no longer) valid.
    NotFound,
    /// The socket said nothing at first.
    Silent,
    /// Updates build on others that never came: join again and send everything.
    Resync,
    /// The board is as large as a board may be.
    Full,
    /// Too many messages.
    TooFast,
    /// Too many connections from one address or on one board.
    Crowded,
    /// The board was deleted by who facilitates it: its links open nothing any more.
    Deleted,
}

impl CloseCode {
    pub const ALL: [CloseCode; 13] = [
        CloseCode::Malformed,
        CloseCode::TooBig,
        CloseCode::Internal,
        CloseCode::Restart,
        CloseCode::Overloaded,
        CloseCode::ViewOnly,
        CloseCode::NotFound,
        CloseCode::Silent,
        CloseCode::Resync,
        CloseCode::Full,
        CloseCode::TooFast,
        CloseCode::Crowded,
        CloseCode::Deleted,
    ];

    pub fn code(self) -> u16 {
        match self {
            CloseCode::Malformed => 1007,
            CloseCode::TooBig => 1009,
            CloseCode::Internal => 1011,
            CloseCode::Restart => 1012,
            CloseCode::Overloaded => 1013,
            CloseCode::ViewOnly => 4403,
            CloseCode::NotFound => 4404,
            CloseCode::Silent => 4408,
            CloseCode::Resync => 4409,
            CloseCode::Full => 4413,
            CloseCode::TooFast => 4429,
            CloseCode::Crowded => 4430,
            CloseCode::Deleted => 4410,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            CloseCode::Malformed => "malformed",
            CloseCode::TooBig => "too-big",
            CloseCode::Internal => "internal",
            CloseCode::Restart => "restart",
            CloseCode::Overloaded => "overloaded",
            CloseCode::ViewOnly => "view-only",
            CloseCode::NotFound => "not-found",
            CloseCode::Silent => "silent",
            CloseCode::Resync => "resync",
            CloseCode::Full => "full",
            CloseCode::TooFast => "too-fast",
            CloseCode::Crowded => "crowded",
            CloseCode::Deleted => "deleted",
        }
    }

    pub fn from_code(code: u16) -> Option<CloseCode> {
        Self::ALL.into_iter().find(|each| each.code() == code)
    }
}

/// Codes of `Refused` messages, which leave the socket open.
pub mod refused {
    /// The server's disk is full: the board is read-only until there is room. Nothing typed is lost: the server
    /// asks for it (`Step1`) when it can write again.
    pub const DISK_FULL: &str = "disk-full";
    /// The server can write again.
    pub const DISK_OK: &str = "disk-ok";
    /// The board has nearly reached its largest size.
    pub const NEARLY_FULL: &str = "nearly-full";
    /// The server has a newer page than the one that connected: loading it again brings the newer one. Nothing
    /// has to happen at once, edits flow on. Only pages that named their build (`?build=` of the socket's address,
    /// from `<meta name="squall-build">`) are told.
    pub const NEW_PAGE: &str = "new-page";
}

/// Reads a frame: one message or several. Everything in it has been validated.
pub fn decode(frame: &[u8], limits: &Limits) -> Result<Vec<Message>, FrameError> {
    if frame.len() > limits.frame {
        return Err(FrameError::TooBig);
    }
    let mut reader = Reader::new(frame);
    let mut messages = Vec::new();
    loop {
        messages.push(message(&mut reader, limits)?);
        if reader.is_empty() {
            return Ok(messages);
        }
        if messages.len() >= 64 {
            return Err(FrameError::Budget);
        }
    }
}

fn message(reader: &mut Reader<'_>, limits: &Limits) -> Result<Message, FrameError> {
    Ok(match reader.uint()? {
        0 => match reader.uint()? {
            0 => Message::Step1(checked(reader.bytes()?, |b| check::state_vector(b, limits))?),
            1 => Message::Step2(checked(reader.bytes()?, |b| check::update(b, limits))?),
            2 => Message::Update(checked(reader.bytes()?, |b| check::update(b, limits))?),
            other => return Err(FrameError::Type(other)),
        },
        1 => Message::Awareness(checked(reader.bytes()?, check::awareness)?),
        2 => match reader.uint()? {
            0 => Message::Denied(reader.string()?.to_owned()),
            other => return Err(FrameError::Type(other)),
        },
        3 => Message::QueryAwareness,
        100 => Message::Hello(hello(reader)?),
        101 => Message::Saved(reader.uint()?),
        102 => Message::Refused { code: reader.string()?.to_owned(), message: reader.string()?.to_owned() },
        other => return Err(FrameError::Type(other)),
    })
}

fn checked(bytes: &[u8], check: impl FnOnce(&[u8]) -> Result<(), FrameError>) -> Result<Vec<u8>, FrameError> {
    check(bytes)?;
    Ok(bytes.to_vec())
}

fn hello(reader: &mut Reader<'_>) -> Result<Hello, FrameError> {
    let person = reader.string()?.to_owned();
    let role = Role::from_byte(reader.byte()?).ok_or(FrameError::Number)?;
    let mut now = [0; 8];
    now.copy_from_slice(reader.take(8)?);
    Ok(Hello {
        person,
        role,
        now: f64::from_be_bytes(now),
        format: u32::try_from(reader.uint()?).map_err(|_| FrameError::Number)?,
    })
}

impl Role {
    fn from_byte(byte: u8) -> Option<Role> {
        [Role::View, Role::Edit, Role::Facilitate].into_iter().find(|role| *role as u8 == byte)
    }
}

/// Writes one message as one frame.
pub fn encode(message: &Message) -> Vec<u8> {
    let mut out = Vec::new();
    match message {
        Message::Step1(bytes) => sync(&mut out, 0, bytes),
        Message::Step2(bytes) => sync(&mut out, 1, bytes),
        Message::Update(bytes) => sync(&mut out, 2, bytes),
        Message::Awareness(bytes) => {
            out.push(1);
            write_bytes(&mut out, bytes);
        }
        Message::Denied(reason) => {
            out.extend([2, 0]);
            write_bytes(&mut out, reason.as_bytes());
        }
        Message::QueryAwareness => out.push(3),
        Message::Hello(hello) => {
            out.push(100);
            write_bytes(&mut out, hello.person.as_bytes());
            out.push(hello.role as u8);
            out.extend(hello.now.to_be_bytes());
            write_uint(&mut out, u64::from(hello.format));
        }
        Message::Saved(count) => {
            out.push(101);
            write_uint(&mut out, *count);
        }
        Message::Refused { code, message } => {
            out.push(102);
            write_bytes(&mut out, code.as_bytes());
            write_bytes(&mut out, message.as_bytes());
        }
    }
    out
}

fn sync(out: &mut Vec<u8>, step: u8, bytes: &[u8]) {
    out.reserve(bytes.len() + 8);
    out.extend([0, step]);
    write_bytes(out, bytes);
}

/// Validates an update that does not come in a frame (a file, a row of a log).
pub fn validate(update: &[u8], limits: &Limits) -> Result<(), FrameError> {
    if update.len() > limits.frame {
        return Err(FrameError::TooBig);
    }
    check::update(update, limits)
}

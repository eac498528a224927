//! y-websocket's framing (one message a frame) and the validator that every frame passes before yrs sees it.
//!
//! Types 0 to 3 are y-protocols' own. Types 100 and up are Squall's and go only to clients that connect with a
//! `token` in the query; unmodified Yjs clients never see them.
//! Not here: what the server does with a message, and yrs.

/// One message. Byte fields hold Yjs v1 encodings that have passed `validate`.
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
    /// 100: the server's first message to a page: `{person, role, now, format}` as JSON.
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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Facilitate,
    Edit,
    View,
}

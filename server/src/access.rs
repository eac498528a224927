//! Capability links: `<board:12>-<secret:22>`. Who holds one link cannot compute another; the server keeps only
//! SHA-256 of the secrets. People are short keyed hashes of a token that their device keeps.
//!
//! Invariant: a `Secret` has no `Display` and no `Debug` that shows it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use board::wire::Role;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

const BOARD: usize = 12;
const SECRET: usize = 22;

/// A board's public name: 71 random bits. It opens nothing by itself.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct BoardId(Arc<str>);

impl BoardId {
    pub fn random() -> Result<BoardId, getrandom::Error> {
        let mut bytes = [0; 9];
        getrandom::fill(&mut bytes)?;
        // A letter comes first: a command would take what begins with a hyphen for an option.
        bytes[0] &= 0x7f;
        Ok(BoardId(URL_SAFE_NO_PAD.encode(bytes).into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BoardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// 128 random bits that open a board.
#[derive(Clone)]
pub struct Secret(String);

/// What the server keeps of a secret.
pub type SecretHash = [u8; 32];

impl Secret {
    pub fn random() -> Result<Secret, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Secret(URL_SAFE_NO_PAD.encode(bytes)))
    }

    pub fn hash(&self) -> SecretHash {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// What stands in a link and in the socket's address.
#[derive(Clone, Debug)]
pub struct Segment {
    pub board: BoardId,
    pub secret: Secret,
}

impl Segment {
    /// Only the exact form is looked up anywhere.
    pub fn parse(text: &str) -> Option<Segment> {
        if text.len() != BOARD + 1 + SECRET || !plain(text) {
            return None;
        }
        let (board, rest) = text.split_at(BOARD);
        let secret = rest.strip_prefix('-')?;
        Some(Segment { board: BoardId(board.into()), secret: Secret(secret.to_owned()) })
    }

    /// A board's name by itself.
    pub fn board(text: &str) -> Option<BoardId> {
        (text.len() == BOARD && plain(text)).then(|| BoardId(text.into()))
    }

    /// The path of the page that this link opens.
    pub fn path(&self, role: Role) -> String {
        let letter = match role {
            Role::View => 'v',
            Role::Edit => 'b',
            Role::Facilitate => 'f',
        };
        format!("/{letter}/{}-{}", self.board, self.secret.0)
    }
}

/// What is behind a link.
#[derive(Clone, Debug)]
pub enum Door {
    /// No such link.
    Wall,
    /// The link opened this board until it was deleted.
    Deleted(BoardId),
    Open(Grant),
}

impl Door {
    /// A secret opens only the board that its link names.
    pub fn of(self, named: &BoardId) -> Door {
        match &self {
            Door::Deleted(board) | Door::Open(Grant { board, .. }) if board != named => Door::Wall,
            _ => self,
        }
    }
}

/// What a secret opens.
#[derive(Clone, Debug)]
pub struct Grant {
    pub board: BoardId,
    pub role: Role,
    pub person_key: PersonKey,
}

/// The key that turns device tokens into people of one board.
#[derive(Clone)]
pub struct PersonKey(pub [u8; 32]);

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey(…)")
    }
}

impl PersonKey {
    pub fn random() -> Result<PersonKey, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(PersonKey(bytes))
    }

    /// Twelve characters that stand for a device on this board and say nothing on any other.
    pub fn person(&self, token: &str) -> Arc<str> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return "guest".into();
        };
        mac.update(token.as_bytes());
        let digest = mac.finalize().into_bytes();
        URL_SAFE_NO_PAD.encode(&digest[..9]).into()
    }
}

pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::View => "view",
        Role::Edit => "edit",
        Role::Facilitate => "facilitate",
    }
}

pub fn role_from_name(name: &str) -> Option<Role> {
    [Role::View, Role::Edit, Role::Facilitate].into_iter().find(|role| role_name(*role) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_called_by_a_letter_first() {
        for _ in 0..200 {
            let board = BoardId::random().unwrap();
            assert!(board.as_str().starts_with(|first: char| first.is_ascii_alphabetic()), "{board}");
        }
    }

    #[test]
    fn a_segment_reads_back_and_anything_else_is_no_segment() {
        let segment = Segment { board: BoardId::random().unwrap(), secret: Secret::random().unwrap() };
        let path = segment.path(Role::View);
        let text = path.strip_prefix("/v/").unwrap();
        let again = Segment::parse(text).unwrap();
        assert_eq!(again.board, segment.board);
        assert_eq!(again.secret.hash(), segment.secret.hash());
        for bad in ["", "a", "../../etc/passwd-aaaaaaaaaaaaaaaaaaaaaa", &text[1..]] {
            assert!(Segment::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_secret_does_not_show_in_debug_output() {
        let segment = Segment::parse("aaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb").unwrap();
        assert!(!format!("{segment:?}").contains("bbb"));
    }

    #[test]
    fn one_token_is_one_person_per_board() {
        let (one, two) = (PersonKey([1; 32]), PersonKey([2; 32]));
        assert_eq!(one.person("t"), one.person("t"));
        assert_ne!(one.person("t"), two.person("t"));
        assert_eq!(one.person("t").len(), 12);
    }
}

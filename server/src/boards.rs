//! Making boards and links, and unmaking boards.

use crate::access::{BoardId, Door, PersonKey, Secret, Segment};
use crate::committer::{NotNow, Stopped, Store};
use crate::log::{LogError, Row, Write};
use crate::room::{now, random_client};
use crate::rooms::Rooms;
use board::file::Squall;
use board::wire::Role;
use board::{Author, Command, FORMAT, Op, PersonId, Replica, Step, plan};

/// The links of a new board.
#[derive(Debug)]
pub struct Links {
    pub edit: String,
    pub view: String,
    pub facilitate: String,
}

#[derive(Debug, thiserror::Error)]
pub enum BoardError {
    #[error("no random numbers: {0}")]
    Random(String),
    #[error("the board has {bytes} bytes, and {most} are allowed")]
    TooLarge { bytes: usize, most: usize },
    #[error(transparent)]
    NotNow(#[from] NotNow),
    #[error(transparent)]
    Stopped(#[from] Stopped),
    #[error(transparent)]
    Log(#[from] LogError),
}

impl From<getrandom::Error> for BoardError {
    fn from(error: getrandom::Error) -> BoardError {
        BoardError::Random(error.to_string())
    }
}

/// What a new board holds.
pub enum Content {
    Nothing,
    /// As a file has it: the end of its last line begins no other one.
    Text(String),
    File(Squall),
}

/// A new board in one transaction: its key, a link of each role, and its content as the first row.
pub async fn make(store: &Store, content: Content, most: usize) -> Result<Links, BoardError> {
    let (board, mut writes) = new_board()?;
    let mut link = |role: Role| -> Result<String, BoardError> {
        let (path, write) = new_link(&board, role)?;
        writes.push(write);
        Ok(path)
    };
    let links =
        Links { edit: link(Role::Edit)?, view: link(Role::View)?, facilitate: link(Role::Facilitate)? };
    let first = tokio::task::spawn_blocking(move || seed(content)).await;
    let bytes = first.map_err(|_| Stopped)??;
    if bytes.len() > most {
        return Err(BoardError::TooLarge { bytes: bytes.len(), most });
    }
    let row = Row { board, seq: 1, time: now(), person: "server".into(), bytes: bytes.into() };
    writes.push(Write::Update(row));
    store.commit_now(writes).await?;
    Ok(links)
}

fn new_board() -> Result<(BoardId, Vec<Write>), BoardError> {
    let board = BoardId::random()?;
    let made = Write::Board { board: board.clone(), person_key: PersonKey::random()?, time: now() };
    Ok((board, vec![made]))
}

fn new_link(board: &BoardId, role: Role) -> Result<(String, Write), BoardError> {
    let secret = Secret::random()?;
    let write = Write::Link { hash: secret.hash(), board: board.clone(), role, time: now() };
    let segment = Segment { board: board.clone(), secret };
    Ok((segment.path(role), write))
}

/// The version of the schema, and the content as lines: once, here, and never by "if empty then fill".
fn seed(content: Content) -> Result<Vec<u8>, BoardError> {
    let me = PersonId("server".into());
    let client = random_client().map_err(BoardError::Random)?;
    let mut replica = Replica::new(client, me.clone(), now);
    let mut bits = 0u64.wrapping_add(getrandom::u64()?);
    // One draw from the system and a mixer: ids only have to differ.
    let mut random = move || {
        bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = bits;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut author = Author { me: &me, now: now() as f64, random: &mut random };
    let mut ops = vec![Op::SetFormat { format: FORMAT }];
    match content {
        Content::Nothing => {}
        Content::Text(text) => {
            let whole = text.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text));
            let text = whole.unwrap_or(&text).to_owned();
            ops.extend(plan(replica.board(), &Command::Replace { text }, &mut author).ops);
        }
        Content::File(file) => ops = file.ops(),
    }
    replica.apply(&ops, Step::Untracked);
    Ok(replica.snapshot())
}

/// What is behind a link.
pub async fn door(store: &Store, segment: &Segment) -> Result<Door, BoardError> {
    Ok(store.door(segment.secret.hash()).await?.of(&segment.board))
}

/// Sends everybody out, then takes the board and its links off the disk. Nobody is sent out in vain: not while the disk
/// is full, and once begun it is waited for.
pub async fn delete(store: &Store, rooms: &Rooms, board: &BoardId) -> Result<(), BoardError> {
    store.commit_now(Vec::new()).await?;
    rooms.delete(board).await;
    let gone = Write::Delete { board: board.clone(), time: now() };
    Ok(store.commit(vec![gone]).await?)
}

/// One more link to a board.
pub async fn add_link(store: &Store, board: &BoardId, role: Role) -> Result<String, BoardError> {
    let (path, write) = new_link(board, role)?;
    store.commit_now(vec![write]).await?;
    Ok(path)
}

/// Where the example board's link is kept, in the clear: it is public on its server by design.
const EXAMPLE: &str = "example";
/// The page offers the same text.
const EXAMPLE_TEXT: &str = include_str!("../../app/assets/todolist.emd");

/// The path of the example board, which is made once.
pub async fn example(store: &Store) -> Result<String, BoardError> {
    if let Some(path) = store.setting(EXAMPLE).await? {
        return Ok(path);
    }
    let links = make(store, Content::Text(EXAMPLE_TEXT.to_owned()), usize::MAX).await?;
    let keep = Write::Setting { key: EXAMPLE.into(), value: links.edit.clone() };
    store.commit(vec![keep]).await?;
    Ok(links.edit)
}

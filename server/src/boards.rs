//! Making boards and links.

use crate::access::{BoardId, Grant, PersonKey, Secret, Segment};
use crate::committer::{Stopped, Store};
use crate::log::{LogError, Row, Write};
use crate::room::{now, random_client};
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

/// A new board in one transaction: its key, a link of each role, and its text as the first row.
pub async fn make(store: &Store, text: Option<&str>, extra: Vec<Write>) -> Result<Links, BoardError> {
    let (board, mut writes) = new_board()?;
    writes.extend(extra);
    let mut link = |role: Role| -> Result<String, BoardError> {
        let (path, write) = new_link(&board, role)?;
        writes.push(write);
        Ok(path)
    };
    let links =
        Links { edit: link(Role::Edit)?, view: link(Role::View)?, facilitate: link(Role::Facilitate)? };
    writes.push(seed(&board, text)?);
    store.commit(writes).await?;
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

/// The version of the schema, and a text as lines: once, here, and never by "if empty then fill".
fn seed(board: &BoardId, text: Option<&str>) -> Result<Write, BoardError> {
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
    if let Some(text) = text {
        let command = Command::Replace { text: text.to_owned() };
        ops.extend(plan(replica.board(), &command, &mut author).ops);
    }
    replica.apply(&ops, Step::Untracked);
    Ok(Write::Update(Row {
        board: board.clone(),
        seq: 1,
        time: now(),
        person: "server".into(),
        bytes: replica.snapshot().into(),
    }))
}

/// What a link opens, if it opens anything.
pub async fn grant(store: &Store, segment: &Segment) -> Result<Option<Grant>, BoardError> {
    let grant = store.grant(segment.secret.hash()).await?;
    Ok(grant.filter(|grant| grant.board == segment.board))
}

/// One more link to a board.
pub async fn add_link(store: &Store, board: &BoardId, role: Role) -> Result<String, BoardError> {
    let (path, write) = new_link(board, role)?;
    store.commit(vec![write]).await?;
    Ok(path)
}

/// Where the example board's link is kept, in the clear: it is public on its server by design.
const EXAMPLE: &str = "example";
const EXAMPLE_TEXT: &str = include_str!("../assets/todolist.emd");

/// The path of the example board, which is made once.
pub async fn example(store: &Store) -> Result<String, BoardError> {
    if let Some(path) = store.setting(EXAMPLE).await? {
        return Ok(path);
    }
    let links = make(store, Some(EXAMPLE_TEXT), Vec::new()).await?;
    let keep = Write::Setting { key: EXAMPLE.into(), value: links.edit.clone() };
    store.commit(vec![keep]).await?;
    Ok(links.edit)
}

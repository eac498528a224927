//! The log in one SQLite file: write-ahead log, `synchronous = FULL`, so that a commit is an fsync.
//!
//! Every stored blob carries its SHA-256 and is checked when it is read. The snapshot before the newest one is kept,
//! so that a damaged newest one costs nothing but time. A row that is damaged or missing makes its board refuse to
//! open, for what follows may build on it; only what never was committed is cut off, by SQLite's own recovery.

use crate::access::{BoardId, Door, Grant, PersonKey, SecretHash, Segment, role_from_name, role_name};
use crate::log::{Log, LogError, Row, Stored, Write};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};
use std::path::Path;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS boards (
    board TEXT PRIMARY KEY,
    person_key BLOB NOT NULL,
    time INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (
    hash BLOB PRIMARY KEY,
    board TEXT NOT NULL,
    role TEXT NOT NULL,
    time INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS updates (
    board TEXT NOT NULL,
    seq INTEGER NOT NULL,
    time INTEGER NOT NULL,
    person TEXT NOT NULL,
    bytes BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (board, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshots (
    board TEXT NOT NULL,
    upto INTEGER NOT NULL,
    time INTEGER NOT NULL,
    state BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (board, upto)
);
CREATE TABLE IF NOT EXISTS deleted_links (
    hash BLOB PRIMARY KEY,
    board TEXT NOT NULL,
    time INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
";

/// Of this database; a newer one is refused.
const FORMAT: i64 = 1;

pub struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Opens the database, making it where it is missing.
    pub fn open(file: &Path) -> Result<Sqlite, LogError> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let format: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if format > FORMAT {
            return Err(LogError::Unusable(format!(
                "the database was written by a newer Squall (format {format}, this one reads {FORMAT})"
            )));
        }
        connection.execute_batch(SCHEMA)?;
        if format < FORMAT {
            connection.pragma_update(None, "user_version", FORMAT)?;
        }
        Ok(Sqlite { connection })
    }
}

impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> LogError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => LogError::Full,
            _ => LogError::Failed(error.to_string()),
        }
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn damaged(board: &BoardId, what: impl Into<String>) -> LogError {
    LogError::Damaged { board: board.to_string(), what: what.into() }
}

fn write(transaction: &Transaction<'_>, write: &Write) -> rusqlite::Result<()> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        transaction.prepare_cached(sql)?.execute(values).map(|_| ())
    };
    match write {
        Write::Board { board, person_key, time } => run(
            "INSERT INTO boards (board, person_key, time) VALUES (?, ?, ?)",
            params![board.as_str(), person_key.0, *time as i64],
        ),
        Write::Link { hash, board, role, time } => run(
            "INSERT INTO links (hash, board, role, time) VALUES (?, ?, ?, ?)",
            params![hash, board.as_str(), role_name(*role), *time as i64],
        ),
        Write::Update(row) => update(transaction, row),
        Write::Snapshot { board, upto, time, state } => {
            run(
                "DELETE FROM snapshots WHERE board = ?1
                 AND upto < (SELECT max(upto) FROM snapshots WHERE board = ?1)",
                params![board.as_str()],
            )?;
            run(
                "INSERT OR REPLACE INTO snapshots (board, upto, time, state, sha256) VALUES (?, ?, ?, ?, ?)",
                params![board.as_str(), *upto as i64, *time as i64, &state[..], sha256(state)],
            )
        }
        Write::Setting { key, value } => {
            run("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", params![key, value])
        }
        Write::Delete { board, time } => {
            run(
                "INSERT OR IGNORE INTO deleted_links (hash, board, time)
                 SELECT hash, board, ?2 FROM links WHERE board = ?1",
                params![board.as_str(), *time as i64],
            )?;
            for everything in [
                "DELETE FROM links WHERE board = ?",
                "DELETE FROM updates WHERE board = ?",
                "DELETE FROM snapshots WHERE board = ?",
                "DELETE FROM boards WHERE board = ?",
            ] {
                run(everything, params![board.as_str()])?;
            }
            Ok(())
        }
    }
}

fn update(transaction: &Transaction<'_>, row: &Row) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO updates (board, seq, time, person, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            row.board.as_str(),
            row.seq as i64,
            row.time as i64,
            &*row.person,
            &row.bytes[..],
            sha256(&row.bytes)
        ])
        .map(|_| ())
}

impl Sqlite {
    /// The newest snapshot that is whole; its rows are all still there, so an older one only means more of them.
    fn snapshot(&self, board: &BoardId) -> Result<Option<(u64, Vec<u8>)>, LogError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT upto, state, sha256 FROM snapshots WHERE board = ? ORDER BY upto DESC")?;
        let mut found = statement.query(params![board.as_str()])?;
        while let Some(row) = found.next()? {
            let upto: i64 = row.get(0)?;
            let state: Vec<u8> = row.get(1)?;
            let sum: Vec<u8> = row.get(2)?;
            if sum == sha256(&state) {
                return Ok(Some((upto as u64, state)));
            }
            tracing::error!(board = %board, upto, "a snapshot is damaged; using what came before");
        }
        Ok(None)
    }

    fn deleted(&self, hash: &SecretHash) -> Result<Door, LogError> {
        let board: Option<String> = self
            .connection
            .prepare_cached("SELECT board FROM deleted_links WHERE hash = ?")?
            .query_row(params![hash], |row| row.get(0))
            .optional()?;
        Ok(board.and_then(|board| Segment::board(&board)).map_or(Door::Wall, Door::Deleted))
    }

    fn rows(&self, board: &BoardId, after: u64) -> Result<Vec<Vec<u8>>, LogError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, bytes, sha256 FROM updates WHERE board = ? AND seq > ? ORDER BY seq",
        )?;
        let mut found = statement.query(params![board.as_str(), after as i64])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let seq: i64 = row.get(0)?;
            let bytes: Vec<u8> = row.get(1)?;
            let sum: Vec<u8> = row.get(2)?;
            if seq as u64 != after + rows.len() as u64 + 1 {
                return Err(damaged(
                    board,
                    format!("a row is missing before row {seq}; restore the database from a backup"),
                ));
            }
            if sum != sha256(&bytes) {
                return Err(damaged(
                    board,
                    format!("row {seq} does not match its checksum; restore the database from a backup"),
                ));
            }
            rows.push(bytes);
        }
        Ok(rows)
    }
}

impl Log for Sqlite {
    fn commit(&mut self, writes: &[Write]) -> Result<(), LogError> {
        let transaction = self.connection.transaction()?;
        for each in writes {
            write(&transaction, each)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn load(&mut self, board: &BoardId) -> Result<Stored, LogError> {
        // One read transaction, so that snapshot and rows belong together.
        let _reading = self.connection.unchecked_transaction()?;
        let (upto, snapshot) = match self.snapshot(board)? {
            Some((upto, state)) => (upto, Some(state)),
            None => (0, None),
        };
        Ok(Stored { rows: self.rows(board, upto)?, snapshot, upto })
    }

    fn door(&mut self, hash: &SecretHash) -> Result<Door, LogError> {
        let found: Option<(String, String, Vec<u8>)> = self
            .connection
            .prepare_cached(
                "SELECT links.board, links.role, boards.person_key
                 FROM links JOIN boards ON boards.board = links.board WHERE links.hash = ?",
            )?
            .query_row(params![hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((board, role, key)) = found else {
            return self.deleted(hash);
        };
        let grant = || {
            Some(Grant {
                board: Segment::board(&board)?,
                role: role_from_name(&role)?,
                person_key: PersonKey(key.try_into().ok()?),
            })
        };
        grant()
            .map(Door::Open)
            .ok_or(LogError::Damaged { board: board.clone(), what: "its link or key is unreadable".into() })
    }

    fn setting(&mut self, key: &str) -> Result<Option<String>, LogError> {
        Ok(self
            .connection
            .query_row("SELECT value FROM settings WHERE key = ?", params![key], |row| row.get(0))
            .optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::wire::Role;
    use std::fs;

    fn row(board: &BoardId, seq: u64) -> Write {
        let bytes = format!("update {seq}").into_bytes().into();
        Write::Update(Row { board: board.clone(), seq, time: 0, person: "ann".into(), bytes })
    }

    fn snapshot(board: &BoardId, upto: u64) -> Write {
        Write::Snapshot {
            board: board.clone(),
            upto,
            time: 0,
            state: format!("state {upto}").into_bytes().into(),
        }
    }

    /// Ten rows, each in a transaction of its own, with snapshots after the third and the sixth.
    fn ten_rows(directory: &Path) -> (Sqlite, BoardId) {
        let board = BoardId::random().unwrap();
        let mut log = Sqlite::open(&directory.join("db")).unwrap();
        for seq in 1..=10 {
            log.commit(&[row(&board, seq)]).unwrap();
            if seq == 3 || seq == 6 {
                log.commit(&[snapshot(&board, seq)]).unwrap();
            }
        }
        (log, board)
    }

    #[test]
    fn a_board_is_its_newest_snapshot_and_the_rows_after_it() {
        let directory = tempfile::tempdir().unwrap();
        let (mut log, board) = ten_rows(directory.path());
        let stored = log.load(&board).unwrap();
        assert_eq!((stored.upto, stored.rows.len()), (6, 4));
        assert_eq!(stored.snapshot.unwrap(), b"state 6");
    }

    #[test]
    fn a_damaged_snapshot_gives_way_to_the_one_before_and_then_to_all_rows() {
        let directory = tempfile::tempdir().unwrap();
        let (mut log, board) = ten_rows(directory.path());
        log.connection.execute("UPDATE snapshots SET state = x'00' WHERE upto = 6", []).unwrap();
        let stored = log.load(&board).unwrap();
        assert_eq!((stored.upto, stored.rows.len()), (3, 7));
        assert_eq!(stored.snapshot.unwrap(), b"state 3");
        log.connection.execute("UPDATE snapshots SET sha256 = x'00'", []).unwrap();
        let stored = log.load(&board).unwrap();
        assert_eq!((stored.upto, stored.rows.len(), stored.snapshot), (0, 10, None));
    }

    #[test]
    fn a_damaged_or_missing_row_refuses_its_board_by_name_and_no_other() {
        let directory = tempfile::tempdir().unwrap();
        let (mut log, board) = ten_rows(directory.path());
        let other = BoardId::random().unwrap();
        log.commit(&[row(&other, 1)]).unwrap();
        for (damage, what) in [
            ("UPDATE updates SET bytes = x'00' WHERE seq = 8", "row 8 does not match its checksum"),
            ("DELETE FROM updates WHERE seq = 8", "a row is missing before row 9"),
        ] {
            log.connection.execute(damage, []).unwrap();
            let error = log.load(&board).unwrap_err().to_string();
            assert!(error.contains(what) && error.contains(board.as_str()), "{error}");
            assert_eq!(log.load(&other).unwrap().rows.len(), 1);
        }
    }

    #[test]
    fn a_torn_tail_is_cut_and_everything_before_it_stays() {
        let directory = tempfile::tempdir().unwrap();
        let (log, board) = ten_rows(directory.path());
        // As a power cut leaves it: the last transaction reached the disk in part.
        let torn = tempfile::tempdir().unwrap();
        fs::copy(directory.path().join("db"), torn.path().join("db")).unwrap();
        let wal = fs::read(directory.path().join("db-wal")).unwrap();
        fs::write(torn.path().join("db-wal"), &wal[..wal.len() - 100]).unwrap();
        drop(log);
        let mut log = Sqlite::open(&torn.path().join("db")).unwrap();
        assert_eq!(log.load(&board).unwrap().rows.len(), 3);
        log.commit(&[row(&board, 10)]).unwrap();
        assert_eq!(log.load(&board).unwrap().rows.len(), 4);
    }

    #[test]
    fn a_deleted_board_leaves_nothing_but_that_its_links_once_opened_it() {
        let directory = tempfile::tempdir().unwrap();
        let (mut log, board) = ten_rows(directory.path());
        let other = BoardId::random().unwrap();
        for board in [&board, &other] {
            let key = PersonKey::random().unwrap();
            log.commit(&[
                Write::Board { board: board.clone(), person_key: key, time: 0 },
                Write::Link {
                    hash: sha256(board.as_str().as_bytes()),
                    board: board.clone(),
                    role: Role::Edit,
                    time: 0,
                },
            ])
            .unwrap();
        }
        let door = |log: &mut Sqlite, board: &BoardId| log.door(&sha256(board.as_str().as_bytes())).unwrap();
        assert!(matches!(door(&mut log, &board), Door::Open(grant) if grant.board == board));
        log.commit(&[Write::Delete { board: board.clone(), time: 1 }]).unwrap();
        assert!(matches!(door(&mut log, &board), Door::Deleted(gone) if gone == board));
        assert!(matches!(door(&mut log, &other), Door::Open(_)));
        assert!(matches!(log.door(&[0; 32]).unwrap(), Door::Wall));
        for table in ["boards", "links", "updates", "snapshots"] {
            let sql = format!("SELECT count(*) FROM {table} WHERE board = ?");
            let left: i64 = log.connection.query_row(&sql, [board.as_str()], |row| row.get(0)).unwrap();
            assert_eq!(left, 0, "{table}");
        }
    }

    #[test]
    fn a_database_of_a_newer_format_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let (log, _) = ten_rows(directory.path());
        log.connection.pragma_update(None, "user_version", FORMAT + 1).unwrap();
        drop(log);
        let refused = Sqlite::open(&directory.path().join("db"));
        assert!(matches!(refused, Err(LogError::Unusable(reason)) if reason.contains("newer Squall")));
    }
}

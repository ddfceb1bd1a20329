//! What the file says of its seal.

use formhand_seal::Keyring;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::super::db::Db;
use crate::{
    StoreError,
    seal::{self, Mark},
};

/// Tables that hold what is sealed.
const FILLED: [&str; 6] = [
    "jobs",
    "audit",
    "questions",
    "sessions",
    "session_events",
    "deliveries",
];

/// The index of words of a sealed store. Hashes are found as a whole, so their beginnings need no index.
const WHOLE_WORDS: &str = "DROP TABLE job_search;
    CREATE VIRTUAL TABLE job_search USING fts5 (
        words, content = '', tokenize = 'ascii', detail = none, columnsize = 0
    );
    INSERT INTO job_search (job_search, rank) VALUES ('secure-delete', 1);";

/// The connection with its seal. A file in which nothing is yet is sealed by this, if there is a key.
pub(in super::super) fn settle(
    mut conn: Connection,
    keys: Option<&Keyring>,
) -> Result<Db, StoreError> {
    // Under the write lock, so that of two who open a new file one makes the mark.
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut mark = read(&transaction)?;
    if let (None, Some(keys)) = (&mark, keys)
        && is_new(&transaction)?
    {
        let new = Mark::new(keys);
        put(&transaction, &new)?;
        index_whole_words(&transaction)?;
        mark = Some(new);
    }
    transaction.commit()?;
    let seal = seal::settled(mark.as_ref(), keys)?;
    Ok(Db::new(conn, seal))
}

/// The same of a file that is only read: with whatever opens it.
pub(in super::super) fn as_found(
    conn: Connection,
    keys: Option<&Keyring>,
) -> Result<Db, StoreError> {
    let mark = read(&conn)?;
    let keys = keys.filter(|_| mark.is_some());
    let seal = match seal::settled(mark.as_ref(), keys) {
        // An old key is as good for that.
        Err(StoreError::OldKey { .. }) => match (&mark, keys) {
            (Some(mark), Some(keys)) => mark.open(keys)?,
            _ => seal::Seal::plain(),
        },
        settled => settled?,
    };
    Ok(Db::new(conn, seal))
}

/// What the file says.
pub(super) fn read(conn: &Connection) -> Result<Option<Mark>, StoreError> {
    let found = conn
        .query_row("SELECT store, key_id, blind, swept FROM seal", [], |row| {
            let texts: (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok((texts, row.get(3)?))
        })
        .optional()?;
    found
        .map(|((store, key, blind), is_whole)| {
            Ok(Mark {
                store,
                key: seal::key_id(&key)?,
                blind,
                is_whole,
            })
        })
        .transpose()
}

/// Writes what the file says from now on.
pub(super) fn put(conn: &Connection, mark: &Mark) -> Result<(), StoreError> {
    let Mark {
        store,
        key,
        blind,
        is_whole,
    } = mark;
    conn.execute(
        "INSERT INTO seal (one, store, key_id, blind, swept) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (one) DO UPDATE SET key_id = excluded.key_id, blind = excluded.blind, swept = excluded.swept",
        params![store, key.to_string(), blind, is_whole],
    )?;
    Ok(())
}

/// Makes the index of words one of whole words. It is empty then.
pub(super) fn index_whole_words(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(WHOLE_WORDS)?;
    Ok(())
}

fn is_new(conn: &Connection) -> Result<bool, StoreError> {
    for table in FILLED {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {table})");
        if conn.query_row(&sql, [], |row| row.get(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}

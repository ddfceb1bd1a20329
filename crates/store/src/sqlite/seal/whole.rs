//! Sealing a whole file, or sealing it anew with another key.
//!
//! It is one transaction, so the file is sealed or it is not, whatever happens in between. After it the file is written
//! anew without what stood in it before; a mark says until then that this has to be done still.

use std::path::Path;

use formhand_seal::Keyring;
use rusqlite::{Connection, TransactionBehavior};

use super::{
    super::{export::refuse_moved, job, open},
    mark,
    rows::{Change, TABLES, find_words},
};
use crate::{
    StoreError,
    contract::{Resealed, SealWish},
    seal::{Mark, Seal},
};

/// Seals all with the present key: what is not sealed, or is sealed with one of the older ones.
pub(crate) fn reseal(
    path: &Path,
    keys: &Keyring,
    wish: SealWish,
    tell: &dyn Fn(u64),
) -> Result<Resealed, StoreError> {
    let mut conn = open::connect(path)?;
    refuse_moved(&conn)?;
    let rows = in_transaction(&mut conn, keys, wish, tell)?;
    sweep(&conn)?;
    Ok(Resealed {
        key: keys.current(),
        values: rows,
    })
}

fn in_transaction(
    conn: &mut Connection,
    keys: &Keyring,
    wish: SealWish,
    tell: &dyn Fn(u64),
) -> Result<u64, StoreError> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let was = mark::read(&transaction)?;
    wish.check(was.as_ref(), keys)?;
    let (from, next) = match &was {
        None => (Seal::plain(), Mark::new(keys)),
        Some(was) => (was.open(keys)?, was.renewed(keys)?),
    };
    if was.is_some_and(|was| was.key == keys.current()) {
        return Ok(0);
    }
    let to = next.open(keys)?;
    let next = Mark {
        is_whole: false,
        ..next
    };
    let held = take_triggers(&transaction)?;
    let change = Change {
        from: &from,
        to: &to,
    };
    let mut rows = 0;
    for table in &TABLES {
        let before = rows;
        rows += table.change(&transaction, &change, |done| tell(before + done))?;
    }
    // Hashes stay what they are under another key; only those who were words become hashes.
    if !from.is_on() {
        mark::index_whole_words(&transaction)?;
        find_words(&transaction, &to)?;
        job::index_all_texts(&transaction)?;
    }
    for trigger in held {
        transaction.execute_batch(&trigger)?;
    }
    mark::put(&transaction, &next)?;
    transaction.commit()?;
    Ok(rows)
}

/// Takes away what keeps rows from being changed, and gives how to put it back.
fn take_triggers(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let found: Vec<(String, String)> = conn
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'
                 AND tbl_name IN ('jobs', 'audit', 'deliveries', 'session_events', 'sessions')",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (name, _) in &found {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\""))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

/// Writes the file anew, so that nothing is left in it of what is not there any more.
fn sweep(conn: &Connection) -> Result<(), StoreError> {
    let Some(mark) = mark::read(conn)?.filter(|mark| !mark.is_whole) else {
        return Ok(());
    };
    conn.execute_batch(
        "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);",
    )?;
    mark::put(
        conn,
        &Mark {
            is_whole: true,
            ..mark
        },
    )?;
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

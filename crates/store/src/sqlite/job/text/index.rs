//! Putting words into the index.

use rusqlite::{Connection, params};

use crate::StoreError;

/// Jobs that wait for the index before they are put into it. A search reads so many beside it.
const WAITING: i64 = 256;

const IS_DUE: &str = "SELECT (SELECT count(*) FROM job_texts WHERE dirty = 1) >= ?1
    OR EXISTS (SELECT 1 FROM job_texts WHERE words = '')";

/// Brings the index up to date if there is enough to do for it, or something to be taken out that nobody may find any more.
/// It belongs at the end of a transaction, behind its savepoints: at each of them the index writes what it has.
pub(in super::super::super) fn index(conn: &Connection) -> Result<(), StoreError> {
    let is_due: bool = conn
        .prepare_cached(IS_DUE)?
        .query_row(params![WAITING], |row| row.get(0))?;
    if is_due { all(conn) } else { Ok(()) }
}

/// Puts in all that waits for it.
pub(in super::super::super) fn all(conn: &Connection) -> Result<(), StoreError> {
    let waiting: Vec<(i64, String, Option<String>)> = conn
        .prepare_cached("SELECT number, words, was FROM job_texts WHERE dirty = 1 ORDER BY number")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (number, words, was) in waiting {
        if let Some(was) = was {
            take_out(conn, number, &was)?;
        }
        if words.is_empty() {
            let mut remove = conn.prepare_cached("DELETE FROM job_texts WHERE number = ?1")?;
            remove.execute(params![number])?;
        } else {
            put_in(conn, number, &words)?;
            conn.prepare_cached("UPDATE job_texts SET dirty = 0, was = NULL WHERE number = ?1")?
                .execute(params![number])?;
        }
    }
    Ok(())
}

/// The index does not keep what it was made of, so it is told.
fn take_out(conn: &Connection, number: i64, words: &str) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO job_search (job_search, rowid, words) VALUES ('delete', ?1, ?2)",
    )?
    .execute(params![number, words])?;
    Ok(())
}

pub(super) fn put_in(conn: &Connection, number: i64, words: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO job_search (rowid, words) VALUES (?1, ?2)")?
        .execute(params![number, words])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::super::super::migrate::migrate, *};

    fn count(conn: &Connection, sql: &str) -> i64 {
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_index_has_what_the_table_has_after_many_changes() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        let insert = "INSERT INTO job_texts (job, words, dirty) VALUES (?1, ?2, 1)";
        let change = "UPDATE job_texts SET was = CASE WHEN dirty THEN was ELSE words END, dirty = 1,
            words = CASE number % 3 WHEN 0 THEN '' ELSE words || ' p' || number END WHERE number % 7 = ?1";
        for round in 0..30 {
            for number in 0..100 {
                let words = format!("asha name{} {round} {number}", number % 10);
                conn.execute(insert, params![format!("{round}-{number}"), words])
                    .unwrap();
            }
            conn.execute(change, params![round % 7]).unwrap();
            index(&conn).unwrap();
        }
        all(&conn).unwrap();
        assert_eq!(
            count(&conn, "SELECT count(*) FROM job_texts WHERE dirty = 1"),
            0
        );
        for (word, like) in [
            ("asha", "asha %"),
            ("name7", "% name7 %"),
            ("p14", "% p14%"),
        ] {
            let found =
                format!("SELECT count(*) FROM job_search WHERE job_search MATCH '\"{word}\"*'");
            let there = format!("SELECT count(*) FROM job_texts WHERE words LIKE '{like}'");
            assert_eq!(count(&conn, &found), count(&conn, &there), "{word}");
        }
        let whole = conn.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
        assert_eq!(whole.unwrap(), "ok");
    }
}

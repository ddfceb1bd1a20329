//! What happened to sessions.

use tokio::sync::mpsc;

use super::super::db::Db;
use super::{
    super::session_event,
    stream::{Read, stream},
};
use crate::{
    StoreError,
    copying::{Batch, CopiedEvent},
};

const ALL: &str = "SELECT seq, at, portal, account, generation, detail, format, number
    FROM session_events ORDER BY seq";

/// What an event takes, about.
const BYTES: usize = 400;

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, ALL, to, Batch::SessionEvents, |row| {
        let what = CopiedEvent {
            entry: session_event::entry(&conn.seal, row)?,
            number: row.get(7)?,
        };
        Ok(Read { what, bytes: BYTES })
    })
}

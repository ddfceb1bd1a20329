//! Questions that nobody has answered. Of the others their askers are gone.

use tokio::sync::mpsc;

use super::super::db::Db;
use super::{
    super::question,
    stream::{Read, stream},
};
use crate::{StoreError, copying::Batch};

const OPEN: &str =
    "SELECT id, kind, portal, account, picture, asked_at, expires_at, answer FROM questions
    WHERE answer IS NULL";

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, OPEN, to, Batch::Questions, |row| {
        let what = question::read(&conn.seal, row)?;
        let bytes = what.picture.len();
        Ok(Read { what, bytes })
    })
}

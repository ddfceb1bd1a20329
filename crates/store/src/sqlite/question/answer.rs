//! Answering a question.

use formhand_domain::QuestionId;
use jiff::Timestamp;
use rusqlite::params;

use super::super::{time, writer::Write};
use crate::{Change, StoreError, seal::Places};

/// Answers a question if it is still open.
pub(in super::super) fn answer(
    write: &mut Write<'_>,
    id: &QuestionId,
    answer: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let place = Places::question(id.as_str(), "answer");
    let sealed = write.conn.seal.text(&place, answer.to_owned());
    let rows = write
        .conn
        .prepare_cached(
            "UPDATE questions SET answer = ?2, answered_at = ?3
             WHERE id = ?1 AND answer IS NULL AND expires_at > ?3",
        )?
        .execute(params![id.as_str(), sealed, time::present(now)])?;
    if rows > 0 {
        write.tell(Change::Question);
    }
    Ok(rows > 0)
}

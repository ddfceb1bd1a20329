//! Asking a question.

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::super::{json, time, writer::Write};
use crate::{Change, Question, StoreError, seal::Places};

/// A question that is over is kept this long, for a person who wonders what happened.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Stores a question, and removes those that are long over: their pictures would fill the file.
pub(in super::super) fn ask(write: &mut Write<'_>, question: &Question) -> Result<(), StoreError> {
    let oldest = question
        .asked_at
        .saturating_sub(KEPT)
        .unwrap_or(Timestamp::MIN);
    write
        .conn
        .prepare_cached("DELETE FROM questions WHERE expires_at < ?1")?
        .execute(params![time::present(oldest)])?;
    let kind = json::encode(&question.kind)?;
    let (seal, id) = (&write.conn.seal, question.id.as_str());
    let picture = seal.bytes(&Places::question(id, "picture"), &question.picture);
    let answer = question.answer.clone();
    let answer = answer.map(|text| seal.text(&Places::question(id, "answer"), text));
    let answered_at = question.answer.as_ref().map(|_| question.asked_at);
    write
        .conn
        .prepare_cached(
            "INSERT INTO questions (id, kind, portal, account, picture, asked_at, expires_at, answer, answered_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            question.id.as_str(),
            kind.trim_matches('"'),
            question.account.portal.as_str(),
            question.account.account.as_str(),
            picture,
            time::stored(question.asked_at),
            time::stored(question.expires_at),
            answer,
            answered_at.map(time::stored),
        ])?;
    write.tell(Change::Question);
    Ok(())
}

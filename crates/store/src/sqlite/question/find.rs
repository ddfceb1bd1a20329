//! Finding questions.

use formhand_domain::{AccountKey, AccountName, PortalName, QuestionId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::super::db::Db;
use super::super::{json, time};
use crate::{
    Question, StoreError,
    seal::{Places, Seal},
};

/// One question.
pub(in super::super) fn find(conn: &Db, id: &QuestionId) -> Result<Option<Question>, StoreError> {
    conn.prepare_cached(
        "SELECT id, kind, portal, account, picture, asked_at, expires_at, answer FROM questions WHERE id = ?1",
    )?
    .query_row(params![id.as_str()], Columns::of)
    .optional()?
    .map(|row| row.question(&conn.seal))
    .transpose()
}

/// Questions without an answer that are not too old, oldest first.
pub(in super::super) fn open(conn: &Db, now: Timestamp) -> Result<Vec<Question>, StoreError> {
    conn.prepare_cached(
        "SELECT id, kind, portal, account, picture, asked_at, expires_at, answer FROM questions
         WHERE answer IS NULL AND expires_at > ?1 ORDER BY asked_at, id",
    )?
    .query_map(params![time::present(now)], Columns::of)?
    .map(|row| row?.question(&conn.seal))
    .collect()
}

/// The question of a row with the columns that are read here.
pub(in super::super) fn read(seal: &Seal, row: &Row<'_>) -> Result<Question, StoreError> {
    Columns::of(row)?.question(seal)
}

struct Columns {
    id: String,
    kind: String,
    portal: String,
    account: String,
    picture: Vec<u8>,
    asked_at: i64,
    expires_at: i64,
    answer: Option<String>,
}

impl Columns {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            portal: row.get(2)?,
            account: row.get(3)?,
            picture: row.get(4)?,
            asked_at: row.get(5)?,
            expires_at: row.get(6)?,
            answer: row.get(7)?,
        })
    }

    fn question(self, seal: &Seal) -> Result<Question, StoreError> {
        let place = |field| Places::question(&self.id, field);
        let picture = seal.open_bytes(&place("picture"), self.picture)?;
        let answer = self.answer;
        let answer = answer.map(|text| seal.open_text(&place("answer"), text));
        let answer = answer.transpose()?;
        Ok(Question {
            id: json::parse(QuestionId::new(self.id))?,
            kind: json::decode(json::FORMAT, &format!("\"{}\"", self.kind))?,
            account: AccountKey {
                portal: json::parse(PortalName::new(self.portal))?,
                account: json::parse(AccountName::new(self.account))?,
            },
            picture,
            asked_at: time::read(self.asked_at)?,
            expires_at: time::read(self.expires_at)?,
            answer,
        })
    }
}

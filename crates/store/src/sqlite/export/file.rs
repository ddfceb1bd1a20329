//! The file that is handed over.

use std::path::Path;

use formhand_seal::Keyring;
use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{
    super::{db::Db, open, seal},
    accounts, audit, chain, jobs,
    moves::{self, Move},
    outcomes, questions, session_events, slates, starts, totals, webhooks,
};
use crate::{
    StoreError,
    copying::{Batch, Totals},
};

/// A store that is to be moved. What is not marked when this is dropped is as it was.
pub(crate) struct Export {
    conn: Db,
}

impl Export {
    /// Opens the file, which must be there, and brings its schema up to date.
    pub(crate) fn open(file: &Path, keys: Option<&Keyring>) -> Result<Self, StoreError> {
        let conn = seal::as_found(open::connect(file)?, keys)?;
        Ok(Self { conn })
    }

    /// Where it was moved to, if it was.
    pub(crate) fn moved(&self) -> Result<Option<Move>, StoreError> {
        moves::finished(&self.conn)
    }

    /// Whether this is the name of a try to move it.
    pub(crate) fn knows(&self, id: &str) -> Result<bool, StoreError> {
        moves::knows(&self.conn, id)
    }

    /// Notes a new try, and gives its name. Durable at once, so that what it leaves elsewhere is recognised.
    pub(crate) fn begin(
        &self,
        (host, database): (&str, &str),
        now: Timestamp,
    ) -> Result<String, StoreError> {
        moves::begin(&self.conn, (host, database), now)
    }

    /// Keeps everybody else from writing, and counts what there is.
    pub(crate) fn hold(&self) -> Result<Totals, StoreError> {
        self.conn.execute_batch("BEGIN IMMEDIATE")?;
        totals::count(&self.conn)
    }

    /// Hands everything over. It ends early if nobody takes it any more.
    pub(crate) fn hand_over(&self, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
        jobs::hand_over(&self.conn, to)?;
        audit::hand_over(&self.conn, to)?;
        chain::hand_over(&self.conn, to)?;
        accounts::hand_over(&self.conn, to)?;
        starts::hand_over(&self.conn, to)?;
        questions::hand_over(&self.conn, to)?;
        slates::hand_over(&self.conn, to)?;
        outcomes::hand_over(&self.conn, to)?;
        session_events::hand_over(&self.conn, to)?;
        webhooks::hand_over(&self.conn, to)
    }

    /// Marks the store as moved by this try. From now on nobody opens it.
    pub(crate) fn mark(&self, id: &str, now: Timestamp) -> Result<(), StoreError> {
        moves::finish(&self.conn, id, now)?;
        self.conn.execute_batch("COMMIT")?;
        // One file is left instead of three. What is committed is safe without it.
        let folded = self.conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        folded.unwrap_or_else(|error| tracing::debug!(%error, "the log was not folded in"));
        Ok(())
    }
}

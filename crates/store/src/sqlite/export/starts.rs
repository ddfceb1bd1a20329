//! When the newest job of each account was claimed.

use tokio::sync::mpsc;

use super::{
    super::{account, db::Db},
    stream::{Read, stream},
};
use crate::{
    StoreError,
    copying::{Batch, CopiedStart},
};

/// Also of accounts whose job is in progress since a version that did not note it: that they have begun one is what the
/// target counts their jobs by.
pub(super) const ALL: &str = "SELECT portal, account, max(started_at) FROM (
        SELECT portal, account, started_at FROM account_starts
        UNION ALL SELECT portal, account, 0 FROM jobs WHERE lease_expires_at IS NOT NULL)
    GROUP BY portal, account";

pub(super) fn hand_over(conn: &Db, to: &mpsc::Sender<Batch>) -> Result<(), StoreError> {
    stream(conn, ALL, to, Batch::Starts, |row| {
        let what = CopiedStart {
            account: account::key(row.get(0)?, row.get(1)?)?,
            started_at: row.get(2)?,
        };
        let bytes = size_of::<CopiedStart>();
        Ok(Read { what, bytes })
    })
}

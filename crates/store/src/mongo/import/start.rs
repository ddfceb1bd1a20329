//! The newest claim of an account, of which nothing is known but its time.

use formhand_domain::JobId;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use crate::copying::CopiedStart;

/// A claim that is done: whoever looks for its job, to finish what another began, finds that there is none.
pub(super) fn document(copied: &CopiedStart) -> Document {
    let no_job = JobId::new(Timestamp::UNIX_EPOCH, 0);
    doc! {
        "_id": copied.account.to_string(),
        "number": 1_i64,
        "started_at": copied.started_at,
        "job": no_job.to_string(),
        "revision": 0_i64,
        "owner": "copied",
        "token": 0_i64,
        "expires_at": copied.started_at,
    }
}

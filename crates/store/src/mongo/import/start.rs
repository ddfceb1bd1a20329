//! What is noted of an account's claims, of which nothing is known but the time of the newest.

use mongodb::bson::{Bson, Document, doc};

use crate::copying::CopiedStart;

/// All claims are done.
pub(super) fn document(copied: &CopiedStart) -> Document {
    doc! {
        "_id": copied.account.to_string(),
        "number": 1_i64,
        "started_at": copied.started_at,
        "claims": Vec::<Bson>::new(),
    }
}

//! How fast the jobs of one account follow each other.

use formhand_domain::{AccountKey, account::Pace};
use jiff::{SignedDuration, Timestamp};
use mongodb::bson::doc;

use super::super::{collections::Collections, document::number};
use crate::{StoreError, time};

/// When the pace lets the next job be claimed; nothing if none was ever claimed.
pub(in super::super) async fn next_start_at(
    store: &Collections,
    account: &AccountKey,
    pace: SignedDuration,
) -> Result<Option<Timestamp>, StoreError> {
    let pace = Pace { between: pace };
    let found = store
        .claims
        .find_one(doc! { "_id": account.to_string() })
        .await?;
    let Some(found) = found else { return Ok(None) };
    let last = time::read(number(&found, "started_at")?)?;
    Ok(Some(pace.next_start(last)))
}

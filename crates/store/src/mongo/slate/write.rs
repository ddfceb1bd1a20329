//! Writing one.

use mongodb::bson::doc;

use super::super::{collections::Collections, document::stored, error::is_taken};
use crate::StoreError;

/// Writes under a name if the revision there is still `was`.
pub(super) async fn write(
    store: &Collections,
    name: &str,
    was: u64,
    text: &str,
) -> Result<bool, StoreError> {
    let next = stored(was.saturating_add(1))?;
    if was == 0 {
        let new = doc! { "_id": name, "revision": next, "text": text };
        return match store.slates.insert_one(new).await {
            Ok(_) => Ok(true),
            Err(error) if is_taken(&error) => Ok(false),
            Err(error) => Err(error.into()),
        };
    }
    let written = store
        .slates
        .update_one(
            doc! { "_id": name, "revision": stored(was)? },
            doc! { "$set": { "revision": next, "text": text } },
        )
        .await?;
    Ok(written.matched_count == 1)
}

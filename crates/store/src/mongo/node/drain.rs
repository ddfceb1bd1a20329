//! What is wanted of a server.

use formhand_domain::NodeId;
use mongodb::bson::doc;

use super::super::collections::Collections;
use crate::StoreError;

/// Asks a server to take no more work, or takes that back. False if it is not known.
pub(in super::super) async fn drain(
    store: &Collections,
    id: &NodeId,
    drain: bool,
) -> Result<bool, StoreError> {
    let done = store
        .nodes
        .update_one(
            doc! { "_id": id.as_str() },
            doc! { "$set": { "drain": drain } },
        )
        .await?;
    Ok(done.matched_count == 1)
}

/// Removes a server that has ended.
pub(in super::super) async fn forget(store: &Collections, id: &NodeId) -> Result<(), StoreError> {
    store.nodes.delete_one(doc! { "_id": id.as_str() }).await?;
    Ok(())
}

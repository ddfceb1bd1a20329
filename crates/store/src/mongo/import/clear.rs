//! Finding and removing what is there.

use mongodb::{
    Collection,
    bson::{Document, doc},
    options::ReadConcern,
};

use super::super::collections::Collections;
use crate::StoreError;

/// The collections that are copied into, and what they hold.
fn filled(store: &Collections) -> [(&Collection<Document>, &'static str); 8] {
    [
        (&store.jobs, "jobs"),
        (&store.audit, "an audit"),
        (&store.claims, "claims of jobs"),
        (&store.accounts, "sessions or logins of accounts"),
        (&store.session_events, "session events"),
        (&store.questions, "questions"),
        (&store.webhooks, "webhooks"),
        (&store.deliveries, "messages of webhooks"),
    ]
}

/// The first of them that is not empty. What is not durable yet counts too.
pub(super) async fn first_found(store: &Collections) -> Result<Option<&'static str>, StoreError> {
    for (collection, what) in filled(store) {
        let found = collection
            .find_one(doc! {})
            .projection(doc! { "_id": 1 })
            .read_concern(ReadConcern::local())
            .await?;
        if found.is_some() {
            return Ok(Some(what));
        }
    }
    let removed = store.meta.find_one(doc! { "_id": "audit" }).await?;
    Ok(removed.map(|_| "the trace of jobs that were removed"))
}

/// Empties them.
pub(super) async fn clear(store: &Collections) -> Result<(), StoreError> {
    for (collection, _) in filled(store) {
        collection.delete_many(doc! {}).await?;
    }
    // The counts stay, and are made anew of what is copied.
    store.outcomes.delete_many(doc! {}).await?;
    store.removals.delete_many(doc! {}).await?;
    store.meta.delete_one(doc! { "_id": "audit" }).await?;
    Ok(())
}

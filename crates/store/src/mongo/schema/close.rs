//! Closing collections while they are filled, and opening them again.

use mongodb::bson::{Document, doc};

use super::{super::collections::Collections, rules};
use crate::StoreError;

/// Lets nobody write jobs or accounts, but who says that no rule is to be looked at. The database holds to it, whoever
/// has it open.
pub(in super::super) async fn close(store: &Collections) -> Result<(), StoreError> {
    for name in ["jobs", "accounts"] {
        let nothing = doc! { "_id": { "$exists": false } };
        store
            .database
            .run_command(doc! { "collMod": name, "validator": nothing })
            .await?;
    }
    Ok(())
}

/// The rules hold again.
pub(in super::super) async fn reopen(store: &Collections) -> Result<(), StoreError> {
    rules::make(store).await
}

/// How many jobs and accounts break them.
pub(in super::super) async fn rule_breakers(store: &Collections) -> Result<u64, StoreError> {
    let not = |rules: Document| doc! { "$nor": [rules] };
    let jobs = store.jobs.count_documents(not(rules::jobs())).await?;
    let accounts = store
        .accounts
        .count_documents(not(rules::accounts()))
        .await?;
    Ok(jobs + accounts)
}

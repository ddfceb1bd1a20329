//! The indexes.

use mongodb::{
    Collection, IndexModel,
    bson::{Document, doc},
    options::IndexOptions,
};

use super::super::collections::Collections;
use crate::StoreError;

/// Makes those that are missing.
pub(super) async fn make(store: &Collections) -> Result<(), StoreError> {
    tokio::try_join!(
        on(&store.jobs, jobs().into_iter().chain(lists()).collect()),
        on(&store.audit, audit()),
        on(&store.session_events, session_events()),
        on(&store.questions, questions()),
        on(&store.accounts, accounts()),
    )?;
    Ok(())
}

/// Makes those of the third schema.
pub(super) async fn make_webhooks(store: &Collections) -> Result<(), StoreError> {
    on(&store.deliveries, deliveries()).await
}

async fn on(collection: &Collection<Document>, indexes: Vec<IndexModel>) -> Result<(), StoreError> {
    collection.create_indexes(indexes).await?;
    Ok(())
}

fn jobs() -> Vec<IndexModel> {
    let there = || doc! { "$exists": true };
    vec![
        unique(
            "idempotency_key",
            doc! { "idempotency_key": 1 },
            doc! { "idempotency_key": there() },
        ),
        unique(
            "business_key",
            doc! { "portal": 1, "business_key": 1 },
            doc! { "holds_key": true, "business_key": there() },
        ),
        unique(
            "live_caller_id",
            doc! { "portal": 1, "caller_id": 1 },
            doc! { "holds_key": true },
        ),
        // The queue reads only these, and they hold only the jobs that are alive: a million finished ones cost it
        // nothing.
        partial(
            "due_by_account",
            doc! { "portal": 1, "account": 1, "due_at": 1, "_id": 1 },
            doc! { "due_at": there() },
        ),
        partial("due", doc! { "due_at": 1 }, doc! { "due_at": there() }),
        partial(
            "leased_by_account",
            doc! { "portal": 1, "account": 1 },
            doc! { "lease_expires_at": there() },
        ),
        partial(
            "leased",
            doc! { "lease_expires_at": 1 },
            doc! { "lease_expires_at": there() },
        ),
        partial(
            "to_search",
            doc! { "search_at": 1 },
            doc! { "search_at": there() },
        ),
        partial(
            "unnumbered",
            doc! { "outbox.key": 1 },
            doc! { "outbox": there() },
        ),
        partial(
            "to_forget",
            doc! { "finished_at": 1, "_id": 1 },
            doc! { "finished_at": there(), "outcome": "submitted", "forgotten": false },
        ),
        partial(
            "to_remove",
            doc! { "finished_at": 1, "_id": 1 },
            doc! { "finished_at": there(), "outcome": "not_submitted" },
        ),
        partial(
            "refused_notes",
            doc! { "source.name": 1, "source.refused_at": 1 },
            doc! { "source.refused_at": there() },
        ),
    ]
}

/// Those that lists are read from: each has its jobs in the order of their ids.
fn lists() -> Vec<IndexModel> {
    vec![
        index(
            "by_caller_id",
            doc! { "caller_id": 1, "holds_key": -1, "_id": -1 },
        ),
        index("by_status", doc! { "status": 1, "_id": -1 }),
        index("by_portal", doc! { "portal": 1, "status": 1, "_id": -1 }),
        // In this order, so that it is never taken for the jobs of an account that are at work, which have an index of their
        // own.
        index(
            "by_account",
            doc! { "account": 1, "status": 1, "portal": 1, "_id": -1 },
        ),
        partial(
            "by_business_key",
            doc! { "business_key": 1, "_id": -1 },
            doc! { "business_key": { "$exists": true } },
        ),
        // The beginning of a word is a part of this index too.
        index("words", doc! { "words": 1, "_id": -1 }),
    ]
}

fn audit() -> Vec<IndexModel> {
    vec![
        // An entry has one number, whoever gives it.
        unique("key", doc! { "key": 1 }, Document::new()),
        index("by_job", doc! { "job": 1, "_id": -1 }),
    ]
}

fn session_events() -> Vec<IndexModel> {
    vec![
        index("by_account", doc! { "portal": 1, "account": 1, "_id": -1 }),
        index("by_event", doc! { "event": 1, "_id": -1 }),
        index("by_number", doc! { "portal": 1, "account": 1, "number": 1 }),
    ]
}

fn questions() -> Vec<IndexModel> {
    vec![index("by_end", doc! { "expires_at": 1 })]
}

fn deliveries() -> Vec<IndexModel> {
    let there = || doc! { "$exists": true };
    vec![
        partial(
            "due",
            doc! { "webhook": 1, "next_at": 1, "id": 1 },
            doc! { "next_at": there() },
        ),
        index("by_age", doc! { "webhook": 1, "made_at": -1, "id": -1 }),
        partial(
            "by_job",
            doc! { "webhook": 1, "job": 1, "made_at": -1, "id": -1 },
            doc! { "job": there() },
        ),
        index(
            "by_status",
            doc! { "webhook": 1, "status": 1, "made_at": -1, "id": -1, "ended_at": 1 },
        ),
        partial(
            "ended",
            doc! { "status": 1, "ended_at": 1 },
            doc! { "ended_at": there() },
        ),
        index("made", doc! { "made_at": 1 }),
    ]
}

fn accounts() -> Vec<IndexModel> {
    vec![index("by_name", doc! { "portal": 1, "account": 1 })]
}

fn index(name: &str, keys: Document) -> IndexModel {
    let options = IndexOptions::builder().name(name.to_owned()).build();
    IndexModel::builder().keys(keys).options(options).build()
}

fn partial(name: &str, keys: Document, of: Document) -> IndexModel {
    let options = IndexOptions::builder()
        .name(name.to_owned())
        .partial_filter_expression(of)
        .build();
    IndexModel::builder().keys(keys).options(options).build()
}

fn unique(name: &str, keys: Document, of: Document) -> IndexModel {
    let of = (!of.is_empty()).then_some(of);
    let options = IndexOptions::builder()
        .name(name.to_owned())
        .unique(true)
        .partial_filter_expression(of)
        .build();
    IndexModel::builder().keys(keys).options(options).build()
}

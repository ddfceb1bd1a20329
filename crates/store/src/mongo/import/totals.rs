//! How much there is.

use std::collections::BTreeMap;

use formhand_domain::Status;
use futures_util::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Document, doc},
};

use super::super::{
    chain,
    collections::Collections,
    document::{count as count_of, text},
};
use crate::{StoreError, copying::Totals, json};

pub(super) async fn count(store: &Collections) -> Result<Totals, StoreError> {
    let there = || doc! { "$exists": true };
    let noted = store.meta.find_one(doc! { "_id": "audit" }).await?;
    let noted = noted.map_or(Ok(0), |noted| count_of(&noted, "last"))?;
    let accounts = &store.accounts;
    let tries = doc! { "$size": { "$ifNull": ["$logins", []] } };
    Ok(Totals {
        jobs: jobs(store).await?,
        idempotency_keys: many(&store.jobs, doc! { "idempotency_key": there() }).await?,
        entries_of_jobs: sum(&store.jobs, "$entries").await?,
        audit_entries: many(&store.audit, doc! { "job": there() }).await?,
        links: many(&store.audit, doc! {}).await?,
        last_link: chain::last(store).await?.link.beginning(),
        slates: 0,
        last_audit_number: last(&store.audit).await?.max(noted),
        accounts: many(accounts, doc! {}).await?,
        sessions: many(accounts, doc! { "state": there() }).await?,
        generations: sum(accounts, "$generation").await?,
        logins: sum(accounts, tries).await?,
        wishes: many(accounts, doc! { "wish": there() }).await?,
        starts: many(&store.claims, doc! {}).await?,
        session_events: many(&store.session_events, doc! {}).await?,
        last_session_event: last(&store.session_events).await?,
        questions: many(&store.questions, doc! {}).await?,
        webhooks: many(&store.webhooks, doc! {}).await?,
        deliveries: many(&store.deliveries, doc! {}).await?,
        outcomes: sum(&store.outcomes, doc! { "$size": "$ends" }).await?,
        ended: sum(&store.outcomes, doc! { "$sum": "$ends.jobs" }).await?,
    })
}

async fn many(of: &Collection<Document>, which: Document) -> Result<u64, StoreError> {
    Ok(of.count_documents(which).await?)
}

async fn sum(
    of: &Collection<Document>,
    what: impl Into<mongodb::bson::Bson>,
) -> Result<u64, StoreError> {
    let group = doc! { "$group": { "_id": null, "sum": { "$sum": what.into() } } };
    let found = of.aggregate([group]).await?.try_next().await?;
    found.map_or(Ok(0), |found| count_of(&found, "sum"))
}

async fn last(of: &Collection<Document>) -> Result<u64, StoreError> {
    let newest = doc! { "_id": -1 };
    let found = of.find_one(doc! {}).sort(newest).await?;
    found.map_or(Ok(0), |found| count_of(&found, "_id"))
}

async fn jobs(store: &Collections) -> Result<BTreeMap<Status, u64>, StoreError> {
    let by_status = [
        // Without a sort or a filter on it the index is not taken.
        doc! { "$sort": { "status": 1, "_id": -1 } },
        doc! { "$group": { "_id": "$status", "jobs": { "$sum": 1_i64 } } },
    ];
    let counted: Vec<Document> = store.jobs.aggregate(by_status).await?.try_collect().await?;
    let read = |document| {
        let status = json::parse(text(document, "_id")?.parse())?;
        Ok((status, count_of(document, "jobs")?))
    };
    counted.iter().map(read).collect()
}

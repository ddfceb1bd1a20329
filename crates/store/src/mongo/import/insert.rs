//! Writing batches.

use mongodb::{
    Collection,
    bson::{Document, doc},
};

use super::{
    super::{
        audit::Unnumbered, chain, collections::Collections, counts, document::stored,
        error::is_taken, job, question, session_event, webhook,
    },
    account, start,
};
use crate::{
    HourOutcomes, StoreError,
    copying::{Batch, CopiedAct, CopiedEntry, CopiedEvent, CopiedLink, CopiedSlate},
    seal::Seal,
};

/// Writes a batch, and gives how much it was. It is durable then.
pub(super) async fn insert(store: &Collections, batch: Batch) -> Result<u64, StoreError> {
    let seal = &store.seal;
    match batch {
        Batch::Jobs(jobs) => {
            all(&store.jobs, &jobs, |copied| {
                job::copied_document(seal, copied)
            })
            .await
        }
        Batch::Audit(entries) => all(&store.audit, &entries, |copied| entry(seal, copied)).await,
        Batch::Acts(acts) => all(&store.audit, &acts, act).await,
        Batch::Removed(links) => {
            let stub = |link: &CopiedLink| Ok(chain::stub(stored(link.seq)?, link.bond));
            all(&store.audit, &links, stub).await
        }
        Batch::Slates(slates) => replace(store, &slates).await,
        Batch::Accounts(accounts) => {
            all(&store.accounts, &accounts, |copied| {
                account::document(seal, copied)
            })
            .await
        }
        Batch::Starts(starts) => {
            let document = |copied: &_| Ok(start::document(copied));
            all(&store.claims, &starts, document).await
        }
        Batch::SessionEvents(events) => {
            all(&store.session_events, &events, |copied| event(seal, copied)).await
        }
        Batch::Questions(asked) => {
            all(&store.questions, &asked, |asked| {
                question::document(seal, asked)
            })
            .await
        }
        Batch::Webhooks(known) => all(&store.webhooks, &known, webhook::webhook_document).await,
        Batch::Deliveries(made) => {
            all(&store.deliveries, &made, |made| {
                webhook::delivery_document(seal, made)
            })
            .await
        }
        Batch::Outcomes(ended) => outcomes(store, &ended).await,
    }
}

/// The series of outcomes that are copied.
pub(super) const SERIES: &str = "copied";

/// They come in one batch, as an hour is one document.
async fn outcomes(store: &Collections, ended: &[HourOutcomes]) -> Result<u64, StoreError> {
    let hours = counts::copied_document(SERIES, 0, ended)?;
    all(&store.outcomes, &hours, |hour| Ok(hour.clone())).await?;
    Ok(ended.len() as u64)
}

/// Notes the highest number of the audit.
pub(super) async fn last_audit_number(store: &Collections, last: u64) -> Result<(), StoreError> {
    if last == 0 {
        return Ok(());
    }
    let note = doc! { "$max": { "last": stored(last)? } };
    let audit = doc! { "_id": "audit" };
    store.meta.update_one(audit, note).upsert(true).await?;
    Ok(())
}

async fn all<T>(
    collection: &Collection<Document>,
    copied: &[T],
    document: impl Fn(&T) -> Result<Document, StoreError>,
) -> Result<u64, StoreError> {
    let documents: Vec<Document> = copied.iter().map(document).collect::<Result<_, _>>()?;
    let count = documents.len();
    // The collection is closed to all others by rules that no document keeps. Those that hold for it are checked when all
    // is there.
    let inserting = collection
        .insert_many(documents)
        .ordered(true)
        .bypass_document_validation(true);
    match inserting.await {
        Ok(_) => Ok(count as u64),
        Err(error) if is_taken(&error) => Err(StoreError::Backend(format!(
            "something else writes into its collection {:?}",
            collection.name()
        ))),
        Err(error) => Err(error.into()),
    }
}

fn entry(seal: &Seal, copied: &CopiedEntry) -> Result<Document, StoreError> {
    let seq = stored(copied.entry.seq)?;
    let entry = Unnumbered::salted(seal, &copied.entry, copied.place, copied.salt)?;
    Ok(entry.numbered(seq, copied.bond))
}

fn act(copied: &CopiedAct) -> Result<Document, StoreError> {
    let key = format!("act/{}", copied.seq);
    chain::act_document(
        (stored(copied.seq)?, &key),
        &copied.act,
        copied.salt,
        copied.bond,
    )
}

/// A server that ran here before may have left some.
async fn replace(store: &Collections, slates: &[CopiedSlate]) -> Result<u64, StoreError> {
    for CopiedSlate { name, slate } in slates {
        let document =
            doc! { "_id": name, "revision": stored(slate.revision)?, "text": &slate.text };
        let replacing = store.slates.replace_one(doc! { "_id": name }, document);
        replacing.upsert(true).await?;
    }
    Ok(slates.len() as u64)
}

fn event(seal: &Seal, copied: &CopiedEvent) -> Result<Document, StoreError> {
    let CopiedEvent { entry, number } = copied;
    session_event::document(
        seal,
        stored(entry.seq)?,
        *number,
        &entry.account,
        &entry.event,
    )
}

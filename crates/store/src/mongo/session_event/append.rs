//! Writing events under the next numbers, and removing what is too old.

use std::collections::BTreeMap;

use formhand_domain::AccountKey;
use mongodb::{
    bson::{Document, doc},
    error::ErrorKind,
    options::ReadConcern,
};
use tokio::sync::Mutex;

use super::{
    super::{collections::Collections, document::number, error::is_taken, within::until_settled},
    event::document,
    record::New,
};
use crate::StoreError;

/// Events that are kept of one account: a month of a heartbeat every five minutes.
const KEPT: i64 = 10_000;

/// Writes all of them, in their order.
pub(super) async fn append(store: &Collections, events: &[New]) -> Result<(), StoreError> {
    let left = Mutex::new(events);
    let newest = until_settled(|| async {
        let mut left = left.lock().await;
        insert(store, &mut left).await
    })
    .await?;
    for (account, number) in newest {
        let mut old = of(account);
        old.insert("number", doc! { "$lte": number - KEPT });
        store.session_events.delete_many(old).await?;
    }
    Ok(())
}

/// The newest number of each account; nothing if another was faster, with what is left then.
async fn insert<'a>(
    store: &Collections,
    left: &mut &'a [New],
) -> Result<Option<BTreeMap<&'a AccountKey, i64>>, StoreError> {
    let mut seq = last(store, Document::new(), "_id").await?;
    let mut numbers = BTreeMap::new();
    let mut documents = Vec::new();
    for new in *left {
        if !numbers.contains_key(&new.account) {
            // Of two servers that write at once both may find the same; it only says how many there are, about.
            let last = last(store, of(&new.account), "number").await?;
            numbers.insert(&new.account, last);
        }
        let number = numbers.entry(&new.account).or_default();
        (seq, *number) = (seq + 1, *number + 1);
        documents.push(document(
            &store.seal,
            seq,
            *number,
            &new.account,
            &new.event,
        )?);
    }
    match store.session_events.insert_many(documents).await {
        Ok(_) => Ok(Some(numbers)),
        Err(error) if is_taken(&error) => {
            *left = &left[written_of(&error)..];
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// How many were written before one found its number taken.
fn written_of(error: &mongodb::error::Error) -> usize {
    match error.kind.as_ref() {
        ErrorKind::InsertMany(many) => {
            let first = many.write_errors.iter().flatten().map(|write| write.index);
            first.min().unwrap_or(0)
        }
        _ => 0,
    }
}

fn of(account: &AccountKey) -> Document {
    doc! {
        "portal": account.portal.as_str(),
        "account": account.account.as_str(),
    }
}

async fn last(store: &Collections, of: Document, field: &str) -> Result<i64, StoreError> {
    let found = store
        .session_events
        .find_one(of)
        .sort(doc! { "_id": -1 })
        .projection(doc! { "_id": 1, "number": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    found.map_or(Ok(0), |found| number(&found, field))
}

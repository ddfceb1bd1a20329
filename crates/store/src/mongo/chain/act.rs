//! Noting an act.

use mongodb::{bson::doc, options::ReadConcern};

use super::{
    super::{collections::Collections, error::is_taken, within::until_settled},
    document::act_document,
    last,
};
use crate::{Act, Content, Salt, StoreError, json};

/// Inserts an act behind the last entry, and gives its number. A majority has it then.
pub(in super::super) async fn note(store: &Collections, act: Act) -> Result<u64, StoreError> {
    let key = format!("act/{:032x}", rand::random::<u128>());
    insert(store, &key, act, Salt::random()).await
}

/// Inserts it under this key, unless it is there already.
pub(super) async fn insert(
    store: &Collections,
    key: &str,
    act: Act,
    salt: Salt,
) -> Result<u64, StoreError> {
    let digest = Content::Act(act.clone()).digest(&salt);
    let seq = until_settled(|| async {
        let (seq, bond) = last(store).await?.append(digest)?;
        let document = act_document((seq, key), &act, salt, bond)?;
        match store.audit.insert_one(document).await {
            Ok(_) => Ok(Some(seq)),
            Err(error) if is_taken(&error) => number_of(store, key).await,
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    json::parse(u64::try_from(seq))
}

/// The number of what has this key; nothing while only the number was taken.
async fn number_of(store: &Collections, key: &str) -> Result<Option<i64>, StoreError> {
    let found = store
        .audit
        .find_one(doc! { "key": key })
        .projection(doc! { "_id": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    found
        .map(|found| super::super::document::number(&found, "_id"))
        .transpose()
}

//! Reading one.

use mongodb::bson::doc;

use super::super::{
    collections::Collections,
    document::{count, text},
};
use crate::{Slate, StoreError};

/// What is written under a name.
pub(super) async fn read(store: &Collections, name: &str) -> Result<Option<Slate>, StoreError> {
    let found = store.slates.find_one(doc! { "_id": name }).await?;
    found
        .map(|found| {
            Ok(Slate {
                revision: count(&found, "revision")?,
                text: text(&found, "text")?.to_owned(),
            })
        })
        .transpose()
}

//! What a person wants of an account's session.

use formhand_domain::AccountKey;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{collections::Collections, document::optional_text},
    edit::{Edit, edit},
};
use crate::{SessionWish, StoreError, json, time};

/// Notes a wish. The newest one counts.
pub(in super::super) async fn wish(
    store: &Collections,
    account: &AccountKey,
    wish: SessionWish,
    now: Timestamp,
) -> Result<(), StoreError> {
    let name = json::encode(&wish)?;
    edit(store, account, |_| {
        let set = doc! {
            "wish": name.trim_matches('"'),
            "wished_at": time::stored(now),
        };
        Ok(Edit::set(set, ()))
    })
    .await
}

/// Takes the wish, so that nobody else has it.
pub(in super::super) async fn take_wish(
    store: &Collections,
    account: &AccountKey,
) -> Result<Option<SessionWish>, StoreError> {
    edit(store, account, |before| {
        let Some(wish) = read(before)? else {
            return Ok(Edit::nothing(None));
        };
        Ok(Edit {
            unset: vec!["wish", "wished_at"],
            ..Edit::set(Document::new(), Some(wish))
        })
    })
    .await
}

/// The wish that nobody has taken yet.
pub(in super::super) async fn open_wish(
    store: &Collections,
    account: &AccountKey,
) -> Result<Option<SessionWish>, StoreError> {
    let found = store
        .accounts
        .find_one(doc! { "_id": account.to_string() })
        .projection(doc! { "wish": 1 })
        .await?;
    found.as_ref().map_or(Ok(None), read)
}

fn read(document: &Document) -> Result<Option<SessionWish>, StoreError> {
    optional_text(document, "wish")?
        .map(|wish| json::decode(json::FORMAT, &format!("\"{wish}\"")))
        .transpose()
}

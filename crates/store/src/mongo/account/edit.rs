//! Changing an account's document: it is read, something is decided, and that is written if the document still is as it
//! was read.

use formhand_domain::{AccountKey, FencingToken};
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::super::{
    collections::Collections, document::optional_number, error::is_taken, right,
    within::until_settled,
};
use crate::StoreError;

/// What was decided.
pub(super) struct Edit<T> {
    /// The fields that are set; none means that nothing is written.
    pub(super) set: Document,
    /// The fields that are removed.
    pub(super) unset: Vec<&'static str>,
    /// Whether others hear of it.
    pub(super) told: bool,
    /// What the caller is answered.
    pub(super) answer: T,
}

impl<T> Edit<T> {
    /// Nothing is written.
    pub(super) fn nothing(answer: T) -> Self {
        Self {
            set: Document::new(),
            unset: Vec::new(),
            told: false,
            answer,
        }
    }

    /// Sets fields, and tells it.
    pub(super) fn set(set: Document, answer: T) -> Self {
        Self {
            set,
            unset: Vec::new(),
            told: true,
            answer,
        }
    }
}

/// Changes the document of an account as `decide` says. An account without one is an empty document.
pub(super) async fn edit<T>(
    store: &Collections,
    account: &AccountKey,
    decide: impl Fn(&Document) -> Result<Edit<T>, StoreError>,
) -> Result<T, StoreError> {
    until_settled(|| attempt(store, account, &decide)).await
}

async fn attempt<T>(
    store: &Collections,
    account: &AccountKey,
    decide: &impl Fn(&Document) -> Result<Edit<T>, StoreError>,
) -> Result<Option<T>, StoreError> {
    let id = account.to_string();
    let found = store
        .accounts
        .find_one(doc! { "_id": &id })
        .read_concern(ReadConcern::local())
        .await?;
    let is_new = found.is_none();
    let before = found.unwrap_or_default();
    let Edit {
        set,
        unset,
        told,
        answer,
    } = decide(&before)?;
    if set.is_empty() && unset.is_empty() {
        return Ok(Some(answer));
    }
    if is_new {
        let mut document = doc! {
            "_id": id,
            "portal": account.portal.as_str(),
            "account": account.account.as_str(),
            "revision": 1_i64,
            "signal": 1_i64,
        };
        document.extend(set);
        return match store.accounts.insert_one(document).await {
            Ok(_) => Ok(Some(answer)),
            Err(error) if is_taken(&error) => Ok(None),
            Err(error) => Err(error.into()),
        };
    }
    let unset: Document = unset
        .into_iter()
        .map(|field| (field.to_owned(), "".into()))
        .collect();
    // Whoever watches the collection is told of what changes `signal`.
    let signal = i64::from(told);
    let update = doc! {
        "$set": set,
        "$unset": unset,
        "$inc": { "revision": 1_i64, "signal": signal },
    };
    let revision = optional_number(&before, "revision")?.unwrap_or_default();
    let condition = doc! { "_id": id, "revision": revision };
    let done = store.accounts.update_one(condition, update).await?;
    Ok((done.matched_count == 1).then_some(answer))
}

/// Refuses who does not keep the account's session. The token decides, not the time: as long as nobody else took over,
/// nobody else acts.
pub(super) fn check_keeper(
    before: &Document,
    account: &AccountKey,
    keeper: Option<FencingToken>,
) -> Result<(), StoreError> {
    let Some(token) = keeper else {
        return Ok(());
    };
    if right::held(before)?.is_some_and(|lease| lease.token == token) {
        Ok(())
    } else {
        Err(StoreError::NotKeeper(account.clone()))
    }
}

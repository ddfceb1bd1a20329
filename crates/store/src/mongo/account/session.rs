//! The saved session of an account.

use formhand_domain::{
    AccountKey, AccountName, FencingToken, Generation, PortalName, account::SessionState,
};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{count, number, optional_number, stored, text},
    },
    edit::{Edit, check_keeper, edit},
};
use crate::{
    SavedSession, StoreError, json, rules,
    seal::{Places, Seal},
    time,
};

/// The session of an account; nothing before its first login.
pub(in super::super) async fn find(
    store: &Collections,
    account: &AccountKey,
) -> Result<Option<SavedSession>, StoreError> {
    let found = store
        .accounts
        .find_one(doc! { "_id": account.to_string() })
        .projection(doc! { "logins": 0 })
        .await?;
    found
        .as_ref()
        .map_or(Ok(None), |found| read(&store.seal, found))
}

/// The sessions of all accounts, in the order of their names.
pub(in super::super) async fn all(
    store: &Collections,
) -> Result<Vec<(AccountKey, SavedSession)>, StoreError> {
    let found: Vec<Document> = store
        .accounts
        .find(doc! { "state": { "$exists": true } })
        .sort(doc! { "portal": 1, "account": 1 })
        .projection(doc! { "logins": 0 })
        .await?
        .try_collect()
        .await?;
    let mut sessions = Vec::new();
    for document in &found {
        if let Some(session) = read(&store.seal, document)? {
            sessions.push((key(document)?, session));
        }
    }
    Ok(sessions)
}

/// Saves where the session stands.
pub(in super::super) async fn save(
    store: &Collections,
    account: &AccountKey,
    keeper: Option<FencingToken>,
    state: SessionState,
    now: Timestamp,
) -> Result<(), StoreError> {
    edit(store, account, |before| {
        check_keeper(before, account, keeper)?;
        let was = find_or_cold(&store.seal, before, now)?;
        Ok(match rules::saved(account, &was, state.clone(), now)? {
            Some(session) => Edit::set(fields(&store.seal, account, &session)?, ()),
            None => Edit::nothing(()),
        })
    })
    .await
}

/// The session of a document, as it is before its first login if it has none.
pub(super) fn find_or_cold(
    seal: &Seal,
    document: &Document,
    now: Timestamp,
) -> Result<SavedSession, StoreError> {
    Ok(read(seal, document)?.unwrap_or_else(|| rules::cold(now)))
}

/// A session as fields of its account's document.
pub(in super::super) fn fields(
    seal: &Seal,
    account: &AccountKey,
    session: &SavedSession,
) -> Result<Document, StoreError> {
    let state = json::encode(&session.state)?;
    Ok(doc! {
        "generation": stored(session.generation.0)?,
        "state": seal.text(&Places::session(account), state),
        "format": json::FORMAT,
        "saved_at": time::stored(session.saved_at),
        "stale": stored(session.stale.0)?,
        "retire": stored(session.retire.0)?,
    })
}

fn read(seal: &Seal, document: &Document) -> Result<Option<SavedSession>, StoreError> {
    if !document.contains_key("state") {
        return Ok(None);
    }
    let place = Places::session(&key(document)?);
    let state = seal.open_text(&place, text(document, "state")?.to_owned())?;
    let reported = |field| {
        let generation = optional_number(document, field)?.unwrap_or_default();
        Ok::<_, StoreError>(Generation(json::parse(u64::try_from(generation))?))
    };
    Ok(Some(SavedSession {
        generation: Generation(count(document, "generation")?),
        state: json::decode(number(document, "format")?, &state)?,
        saved_at: time::read(number(document, "saved_at")?)?,
        stale: reported("stale")?,
        retire: reported("retire")?,
    }))
}

/// The account of a document.
pub(in super::super) fn key(document: &Document) -> Result<AccountKey, StoreError> {
    Ok(AccountKey {
        portal: json::parse(PortalName::new(text(document, "portal")?))?,
        account: json::parse(AccountName::new(text(document, "account")?))?,
    })
}

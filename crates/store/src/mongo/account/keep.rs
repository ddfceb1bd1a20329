//! The right to keep an account's session.

use formhand_domain::{AccountKey, FencingToken, Lease, NodeId};
use jiff::Timestamp;
use mongodb::bson::{Document, doc};

use super::{
    super::{
        collections::Collections,
        document::{count, number, optional_number, optional_text, stored},
    },
    edit::{Edit, edit},
};
use crate::{Keeping, StoreError, json, time};

/// Gives the right to a server, if nobody else has it.
pub(in super::super) async fn keep(
    store: &Collections,
    account: &AccountKey,
    owner: &NodeId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Keeping, StoreError> {
    edit(store, account, |before| {
        if let Some(lease) = held(before)?
            && lease.owner != *owner
            && !has_ended(before, now)?
        {
            return Ok(Edit::nothing(Keeping::Others(lease)));
        }
        let token = optional_number(before, "keeper_token")?.unwrap_or_default() + 1;
        let set = doc! {
            "keeper": owner.as_str(),
            "keeper_token": token,
            "keeper_expires_at": time::stored(expires_at),
        };
        let lease = Lease {
            owner: owner.clone(),
            token: FencingToken(json::parse(u64::try_from(token))?),
            expires_at,
        };
        Ok(Edit::set(set, Keeping::Ours(lease)))
    })
    .await
}

/// Makes the right last longer, if it is still there.
pub(in super::super) async fn renew(
    store: &Collections,
    account: &AccountKey,
    keeper: FencingToken,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let condition = doc! {
        "_id": account.to_string(),
        "keeper": { "$exists": true },
        "keeper_token": stored(keeper.0)?,
        "keeper_expires_at": { "$gt": time::present(now) },
    };
    // It is nothing that anybody has to decide anew for, so neither the revision nor the signal rises.
    let update = doc! { "$set": { "keeper_expires_at": time::stored(expires_at) } };
    let done = store.accounts.update_one(condition, update).await?;
    Ok(done.matched_count == 1)
}

/// Gives the right back, if it is still there.
pub(in super::super) async fn release(
    store: &Collections,
    account: &AccountKey,
    keeper: FencingToken,
    now: Timestamp,
) -> Result<(), StoreError> {
    edit(store, account, |before| {
        let is_ours = held(before)?.is_some_and(|lease| lease.token == keeper);
        if !is_ours {
            return Ok(Edit::nothing(()));
        }
        let set = doc! { "keeper_expires_at": time::stored(now) };
        Ok(Edit {
            unset: vec!["keeper"],
            ..Edit::set(set, ())
        })
    })
    .await
}

/// Who keeps the account's session.
pub(in super::super) async fn lease(
    store: &Collections,
    account: &AccountKey,
) -> Result<Option<Lease>, StoreError> {
    let found = store
        .accounts
        .find_one(doc! { "_id": account.to_string() })
        .projection(doc! { "keeper": 1, "keeper_token": 1, "keeper_expires_at": 1 })
        .await?;
    found.as_ref().map_or(Ok(None), held)
}

/// Who has a right, by the fields that say so.
pub(in super::super) fn held(document: &Document) -> Result<Option<Lease>, StoreError> {
    let Some(owner) = optional_text(document, "keeper")? else {
        return Ok(None);
    };
    Ok(Some(Lease {
        owner: json::parse(NodeId::new(owner))?,
        token: FencingToken(count(document, "keeper_token")?),
        expires_at: time::read(number(document, "keeper_expires_at")?)?,
    }))
}

/// Whether it has ended.
pub(in super::super) fn has_ended(document: &Document, now: Timestamp) -> Result<bool, StoreError> {
    Ok(number(document, "keeper_expires_at")? <= time::present(now))
}

//! The right to keep an account's session.

use formhand_domain::{AccountKey, FencingToken, Lease, NodeId};
use jiff::Timestamp;
use mongodb::bson::doc;

use super::{
    super::{collections::Collections, right},
    edit::{Edit, edit},
};
use crate::{Keeping, StoreError};

/// Gives the right to a server, if nobody else has it.
pub(in super::super) async fn keep(
    store: &Collections,
    account: &AccountKey,
    owner: &NodeId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Keeping, StoreError> {
    edit(store, account, |before| {
        if let Some(lease) = right::in_the_way(before, owner, now)? {
            return Ok(Edit::nothing(Keeping::Others(lease)));
        }
        let (lease, fields) = right::granted(before, owner, expires_at)?;
        Ok(Edit::set(fields, Keeping::Ours(lease)))
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
    let condition = right::unended(&account.to_string(), keeper, now)?;
    // It is nothing that anybody has to decide anew for, so neither the revision nor the signal rises.
    let update = doc! { "$set": right::end(expires_at) };
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
        let is_ours = right::held(before)?.is_some_and(|lease| lease.token == keeper);
        if !is_ours {
            return Ok(Edit::nothing(()));
        }
        Ok(Edit {
            unset: vec!["keeper"],
            ..Edit::set(right::end(now), ())
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
    found.as_ref().map_or(Ok(None), right::held)
}

//! The right to watch a source. Its rules are those of the right to keep an account's session.

use formhand_domain::{FencingToken, NodeId, SourceName};
use jiff::Timestamp;
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::{
    super::{
        collections::Collections, document::optional_number, error::is_taken, right,
        within::until_settled,
    },
    session,
};
use crate::{Keeping, SourceError, StoreError};

/// Gives the right to a server, if nobody else has it.
pub(super) async fn keep(
    store: &Collections,
    source: &SourceName,
    owner: &NodeId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Keeping, StoreError> {
    until_settled(|| attempt(store, source, owner, now, expires_at)).await
}

async fn attempt(
    store: &Collections,
    source: &SourceName,
    owner: &NodeId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Option<Keeping>, StoreError> {
    let found = store
        .sources
        .find_one(doc! { "_id": source.as_str() })
        .read_concern(ReadConcern::local())
        .await?;
    let before = found.clone().unwrap_or_default();
    if let Some(lease) = right::in_the_way(&before, owner, now)? {
        return Ok(Some(Keeping::Others(lease)));
    }
    if found.is_some() {
        // Else the next write would wait for what a dead server has left open.
        session::end_former(store, &before).await;
    }
    let (lease, set) = right::granted(&before, owner, expires_at)?;
    let is_ours = if found.is_some() {
        let token = optional_number(&before, "keeper_token")?;
        let condition = doc! { "_id": source.as_str(), "keeper_token": token };
        let update = doc! { "$set": set, "$unset": { "session": "" } };
        let done = store.sources.update_one(condition, update).await?;
        done.matched_count == 1
    } else {
        let mut new = doc! { "_id": source.as_str() };
        new.extend(set);
        match store.sources.insert_one(new).await {
            Ok(_) => true,
            Err(error) if is_taken(&error) => false,
            Err(error) => return Err(error.into()),
        }
    };
    Ok(is_ours.then_some(Keeping::Ours(lease)))
}

/// Makes the right last longer, if it is still there.
pub(super) async fn renew(
    store: &Collections,
    source: &SourceName,
    keeper: FencingToken,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let condition = right::unended(source.as_str(), keeper, now)?;
    let update = doc! { "$set": right::end(expires_at) };
    let done = store.sources.update_one(condition, update).await?;
    Ok(done.matched_count == 1)
}

/// Gives the right back, if it is still there.
pub(super) async fn release(
    store: &Collections,
    source: &SourceName,
    keeper: FencingToken,
    now: Timestamp,
) -> Result<(), StoreError> {
    let update = doc! {
        "$set": right::end(now),
        "$unset": { "keeper": "", "session": "" },
    };
    store
        .sources
        .update_one(kept(source, keeper)?, update)
        .await?;
    Ok(())
}

/// The source's document, if this right to watch it is still there.
pub(super) fn kept(source: &SourceName, keeper: FencingToken) -> Result<Document, StoreError> {
    right::kept(source.as_str(), keeper)
}

/// Says what it means that so many documents were [`kept`].
pub(super) fn check(source: &SourceName, matched: u64) -> Result<(), SourceError> {
    if matched == 1 {
        Ok(())
    } else {
        Err(SourceError::NotKeeper(source.clone()))
    }
}

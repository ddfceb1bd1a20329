//! The right to watch a source. Its rules are those of the right to keep an account's session.

use formhand_domain::{FencingToken, Lease, NodeId, SourceName};
use jiff::Timestamp;
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::{
    super::{
        account::{has_ended, held},
        collections::Collections,
        document::{optional_number, stored},
        error::is_taken,
        within::until_settled,
    },
    session,
};
use crate::{Keeping, SourceError, StoreError, json, time};

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
    if let Some(before) = &found {
        if let Some(lease) = held(before)?
            && lease.owner != *owner
            && !has_ended(before, now)?
        {
            return Ok(Some(Keeping::Others(lease)));
        }
        // Else the next write would wait for what a dead server has left open.
        session::end_former(store, before).await;
    }
    let before = found
        .as_ref()
        .map_or(Ok(None), |before| optional_number(before, "keeper_token"))?;
    let token = before.unwrap_or_default() + 1;
    let set = doc! {
        "keeper": owner.as_str(),
        "keeper_token": token,
        "keeper_expires_at": time::stored(expires_at),
    };
    let is_ours = if found.is_some() {
        let condition = doc! { "_id": source.as_str(), "keeper_token": before };
        let update = doc! { "$set": set, "$unset": { "session": "" } };
        store
            .sources
            .update_one(condition, update)
            .await?
            .matched_count
            == 1
    } else {
        let mut new = doc! { "_id": source.as_str() };
        new.extend(set);
        match store.sources.insert_one(new).await {
            Ok(_) => true,
            Err(error) if is_taken(&error) => false,
            Err(error) => return Err(error.into()),
        }
    };
    if !is_ours {
        return Ok(None);
    }
    Ok(Some(Keeping::Ours(Lease {
        owner: owner.clone(),
        token: FencingToken(json::parse(u64::try_from(token))?),
        expires_at,
    })))
}

/// Makes the right last longer, if it is still there.
pub(super) async fn renew(
    store: &Collections,
    source: &SourceName,
    keeper: FencingToken,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let condition = doc! {
        "_id": source.as_str(),
        "keeper": { "$exists": true },
        "keeper_token": stored(keeper.0)?,
        "keeper_expires_at": { "$gt": time::present(now) },
    };
    let update = doc! { "$set": { "keeper_expires_at": time::stored(expires_at) } };
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
        "$set": { "keeper_expires_at": time::stored(now) },
        "$unset": { "keeper": "", "session": "" },
    };
    store
        .sources
        .update_one(kept(source, keeper)?, update)
        .await?;
    Ok(())
}

/// The source's document, if this right to watch it is still there. The token decides, not the time: as long as nobody
/// else took over, nobody else acts.
pub(super) fn kept(source: &SourceName, keeper: FencingToken) -> Result<Document, StoreError> {
    Ok(doc! {
        "_id": source.as_str(),
        "keeper": { "$exists": true },
        "keeper_token": stored(keeper.0)?,
    })
}

/// Says what it means that so many documents were [`kept`].
pub(super) fn check(source: &SourceName, matched: u64) -> Result<(), SourceError> {
    if matched == 1 {
        Ok(())
    } else {
        Err(SourceError::NotKeeper(source.clone()))
    }
}

//! Whether one more job of an account may be claimed.

use std::collections::HashSet;

use formhand_domain::{JobId, account::Pace};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::{
    super::{
        document::{number, text},
        open::MongoStore,
    },
    due::leased,
    noted::{Claim, Noted, ids},
};
use crate::{Capacity, StoreError, json};

/// Whether an account has room for one more, and its pace allows it.
pub(super) enum Room {
    /// It has, beside these claims that are not done yet.
    Free(Vec<Claim>),
    Full,
    /// It depends on what becomes of these claims.
    Perhaps(Vec<Claim>),
}

/// Looks at what is noted of an account, and at its jobs.
pub(super) async fn room(
    store: &MongoStore,
    noted: Option<Noted>,
    capacity: &Capacity,
    now: Timestamp,
) -> Result<Room, StoreError> {
    let most = u64::from(capacity.max_parallel);
    if most == 0 {
        return Ok(Room::Full);
    }
    let Some(noted) = noted else {
        return Ok(Room::Free(Vec::new()));
    };
    if let Some(between) = capacity.pace
        && !(Pace { between }).allows(noted.started_at, now)
    {
        return Ok(Room::Full);
    }
    // The count is of a later time than that at which claims are seen done: so it has their jobs, or these have ended.
    let undone = undone(store, noted.claims).await?;
    let in_progress = in_progress(store, capacity).await?;
    Ok(if in_progress >= most {
        Room::Full
    } else if in_progress + undone.len() as u64 >= most {
        Room::Perhaps(undone)
    } else {
        Room::Free(undone)
    })
}

/// Those claims whose job is still as it was when they were noted. The others are done, or the job was changed in another
/// way that makes them void.
async fn undone(store: &MongoStore, mut claims: Vec<Claim>) -> Result<Vec<Claim>, StoreError> {
    if claims.is_empty() {
        return Ok(claims);
    }
    let jobs: Vec<Document> = store
        .db
        .jobs
        .find(doc! { "_id": { "$in": ids(&claims) } })
        .projection(doc! { "revision": 1 })
        .read_concern(ReadConcern::local())
        .await?
        .try_collect()
        .await?;
    let mut as_noted = HashSet::new();
    for job in &jobs {
        let id: JobId = json::parse(text(job, "_id")?.parse())?;
        as_noted.insert((id, number(job, "revision")?));
    }
    claims.retain(|claim| as_noted.contains(&(claim.job, claim.revision)));
    Ok(claims)
}

/// How many jobs of an account are in progress, up to its room.
async fn in_progress(store: &MongoStore, capacity: &Capacity) -> Result<u64, StoreError> {
    let count = store
        .db
        .jobs
        .count_documents(leased(&capacity.account))
        .limit(u64::from(capacity.max_parallel))
        .read_concern(ReadConcern::local());
    Ok(count.await?)
}

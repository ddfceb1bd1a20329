//! Giving a due job to a server.
//!
//! Two documents are concerned: the account's newest claim, which decides about room and pace, and the job. They are
//! written one after the other, and a server may die or stand still between the two. So the first names the second:
//! whoever claims next for the account finishes what is not done yet, in the name of the server that began it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use formhand_domain::{AccountKey, Job, Lease, Writer, account::Pace};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use mongodb::{bson::doc, options::ReadConcern};
use tokio::time::Instant;

use super::{
    super::{document::number, open::MongoStore, within::until_settled},
    noted::{Claim, last_claim, note},
    row::{self, Found, Written},
};
use crate::{Capacity, ClaimRequest, StoreError, rules, time};

/// Gives the oldest due job of an account with room, whose pace allows it.
pub(in super::super) async fn claim(
    store: &MongoStore,
    request: &ClaimRequest,
) -> Result<Option<Job>, StoreError> {
    // Claims of one process would only outrun each other.
    let _turn = store.claiming.lock().await;
    let patience = Patience::default();
    until_settled(|| attempt(store, request, &patience)).await
}

/// A claim that another server has noted is most often done a moment later. One that stays undone for so long is done for
/// it.
const UNDONE: Duration = Duration::from_millis(100);

/// Claims of others that were seen undone, and since when.
#[derive(Default)]
struct Patience(Mutex<HashMap<String, (i64, Instant)>>);

impl Patience {
    /// Whether this claim of the account was waited for long enough.
    fn is_over(&self, account: &AccountKey, number: i64) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let (last, since) = seen.entry(account.to_string()).or_insert((number, now));
        if *last != number {
            (*last, *since) = (number, now);
        }
        since.elapsed() > UNDONE
    }
}

/// What trying to claim one job came to.
enum Tried {
    Ours(Box<Job>),
    /// The account has no room, or its pace does not allow it.
    NotNow,
    /// Another was faster.
    Outrun,
}

async fn attempt(
    store: &MongoStore,
    request: &ClaimRequest,
    patience: &Patience,
) -> Result<Option<Option<Job>>, StoreError> {
    let found = request.accounts.iter().map(|capacity| async move {
        let of_account = first_due(store, capacity, request.now);
        Ok::<_, StoreError>(of_account.await?.map(|(at, found)| (at, found, capacity)))
    });
    let found = try_join_all(found).await?;
    let mut due: Vec<_> = found.into_iter().flatten().collect();
    due.sort_by_key(|(at, found, _)| (*at, found.job.id));
    for (_, found, capacity) in due {
        match take(store, found, capacity, request, patience).await? {
            Tried::Ours(job) => return Ok(Some(Some(*job))),
            Tried::NotNow => {}
            Tried::Outrun => return Ok(None),
        }
    }
    Ok(Some(None))
}

async fn first_due(
    store: &MongoStore,
    capacity: &Capacity,
    now: Timestamp,
) -> Result<Option<(i64, Found)>, StoreError> {
    let account = &capacity.account;
    let found = store
        .collections
        .jobs
        .find_one(doc! {
            "portal": account.portal.as_str(),
            "account": account.account.as_str(),
            "due_at": { "$exists": true, "$lte": time::present(now) },
        })
        .sort(doc! { "due_at": 1, "_id": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some((number(&found, "due_at")?, Found::of(&found)?)))
}

async fn take(
    store: &MongoStore,
    found: Found,
    capacity: &Capacity,
    request: &ClaimRequest,
    patience: &Patience,
) -> Result<Tried, StoreError> {
    let account = &capacity.account;
    let last = last_claim(store, account).await?;
    let number = last.as_ref().map_or(0, |last| last.number) + 1;
    match room(store, last, capacity, request.now).await? {
        Room::Free => {}
        Room::Full => return Ok(Tried::NotNow),
        Room::Unknown(last) => {
            if patience.is_over(account, last.number) {
                finish(store, &last, None).await?;
            }
            return Ok(Tried::Outrun);
        }
    }
    let claim = Claim {
        number,
        started_at: request.now,
        job: found.job.id,
        revision: found.revision,
        lease: Lease {
            owner: request.owner.clone(),
            token: found.job.fence.next(),
            expires_at: request
                .now
                .saturating_add(request.lease_for)
                .unwrap_or(Timestamp::MAX),
        },
    };
    if !note(store, account, &claim).await? {
        return Ok(Tried::Outrun);
    }
    finish(store, &claim, Some(found)).await
}

/// Whether an account has room for one more, and its pace allows it.
enum Room {
    Free,
    Full,
    /// The last claim is not done yet.
    Unknown(Box<Claim>),
}

async fn room(
    store: &MongoStore,
    last: Option<Claim>,
    capacity: &Capacity,
    now: Timestamp,
) -> Result<Room, StoreError> {
    let Some(last) = last else {
        return Ok(if capacity.max_parallel > 0 {
            Room::Free
        } else {
            Room::Full
        });
    };
    if let Some(between) = capacity.pace
        && !(Pace { between }).allows(last.started_at, now)
    {
        return Ok(Room::Full);
    }
    // The count is of the time at which the last claim is seen done, or of a later one: so it has that job, or the job has
    // ended.
    if !is_done(store, &last).await? {
        return Ok(Room::Unknown(Box::new(last)));
    }
    let in_progress = in_progress(store, capacity).await?;
    Ok(if in_progress < u64::from(capacity.max_parallel) {
        Room::Free
    } else {
        Room::Full
    })
}

/// Whether the job of a claim was changed after it was noted: by whoever claimed, or in another way that makes the claim
/// void.
async fn is_done(store: &MongoStore, claim: &Claim) -> Result<bool, StoreError> {
    let undone = store
        .collections
        .jobs
        .find_one(doc! { "_id": claim.job.to_string(), "revision": claim.revision })
        .projection(doc! { "_id": 1 })
        .read_concern(ReadConcern::local())
        .await?;
    Ok(undone.is_none())
}

/// How many jobs of an account are in progress, up to its room.
async fn in_progress(store: &MongoStore, capacity: &Capacity) -> Result<u64, StoreError> {
    let account = &capacity.account;
    let leased = doc! {
        "portal": account.portal.as_str(),
        "account": account.account.as_str(),
        "lease_expires_at": { "$exists": true },
    };
    let count = store
        .collections
        .jobs
        .count_documents(leased)
        .limit(u64::from(capacity.max_parallel.max(1)))
        .read_concern(ReadConcern::local());
    Ok(count.await?)
}

/// Does what a claim has noted: the job is its server's. Whoever does it, it is done once. `found` is the job as it was when
/// the claim was made.
async fn finish(
    store: &MongoStore,
    claim: &Claim,
    found: Option<Found>,
) -> Result<Tried, StoreError> {
    let found = match found {
        Some(found) => Some(found),
        None => row::read(&store.collections, claim.job).await?,
    };
    let Some(found) = found else {
        return Ok(Tried::Outrun);
    };
    if found.revision != claim.revision {
        let lease = found.job.lease();
        let is_leased = lease.is_some_and(|lease| lease.token == claim.lease.token);
        // Another has done it for us, or the job has been changed in another way since.
        return Ok(if is_leased && found.claim == Some(claim.number) {
            Tried::Ours(Box::new(found.job))
        } else {
            Tried::Outrun
        });
    }
    let (after, name) = rules::take(&found.job, claim.lease.clone(), claim.started_at)?;
    let at = claim.started_at;
    let entry = rules::entry(name, &Writer::Queue, Some(&found.job), &after, at);
    let written =
        row::update_claimed(&store.collections, &found, &after, &entry, claim.number).await?;
    match written {
        Written::Done(unnumbered) => {
            store.number(unnumbered);
            Ok(Tried::Ours(Box::new(after)))
        }
        Written::Outrun => Box::pin(finish(store, claim, None)).await,
        Written::Taken => Err(StoreError::Corrupt(format!(
            "job {} does not hold its key",
            claim.job
        ))),
    }
}

//! Giving a due job to a server.
//!
//! Two documents are concerned: that of the account's claims, which decides about room and pace, and the job. They are
//! written one after the other, and a server may die or stand still between the two. So the first names the second, and a
//! claim stays noted until its job is seen changed: until then it takes up room, and whoever finds it left behind finishes
//! it, in the name of the server that began it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use formhand_domain::{AccountKey, Job, Lease, Writer};
use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};
use tokio::time::Instant;

use super::{
    super::{
        document::{number, text},
        open::MongoStore,
        within::until_settled,
    },
    noted::{Claim, ids, note, noted},
    room::{Room, room},
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
/// it: as seen here, or by the times of the claims.
const UNDONE: (Duration, SignedDuration) =
    (Duration::from_millis(100), SignedDuration::from_secs(1));

/// Claims of others that were seen undone, and since when.
#[derive(Default)]
struct Patience(Mutex<HashMap<(AccountKey, i64), Instant>>);

impl Patience {
    /// Whether this claim of the account was waited for long enough.
    fn is_over(&self, account: &AccountKey, claim: &Claim, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (account.clone(), claim.number);
        let since = *seen.entry(key).or_insert_with(Instant::now);
        since.elapsed() > UNDONE.0 || now.duration_since(claim.started_at) > UNDONE.1
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
        let of_account = first_due(store, capacity, &[], request.now);
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

/// The first due job of an account that is none of these. One that cannot be read is put off.
async fn first_due(
    store: &MongoStore,
    capacity: &Capacity,
    but: &[Claim],
    now: Timestamp,
) -> Result<Option<(i64, Found)>, StoreError> {
    let account = &capacity.account;
    let mut filter = doc! {
        "portal": account.portal.as_str(),
        "account": account.account.as_str(),
        "due_at": { "$exists": true, "$lte": time::present(now) },
    };
    if !but.is_empty() {
        filter.insert("_id", doc! { "$nin": ids(but) });
    }
    loop {
        let found = store
            .db
            .jobs
            .find_one(filter.clone())
            .sort(doc! { "due_at": 1, "_id": 1 })
            .read_concern(ReadConcern::local())
            .await?;
        let Some(found) = found else { return Ok(None) };
        match Found::of(&store.db.seal, &found) {
            Ok(read) => return Ok(Some((number(&found, "due_at")?, read))),
            Err(StoreError::Corrupt(error)) => set_aside(store, &found, &error, now).await?,
            Err(error) => return Err(error),
        }
    }
}

async fn set_aside(
    store: &MongoStore,
    found: &Document,
    error: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = text(found, "_id")?;
    let as_found = doc! { "_id": id, "revision": number(found, "revision")? };
    let update = doc! {
        "$set": { "due_at": rules::aside(id, error, now) },
        "$inc": { "revision": 1_i64 },
    };
    store.db.jobs.update_one(as_found, update).await?;
    Ok(())
}

async fn take(
    store: &MongoStore,
    found: Found,
    capacity: &Capacity,
    request: &ClaimRequest,
    patience: &Patience,
) -> Result<Tried, StoreError> {
    let account = &capacity.account;
    let before = noted(store, account).await?;
    let number = before.as_ref().map_or(0, |noted| noted.number) + 1;
    let (undone, is_free) = match room(store, before, capacity, request.now).await? {
        Room::Full => return Ok(Tried::NotNow),
        Room::Free(undone) => (undone, true),
        Room::Perhaps(undone) => (undone, false),
    };
    let was_left = finish_left(store, account, &undone, request.now, patience).await?;
    if was_left || !is_free {
        return Ok(Tried::Outrun);
    }
    let is_claimed = undone.iter().any(|claim| claim.job == found.job.id);
    let found = if is_claimed {
        let next = first_due(store, capacity, &undone, request.now).await?;
        // What others are claiming may come back: it is looked at again.
        let Some((_, found)) = next else {
            return Ok(Tried::Outrun);
        };
        found
    } else {
        found
    };
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
    if !note(store, account, &undone, &claim).await? {
        return Ok(Tried::Outrun);
    }
    finish(store, &claim, Some(found)).await
}

/// Finishes the claims that were left behind. Whether there was any.
async fn finish_left(
    store: &MongoStore,
    account: &AccountKey,
    undone: &[Claim],
    now: Timestamp,
    patience: &Patience,
) -> Result<bool, StoreError> {
    let mut is_any = false;
    for claim in undone {
        if patience.is_over(account, claim, now) {
            finish(store, claim, None).await?;
            is_any = true;
        }
    }
    Ok(is_any)
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
        None => row::read(&store.db, claim.job).await?,
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
    let written = row::update_claimed(&store.db, &found, &after, &entry, claim.number).await?;
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

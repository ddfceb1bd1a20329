//! The newest claim of an account, as it is written down before its job is changed.

use formhand_domain::{AccountKey, FencingToken, JobId, Lease, NodeId};
use jiff::Timestamp;
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::super::{
    document::{count, number, stored, text},
    error::is_taken,
    open::MongoStore,
};
use crate::{StoreError, json, time};

/// The newest claim of an account.
pub(super) struct Claim {
    /// Which of the account's claims.
    pub(super) number: i64,
    pub(super) started_at: Timestamp,
    pub(super) job: JobId,
    /// Of the job's document, as it was found.
    pub(super) revision: i64,
    pub(super) lease: Lease,
}

impl Claim {
    fn read(document: &Document) -> Result<Self, StoreError> {
        let token = FencingToken(count(document, "token")?);
        Ok(Self {
            number: number(document, "number")?,
            started_at: time::read(number(document, "started_at")?)?,
            job: json::parse(text(document, "job")?.parse())?,
            revision: number(document, "revision")?,
            lease: Lease {
                owner: json::parse(NodeId::new(text(document, "owner")?))?,
                token,
                expires_at: time::read(number(document, "expires_at")?)?,
            },
        })
    }
}

/// The newest claim; nothing if there was none.
pub(super) async fn last_claim(
    store: &MongoStore,
    account: &AccountKey,
) -> Result<Option<Claim>, StoreError> {
    let found = store
        .collections
        .claims
        .find_one(doc! { "_id": account.to_string() })
        .read_concern(ReadConcern::local())
        .await?;
    found.as_ref().map(Claim::read).transpose()
}

/// Writes the claim down in the place of the one before. False if there is a newer one by now.
pub(super) async fn note(
    store: &MongoStore,
    account: &AccountKey,
    claim: &Claim,
) -> Result<bool, StoreError> {
    let document = doc! {
        "_id": account.to_string(),
        "number": claim.number,
        "started_at": time::stored(claim.started_at),
        "job": claim.job.to_string(),
        "revision": claim.revision,
        "owner": claim.lease.owner.as_str(),
        "token": stored(claim.lease.token.0)?,
        "expires_at": time::stored(claim.lease.expires_at),
    };
    let claims = &store.collections.claims;
    if claim.number == 1 {
        return match claims.insert_one(document).await {
            Ok(_) => Ok(true),
            Err(error) if is_taken(&error) => Ok(false),
            Err(error) => Err(error.into()),
        };
    }
    let before = doc! { "_id": account.to_string(), "number": claim.number - 1 };
    Ok(claims.replace_one(before, document).await?.matched_count == 1)
}

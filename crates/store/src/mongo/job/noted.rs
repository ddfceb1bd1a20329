//! The claims of an account that are written down before their jobs are changed.

use formhand_domain::{AccountKey, FencingToken, JobId, Lease, NodeId};
use jiff::Timestamp;
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::super::{
    document::{count, documents, number, stored, text},
    error::is_taken,
    open::MongoStore,
};
use crate::{StoreError, json, time};

/// One claim.
#[derive(Clone)]
pub(super) struct Claim {
    /// Which of the account's claims.
    pub(super) number: i64,
    pub(super) started_at: Timestamp,
    pub(super) job: JobId,
    /// Of the job's document, as it was found.
    pub(super) revision: i64,
    pub(super) lease: Lease,
}

/// What is noted of an account.
pub(super) struct Noted {
    /// Of the newest claim.
    pub(super) number: i64,
    pub(super) started_at: Timestamp,
    /// Claims whose job was not changed yet when the newest one was noted, and the newest one itself.
    pub(super) claims: Vec<Claim>,
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

    fn document(&self) -> Result<Document, StoreError> {
        Ok(doc! {
            "number": self.number,
            "started_at": time::stored(self.started_at),
            "job": self.job.to_string(),
            "revision": self.revision,
            "owner": self.lease.owner.as_str(),
            "token": stored(self.lease.token.0)?,
            "expires_at": time::stored(self.lease.expires_at),
        })
    }
}

/// What is noted of an account; nothing if none of its jobs was ever claimed.
pub(super) async fn noted(
    store: &MongoStore,
    account: &AccountKey,
) -> Result<Option<Noted>, StoreError> {
    let found = store
        .db
        .claims
        .find_one(doc! { "_id": account.to_string() })
        .read_concern(ReadConcern::local())
        .await?;
    let Some(found) = found else { return Ok(None) };
    let claims = documents(&found, "claims")?.map(Claim::read);
    Ok(Some(Noted {
        number: number(&found, "number")?,
        started_at: time::read(number(&found, "started_at")?)?,
        claims: claims.collect::<Result<_, _>>()?,
    }))
}

/// Writes a claim down beside those that are not done. False if there is a newer one by now.
pub(super) async fn note(
    store: &MongoStore,
    account: &AccountKey,
    undone: &[Claim],
    claim: &Claim,
) -> Result<bool, StoreError> {
    let all = undone.iter().chain([claim]);
    let document = doc! {
        "_id": account.to_string(),
        "number": claim.number,
        "started_at": time::stored(claim.started_at),
        "claims": all.map(Claim::document).collect::<Result<Vec<_>, _>>()?,
    };
    let claims = &store.db.claims;
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

/// The jobs of claims.
pub(super) fn ids(claims: &[Claim]) -> Vec<String> {
    claims.iter().map(|claim| claim.job.to_string()).collect()
}

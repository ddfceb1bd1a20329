//! Who holds the keys of a job.

use formhand_domain::{BusinessKey, Job, JobId};
use mongodb::{
    bson::{Document, doc},
    options::ReadConcern,
};

use super::{super::collections::Collections, row::id};
use crate::{
    StoreError,
    seal::{Field, Seal},
};

/// The job that keeps `job` from its business key or, failing that, from its caller's id.
pub(super) async fn holder(store: &Collections, job: &Job) -> Result<Option<JobId>, StoreError> {
    for held in holds(&store.seal, job) {
        let found = store
            .jobs
            .find_one(held)
            .projection(doc! { "_id": 1 })
            .read_concern(ReadConcern::local())
            .await?;
        if let Some(found) = found {
            return id(&found).map(Some);
        }
    }
    Ok(None)
}

/// What a job holds that keeps `job` from a key: its business key, or its caller's id.
pub(in super::super) fn holds(seal: &Seal, job: &Job) -> Vec<Document> {
    let business_key = job.business_key.as_ref().map(BusinessKey::as_str);
    let held = |name: &str, field, key| doc! { "portal": job.portal.as_str(), name: &*seal.key(field, key), "holds_key": true };
    let by_key = business_key.map(|key| held("business_key", Field::BusinessKey, key));
    let by_caller = held("caller_id", Field::CallerId, job.caller_id.as_str());
    by_key.into_iter().chain([by_caller]).collect()
}

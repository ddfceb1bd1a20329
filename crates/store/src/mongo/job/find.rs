//! Finding one job.

use formhand_domain::{CallerId, Job, JobId};
use mongodb::bson::doc;

use super::{super::collections::Collections, row};
use crate::{StoreError, seal::Field};

/// A job by its id.
pub(in super::super) async fn find(
    store: &Collections,
    id: JobId,
) -> Result<Option<Job>, StoreError> {
    let found = store.jobs.find_one(doc! { "_id": id.to_string() }).await?;
    found
        .as_ref()
        .map(|found| row::job(&store.seal, found))
        .transpose()
}

/// The job that answers for a caller's id.
pub(in super::super) async fn of_caller(
    store: &Collections,
    caller_id: &CallerId,
) -> Result<Option<Job>, StoreError> {
    let found = store
        .jobs
        .find_one(doc! { "caller_id": &*store.seal.key(Field::CallerId, caller_id.as_str()) })
        .sort(doc! { "holds_key": -1, "_id": -1 })
        .await?;
    found
        .as_ref()
        .map(|found| row::job(&store.seal, found))
        .transpose()
}

//! What became of each job, as the answer shows it.

use formhand_domain::{Job, JobId, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{Problem, problem::ProblemBody};

/// What became of all jobs of a request.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ManyResults")]
pub(crate) struct Report {
    /// How many took it.
    pub(crate) done: usize,
    /// How many did not.
    pub(crate) refused: usize,
    /// Each job's own result, in the order of the request, or newest first.
    pub(crate) results: Vec<ResultOfJob>,
    /// Where a further request goes on (its `cursor`): more jobs fit than one request may touch. Null if these were all.
    pub(crate) next: Option<JobId>,
}

/// What became of one of many jobs.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobResult")]
pub(crate) struct ResultOfJob {
    /// Which job.
    pub(crate) id: JobId,
    /// `done` or `refused`.
    pub(crate) result: Became,
    /// What the job is now, if it took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
    /// Why it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<ProblemBody>")]
    pub(crate) problem: Option<Problem>,
}

/// Whether a job took what was asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobResultKind")]
pub(crate) enum Became {
    /// It did.
    Done,
    /// It did not, and is as it was.
    Refused,
}

impl Report {
    pub(super) fn of(results: Vec<(JobId, Result<Job, Problem>)>, next: Option<JobId>) -> Self {
        let results: Vec<_> = results
            .into_iter()
            .map(|(id, result)| ResultOfJob::of(id, result))
            .collect();
        let done = results
            .iter()
            .filter(|one| one.result == Became::Done)
            .count();
        Self {
            done,
            refused: results.len() - done,
            results,
            next,
        }
    }
}

impl ResultOfJob {
    fn of(id: JobId, result: Result<Job, Problem>) -> Self {
        match result {
            Ok(job) => Self {
                id,
                result: Became::Done,
                status: Some(job.status()),
                problem: None,
            },
            Err(problem) => Self {
                id,
                result: Became::Refused,
                status: None,
                problem: Some(problem),
            },
        }
    }
}

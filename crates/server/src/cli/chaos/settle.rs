//! Waits for the end of all jobs, and settles what is unknown, as a person does who can see the portal's ledger.

use formhand_domain::{JobId, Outcome, Status};
use formhand_practice::Practice;
use serde_json::{Value, json};

use super::truth::proposals;
use crate::{
    cli::{CliError, Output, client::Client, watch::watch},
    http::JobView,
};

/// A job that is filed anew may become unknown only by another blow, and there is none any more.
const ROUNDS: usize = 5;

/// The jobs as they ended, and how many were settled.
pub(super) async fn settle(
    practice: &Practice,
    client: &Client,
    jobs: &[JobId],
    output: Output,
) -> Result<(Vec<JobView>, usize), CliError> {
    let mut settled = 0;
    let mut views = watch(client, jobs, output).await?;
    for _ in 0..ROUNDS {
        let unknown = (1..)
            .zip(&views)
            .filter(|(_, view)| view.status == Status::NeedsReview);
        let unknown: Vec<(u32, JobId)> = unknown.map(|(number, view)| (number, view.id)).collect();
        if unknown.is_empty() {
            break;
        }
        settled += unknown.len();
        for (number, id) in unknown {
            one(practice, client, number, id).await?;
        }
        views = watch(client, jobs, output).await?;
    }
    Ok((views, settled))
}

/// Nothing of the old attempt can act any more: its server is dead, or has closed its clone before it said `unknown`.
async fn one(practice: &Practice, client: &Client, number: u32, id: JobId) -> Result<(), CliError> {
    let found = proposals(practice, number).into_iter().next();
    let body = match &found {
        Some(proposal) => json!({
            "outcome": Outcome::Submitted,
            "receipt": {"proposalNumber": proposal},
            "by": "chaos",
        }),
        None => json!({
            "outcome": Outcome::NotSubmitted,
            "reason": "it is not in the portal's ledger",
            "by": "chaos",
        }),
    };
    let id = id.to_string();
    let _: Value = client.post(&["api", "jobs", &id, "resolve"], &body).await?;
    if found.is_none() {
        let _: Value = client
            .post(&["api", "jobs", &id, "retry"], &json!({}))
            .await?;
    }
    Ok(())
}

//! Waits for the end of all jobs, and settles what is unknown, as a person does who can see the portal's ledger.

use formhand_domain::{JobId, Outcome, Status};
use formhand_practice::Practice;
use serde_json::{Value, json};

use super::{feed::Taken, truth::proposals};
use crate::{
    cli::{CliError, Exit, Output, client::Client, watch::watch},
    http::JobView,
};

/// A job that is filed anew may become unknown only by another blow, and there is none any more.
const ROUNDS: usize = 5;

/// A customer and the job as it ended.
pub(super) struct Ended {
    pub(super) number: u32,
    pub(super) view: JobView,
}

/// The jobs as they ended. One that was acknowledged and is gone is not among them.
pub(super) async fn settle(
    practice: &Practice,
    client: &Client,
    taken: &[Taken],
    output: Output,
) -> Result<Vec<Ended>, CliError> {
    let present = present(client, taken).await?;
    let mut ended = ends(client, &present, output).await?;
    for _ in 0..ROUNDS {
        let unknown: Vec<&Ended> = ended
            .iter()
            .filter(|ended| ended.view.status == Status::NeedsReview)
            .collect();
        if unknown.is_empty() {
            break;
        }
        for Ended { number, view } in unknown {
            one(practice, client, *number, view.id).await?;
        }
        ended = ends(client, &present, output).await?;
    }
    Ok(ended)
}

async fn ends(client: &Client, taken: &[Taken], output: Output) -> Result<Vec<Ended>, CliError> {
    let ids: Vec<JobId> = taken.iter().map(|taken| taken.job).collect();
    let views = watch(client, &ids, output).await?.into_iter();
    let numbers = taken.iter().map(|taken| taken.number);
    Ok(numbers
        .zip(views)
        .map(|(number, view)| Ended { number, view })
        .collect())
}

/// Those that the server still knows.
async fn present(client: &Client, taken: &[Taken]) -> Result<Vec<Taken>, CliError> {
    let mut present = Vec::new();
    for one in taken {
        let id = one.job.to_string();
        if unless_refused(client.get::<Value>(&["api", "jobs", &id]).await)? {
            present.push(*one);
        }
    }
    Ok(present)
}

/// Nothing of the old attempt can act any more: its server is dead, or has closed its clone before it said `unknown`.
async fn one(practice: &Practice, client: &Client, number: u32, id: JobId) -> Result<(), CliError> {
    let id = id.to_string();
    let before: JobView = client.get(&["api", "jobs", &id]).await?;
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
            "fencingToken": before.fencing_token,
            "by": "chaos",
        }),
    };
    // Refused: somebody else settled it meanwhile.
    let resolved = client
        .post::<Value>(&["api", "jobs", &id, "resolve"], &body)
        .await;
    if unless_refused(resolved)? && found.is_none() {
        let retried = client
            .post::<Value>(&["api", "jobs", &id, "retry"], &json!({}))
            .await;
        unless_refused(retried)?;
    }
    Ok(())
}

fn unless_refused(answer: Result<Value, CliError>) -> Result<bool, CliError> {
    match answer {
        Ok(_) => Ok(true),
        Err(error) if error.exit == Exit::Refused => Ok(false),
        Err(error) => Err(error),
    }
}

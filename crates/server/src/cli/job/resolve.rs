//! `formhand job resolve ID`

use clap::Args;
use formhand_domain::JobId;
use serde_json::{Map, Value, json};

use super::{act::who, job_id, show::describe};
use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::JobView,
};

#[derive(Args)]
pub(crate) struct ResolveArgs {
    /// The job, whose outcome is unknown (`needs_review`).
    #[arg(value_name = "ID", value_parser = job_id)]
    id: JobId,
    /// It was filed: the number that the portal shows, as VALUE or, if the flow keeps several, NAME=VALUE for each.
    #[arg(long, value_name = "RECEIPT", num_args = 1.., conflicts_with = "not_submitted")]
    submitted: Vec<String>,
    /// It was not filed. The job is not tried again unless `job retry` asks for that.
    #[arg(long, requires = "reason", requires = "fencing_token")]
    not_submitted: bool,
    /// How it is known that it was not filed, for the job's history.
    #[arg(long, requires = "not_submitted")]
    reason: Option<String>,
    /// Of which attempt that is known: the job's fencing token when the portal was searched. Without a finding it is shown.
    #[arg(long, requires = "not_submitted")]
    fencing_token: Option<u64>,
}

/// Tells what was found. Without a finding it shows what there is to decide by.
pub(super) async fn run(
    args: &ResolveArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let id = args.id.to_string();
    let Some(body) = args.body() else {
        let job: JobView = client.get(&["api", "jobs", &id]).await?;
        if output.json {
            output.json(&job);
        } else {
            output.line(&describe(&job, output));
            output.line(&format!(
                "\nSearch the portal for it, then say --submitted RECEIPT, or --not-submitted --fencing-token {} --reason TEXT.",
                job.fencing_token.0
            ));
        }
        return Ok(Exit::Done);
    };
    let job: JobView = client.post(&["api", "jobs", &id, "resolve"], &body).await?;
    if output.json {
        output.json(&job);
    } else {
        output.line(&format!("{} is {} ({})", job.id, job.status, job.outcome));
    }
    Ok(Exit::Done)
}

impl ResolveArgs {
    fn body(&self) -> Option<Value> {
        if self.not_submitted {
            let (reason, token) = (&self.reason, self.fencing_token);
            return Some(
                json!({"outcome": "not_submitted", "reason": reason, "fencingToken": token, "by": who()}),
            );
        }
        if self.submitted.is_empty() {
            return None;
        }
        Some(json!({"outcome": "submitted", "receipt": receipt(&self.submitted), "by": who()}))
    }
}

/// A number that contains `=` needs its name before it.
fn receipt(given: &[String]) -> Value {
    if let [number] = given
        && !number.contains('=')
    {
        return json!(number);
    }
    let named = given.iter().map(|text| {
        let (name, number) = text.split_once('=').unwrap_or((text, ""));
        (name.to_owned(), json!(number))
    });
    Value::Object(named.collect::<Map<_, _>>())
}

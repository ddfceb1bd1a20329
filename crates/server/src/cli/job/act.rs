//! `formhand job retry`, `cancel`, `hold` and `release`

use clap::Args;
use formhand_domain::JobId;
use serde_json::json;

use super::job_id;
use crate::{
    cli::{CliError, Exit, Output, client::Client, output::stderr_colour},
    http::JobView,
};

#[derive(Args)]
pub(crate) struct ActArgs {
    /// The jobs.
    #[arg(required = true, value_name = "ID", value_parser = job_id)]
    pub(super) ids: Vec<JobId>,
}

#[derive(Args)]
pub(crate) struct CancelArgs {
    /// The jobs.
    #[arg(required = true, value_name = "ID", value_parser = job_id)]
    pub(super) ids: Vec<JobId>,
    /// Why, for the job's history.
    #[arg(long)]
    pub(super) reason: Option<String>,
}

/// Asks for it, job by job. One refusal does not keep the others from being asked.
pub(super) async fn run(
    ids: &[JobId],
    verb: &str,
    reason: Option<&str>,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let mut body = json!({"by": who()});
    if let Some(reason) = reason {
        body["reason"] = json!(reason);
    }
    let mut jobs: Vec<JobView> = Vec::new();
    let mut refusals: Vec<CliError> = Vec::new();
    for id in ids {
        match client
            .post(&["api", "jobs", &id.to_string(), verb], &body)
            .await
        {
            Ok(job) => jobs.push(job),
            Err(error) if error.exit == Exit::Refused => refusals.push(error),
            Err(error) => return Err(error),
        }
    }
    if output.json {
        output.json(&jobs);
    } else {
        for job in &jobs {
            output.line(&format!("{} is {}", job.id, job.status));
        }
    }
    let Some(last) = refusals.pop() else {
        return Ok(Exit::Done);
    };
    for refusal in refusals {
        output.say(refusal.render(stderr_colour()).trim_end());
    }
    Err(last)
}

/// Who asks, for the audit.
pub(in crate::cli) fn who() -> String {
    let user = std::env::var("USER").ok().filter(|name| !name.is_empty());
    user.unwrap_or_else(|| "command line".to_owned())
}

//! `formhand job verify ID`

use clap::Args;
use formhand_domain::{JobId, Outcome};
use serde_json::{Value, json};

use super::{act::who, job_id};
use crate::{
    cli::{CliError, Exit, Output, client::Client, event_stream::EventStream},
    http::JobView,
};

#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// The job, whose outcome is unknown (`needs_review`).
    #[arg(value_name = "ID", value_parser = job_id)]
    id: JobId,
    /// Wait for what the search comes to. The exit code is 1 if the outcome is still unknown then.
    #[arg(long)]
    wait: bool,
}

/// Has the portal searched.
pub(super) async fn run(
    args: &VerifyArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let id = args.id.to_string();
    // Listening begins before the wish is made, so that a quick answer to it is not missed.
    let mut events = if args.wait {
        Some(EventStream::open(client).await?)
    } else {
        None
    };
    let wish = json!({"by": who()});
    let mut job: JobView = client.post(&["api", "jobs", &id, "verify"], &wish).await?;
    let tries = job.search.as_ref().map_or(0, |search| search.tries);
    if let Some(events) = &mut events {
        while is_open(&job, tries) {
            // Whatever happened, the job says what came of it.
            let _: Value = events.next().await?;
            job = client.get(&["api", "jobs", &id]).await?;
        }
    }
    if output.json {
        output.json(&job);
    } else {
        output.line(&words(&job));
    }
    let unknown = job.outcome == Outcome::Unknown;
    Ok(if args.wait && unknown {
        Exit::Negative
    } else {
        Exit::Done
    })
}

/// Whether no search that was begun since has ended.
fn is_open(job: &JobView, tries: u32) -> bool {
    let search = job.search.as_ref();
    search.is_some_and(|search| search.tries <= tries || search.said.is_none())
}

fn words(job: &JobView) -> String {
    let said = job
        .search
        .as_ref()
        .and_then(|search| search.said.as_deref());
    let said = said.map(|said| format!(": {said}")).unwrap_or_default();
    format!("{} is {} ({}){said}", job.id, job.status, job.outcome)
}

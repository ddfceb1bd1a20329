//! `formhand job watch ID…`

use clap::Args;
use formhand_domain::JobId;

use super::{job_id, job_table};
use crate::{
    cli::{CliError, Exit, Output, client::Client, watch::watch},
    http::JobView,
};

#[derive(Args)]
pub(crate) struct WatchArgs {
    /// The jobs.
    #[arg(required = true, value_name = "ID", value_parser = job_id)]
    ids: Vec<JobId>,
}

/// Follows jobs and says how they ended.
pub(super) async fn run(
    args: &WatchArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let jobs = watch(client, &args.ids, output).await?;
    if !output.json {
        output.line(&job_table(jobs.iter(), output).trim_fmt());
    }
    Ok(verdict(&jobs))
}

/// Done only if every job did what it was for.
pub(super) fn verdict(jobs: &[JobView]) -> Exit {
    if jobs.iter().all(JobView::is_done) {
        Exit::Done
    } else {
        Exit::Negative
    }
}

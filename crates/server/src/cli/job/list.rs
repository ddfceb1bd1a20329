//! `formhand job list`

use clap::Args;
use formhand_domain::{JobId, Status};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{job_id, job_table};
use crate::{
    cli::{
        CliError, Exit, Output,
        client::{Client, read},
    },
    http::JobView,
};

#[derive(Args)]
pub(crate) struct ListArgs {
    /// Only jobs of this status; may be given several times.
    #[arg(long = "status", value_name = "STATUS", value_parser = status)]
    statuses: Vec<Status>,
    /// Only jobs of this portal.
    #[arg(long)]
    portal: Option<String>,
    /// How many at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: u32,
    /// Go on after this job, the last one of the page before.
    #[arg(long, value_name = "ID", value_parser = job_id)]
    cursor: Option<JobId>,
}

#[derive(Serialize, Deserialize)]
struct Page {
    jobs: Vec<JobView>,
    next: Option<JobId>,
    total: u64,
}

fn status(text: &str) -> Result<Status, String> {
    text.parse::<Status>().map_err(|error| error.to_string())
}

/// Lists jobs, newest first.
pub(super) async fn run(args: ListArgs, client: &Client, output: Output) -> Result<Exit, CliError> {
    let mut query: Vec<(&str, String)> = vec![("limit", args.limit.to_string())];
    query.extend(
        args.statuses
            .iter()
            .map(|status| ("status", status.to_string())),
    );
    query.extend(args.portal.map(|portal| ("portal", portal)));
    query.extend(args.cursor.map(|cursor| ("cursor", cursor.to_string())));
    let request = client.request(Method::GET, &["api", "jobs"])?.query(&query);
    let page: Page = read(client.send(request).await?).await?;
    if output.json {
        output.json(&page);
        return Ok(Exit::Done);
    }
    if page.jobs.is_empty() {
        output.say("no jobs");
        return Ok(Exit::Done);
    }
    output.line(&job_table(page.jobs.iter(), output).trim_fmt());
    let more = page
        .next
        .map(|next| format!("; more with --cursor {next}"))
        .unwrap_or_default();
    output.say(&format!("{} of {} jobs{more}", page.jobs.len(), page.total));
    Ok(Exit::Done)
}

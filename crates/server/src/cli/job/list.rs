//! `formhand job list`

use clap::Args;
use formhand_domain::JobId;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{filter::FilterArgs, job_id, job_table};
use crate::{
    cli::{
        CliError, Exit, Output,
        client::{Client, read},
    },
    http::JobView,
};

#[derive(Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// How many at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: u32,
    /// Go on after this job, the last one of the page before.
    #[arg(long, value_name = "ID", value_parser = job_id)]
    cursor: Option<JobId>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    jobs: Vec<JobView>,
    next: Option<JobId>,
    total: u64,
    total_is_exact: bool,
}

impl ListArgs {
    fn query(self) -> Vec<(&'static str, String)> {
        let mut query = self.filter.query();
        query.push(("limit", self.limit.to_string()));
        query.extend(self.cursor.map(|cursor| ("cursor", cursor.to_string())));
        query
    }
}

/// Lists jobs, newest first.
pub(super) async fn run(args: ListArgs, client: &Client, output: Output) -> Result<Exit, CliError> {
    let request = client.request(Method::GET, &["api", "jobs"])?;
    let request = request.query(&args.query());
    let page: Page = read(client.send(request).await?).await?;
    if output.json {
        output.json(&page);
        return Ok(Exit::Done);
    }
    let next = page.next.map(|next| format!("more with --cursor {next}"));
    if page.jobs.is_empty() {
        let next = next.map(|next| format!(" among those that were looked at; {next}"));
        output.say(&format!("no jobs{}", next.unwrap_or_default()));
        return Ok(Exit::Done);
    }
    output.line(&job_table(page.jobs.iter(), output).trim_fmt());
    let next = next.map(|next| format!("; {next}")).unwrap_or_default();
    let least = if page.total_is_exact { "" } else { "at least " };
    output.say(&format!(
        "{} of {least}{} jobs{next}",
        page.jobs.len(),
        page.total
    ));
    Ok(Exit::Done)
}

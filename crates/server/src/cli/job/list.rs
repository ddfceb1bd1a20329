//! `formhand job list`

use clap::Args;
use formhand_domain::{JobId, Status};
use jiff::Timestamp;
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
    /// Only jobs that are filed under an account of this name.
    #[arg(long)]
    account: Option<String>,
    /// Only jobs of a flow of this name.
    #[arg(long)]
    flow: Option<String>,
    /// Only jobs that were handed in at this time or later, such as 2026-01-05T09:00:00Z.
    #[arg(long, value_name = "TIME")]
    from: Option<Timestamp>,
    /// Only jobs that were handed in before this time.
    #[arg(long, value_name = "TIME")]
    until: Option<Timestamp>,
    /// Only jobs that were handed in with this captchaId.
    #[arg(long, value_name = "ID")]
    captcha_id: Option<String>,
    /// Only jobs of this business key.
    #[arg(long, value_name = "KEY")]
    business_key: Option<String>,
    /// Only jobs with all these words, or beginnings of words, in their label, captchaId, business key or receipt.
    #[arg(short = 'q', long = "search", value_name = "WORDS")]
    search: Option<String>,
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

fn status(text: &str) -> Result<Status, String> {
    text.parse::<Status>().map_err(|error| error.to_string())
}

impl ListArgs {
    fn query(self) -> Vec<(&'static str, String)> {
        let mut query: Vec<(&str, String)> = vec![("limit", self.limit.to_string())];
        let statuses = self.statuses.iter();
        query.extend(statuses.map(|status| ("status", status.to_string())));
        let rest = [
            ("portal", self.portal),
            ("account", self.account),
            ("flow", self.flow),
            ("from", self.from.map(|time| time.to_string())),
            ("until", self.until.map(|time| time.to_string())),
            ("captchaId", self.captcha_id),
            ("businessKey", self.business_key),
            ("q", self.search),
            ("cursor", self.cursor.map(|cursor| cursor.to_string())),
        ];
        query.extend(
            rest.into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        );
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

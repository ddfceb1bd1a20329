//! `formhand webhook deliveries`

use clap::Args;
use formhand_domain::JobId;
use formhand_store::DeliveryState;
use jiff::Timestamp;

use crate::{
    cli::{
        CliError, Exit, Output,
        client::{self, Client},
    },
    http::DeliveriesView,
};

#[derive(Args)]
pub(crate) struct DeliveriesArgs {
    /// The webhook, as `webhook list` shows it.
    #[arg(value_name = "WEBHOOK")]
    name: String,
    /// Only those in this state.
    #[arg(long, value_parser = DeliveryState::NAMES)]
    state: Option<String>,
    /// Only those of this job.
    #[arg(long)]
    job: Option<JobId>,
    /// Only those made at this moment or later, such as `2026-01-05T09:00:00Z`.
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
    /// How many to show.
    #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: u32,
    /// Go on behind this place, which the page before has named.
    #[arg(long, value_name = "PLACE")]
    after: Option<String>,
}

/// Lists messages.
pub(super) async fn run(
    args: &DeliveriesArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let path = ["api", "webhooks", &args.name, "deliveries"];
    let mut request = client
        .request(reqwest::Method::GET, &path)?
        .query(&[("limit", args.limit.to_string())]);
    let given = [
        ("state", args.state.clone()),
        ("job", args.job.map(|job| job.to_string())),
        ("since", args.since.map(|since| since.to_string())),
        ("after", args.after.clone()),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            request = request.query(&[(name, value)]);
        }
    }
    let page: DeliveriesView = client::read(client.send(request).await?).await?;
    if output.json {
        output.json(&page);
        return Ok(Exit::Done);
    }
    if page.deliveries.is_empty() {
        output.say("no message");
        return Ok(Exit::Done);
    }
    let mut table = output.table(&[
        "MESSAGE",
        "TELLS OF",
        "JOB",
        "STATE",
        "MADE",
        "NEXT TRY",
        "WHAT WAS SAID",
    ]);
    for delivery in &page.deliveries {
        table.add_row([
            delivery.id.clone(),
            delivery.kind.clone(),
            delivery
                .job_id
                .map(|job| job.to_string())
                .unwrap_or_default(),
            delivery.state.clone(),
            format!("{:.0}", delivery.made_at),
            delivery
                .next_try_at
                .map(|at| format!("{at:.0}"))
                .unwrap_or_default(),
            delivery.said.clone().unwrap_or_default(),
        ]);
    }
    output.line(&table.trim_fmt());
    if let Some(next) = page.next {
        output.say(&format!("more: --after {next}"));
    }
    Ok(Exit::Done)
}

//! `formhand webhook replay`

use clap::Args;
use formhand_domain::JobId;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::{DeliveryView, ReplayedView},
};

#[derive(Args)]
#[command(group = clap::ArgGroup::new("which").required(true))]
pub(crate) struct ReplayArgs {
    /// The webhook, as `webhook list` shows it.
    #[arg(value_name = "WEBHOOK")]
    name: String,
    /// One message, as `webhook deliveries` shows it.
    #[arg(value_name = "MESSAGE", group = "which")]
    id: Option<String>,
    /// All events of this job, also those that it was never told.
    #[arg(long, group = "which")]
    job: Option<JobId>,
    /// All events since this moment, such as `2026-01-05T09:00:00Z`, also those that it was never told.
    #[arg(long, value_name = "TIME", group = "which")]
    since: Option<Timestamp>,
}

/// Has messages sent once more.
pub(super) async fn run(
    args: &ReplayArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    if let Some(id) = &args.id {
        let path = ["api", "webhooks", &args.name, "deliveries", id, "replay"];
        let delivery: DeliveryView = client.post(&path, &json!({})).await?;
        if output.json {
            output.json(&delivery);
        } else {
            output.say("it is sent once more");
        }
        return Ok(Exit::Done);
    }
    let path = ["api", "webhooks", &args.name, "replay"];
    let mut all = ReplayedView::default();
    loop {
        let body = match (args.job, args.since, all.next) {
            (Some(job), ..) => json!({ "job": job }),
            (_, since, Some(after)) => json!({ "since": since, "after": after }),
            (_, since, None) => json!({ "since": since }),
        };
        let part: ReplayedView = client.post(&path, &body).await?;
        all = ReplayedView {
            replayed: all.replayed + part.replayed,
            next: part.next,
        };
        if all.next.is_none() {
            break;
        }
    }
    if output.json {
        output.json(&all);
    } else {
        output.line(&match all.replayed {
            1 => "1 message is sent once more".to_owned(),
            count => format!("{count} messages are sent once more"),
        });
    }
    Ok(Exit::Done)
}

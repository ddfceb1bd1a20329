//! `formhand webhook enable`

use clap::Args;
use serde_json::json;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::WebhookView,
};

#[derive(Args)]
pub(crate) struct EnableArgs {
    /// The webhook, as `webhook list` shows it.
    #[arg(value_name = "WEBHOOK")]
    name: String,
    /// Leave out what happened while it was off [default: it is told all of it].
    #[arg(long)]
    skip_missed: bool,
}

/// Switches a webhook on.
pub(super) async fn run(
    args: &EnableArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let path = ["api", "webhooks", &args.name, "enable"];
    let body = json!({ "skipMissed": args.skip_missed });
    let webhook: WebhookView = client.post(&path, &body).await?;
    if output.json {
        output.json(&webhook);
    } else {
        output.say(&format!(
            "{} is told again; {} messages wait for it",
            webhook.name, webhook.pending
        ));
    }
    Ok(Exit::Done)
}

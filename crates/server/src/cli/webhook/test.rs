//! `formhand webhook test`

use clap::Args;
use serde_json::json;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::TestedWebhook,
};

#[derive(Args)]
pub(crate) struct TestArgs {
    /// The webhook, as `webhook list` shows it.
    #[arg(value_name = "WEBHOOK")]
    name: String,
}

/// Has a test sent. The exit code is 1 if the webhook has not taken it.
pub(super) async fn run(
    args: &TestArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let path = ["api", "webhooks", &args.name, "test"];
    let tested: TestedWebhook = client.post(&path, &json!({})).await?;
    if output.json {
        output.json(&tested);
    } else {
        let said = tested.tried.error.as_deref().unwrap_or("has taken it");
        output.line(&format!("{}: {said}", args.name));
    }
    Ok(if tested.delivered {
        Exit::Done
    } else {
        Exit::Negative
    })
}

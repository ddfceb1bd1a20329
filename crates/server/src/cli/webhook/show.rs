//! `formhand webhook show`

use clap::Args;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::DeliveryView,
};

#[derive(Args)]
pub(crate) struct ShowArgs {
    /// The webhook, as `webhook list` shows it.
    #[arg(value_name = "WEBHOOK")]
    name: String,
    /// The message, as `webhook deliveries` shows it.
    #[arg(value_name = "MESSAGE")]
    id: String,
}

/// Shows a message.
pub(super) async fn run(
    args: &ShowArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let path = ["api", "webhooks", &args.name, "deliveries", &args.id];
    let delivery: DeliveryView = client.get(&path).await?;
    if output.json {
        output.json(&delivery);
        return Ok(Exit::Done);
    }
    output.line(&format!(
        "{} ({}): {}",
        delivery.id, delivery.kind, delivery.state
    ));
    for tried in delivery.tries.iter().flatten() {
        let said = tried.error.as_deref().unwrap_or("it was taken");
        output.line(&format!("  {:.0}  {} ms  {said}", tried.at, tried.took_ms));
    }
    if let Some(at) = delivery.next_try_at {
        output.line(&format!("  next try {at:.0}"));
    }
    if let Some(payload) = &delivery.payload {
        let text = serde_json::to_string_pretty(payload).unwrap_or_default();
        output.line(&text);
    }
    Ok(Exit::Done)
}

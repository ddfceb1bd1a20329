//! `formhand webhook list`

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::WebhooksView,
};

/// Lists the webhooks.
pub(super) async fn run(client: &Client, output: Output) -> Result<Exit, CliError> {
    let view: WebhooksView = client.get(&["api", "webhooks"]).await?;
    if output.json {
        output.json(&view);
        return Ok(Exit::Done);
    }
    if view.webhooks.is_empty() {
        output.say("no webhook is configured, so no system is told what becomes of jobs");
        return Ok(Exit::Done);
    }
    let columns = [
        "WEBHOOK",
        "STATE",
        "TO",
        "WAITING",
        "TAKEN",
        "GIVEN UP",
        "LAST TAKEN",
        "WHAT IT SAID",
    ];
    let mut table = output.table(&columns);
    for webhook in &view.webhooks {
        let last = webhook.delivered_at;
        table.add_row([
            webhook.name.to_string(),
            webhook.state.clone(),
            webhook.to.clone(),
            webhook.pending.to_string(),
            webhook.delivered.to_string(),
            webhook.failed.to_string(),
            last.map_or("never".to_owned(), |at| format!("{at:.0}")),
            webhook.said.clone().unwrap_or_default(),
        ]);
    }
    output.line(&table.trim_fmt());
    if view.webhooks.iter().any(|webhook| webhook.state == "off") {
        output.say("\none that is off is switched on by `formhand webhook enable WEBHOOK`");
    }
    Ok(Exit::Done)
}

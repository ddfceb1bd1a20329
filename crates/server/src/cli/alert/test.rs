//! `formhand alert test`

use clap::Args;
use serde_json::json;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::TriedView,
};

#[derive(Args)]
pub(crate) struct TestArgs {
    /// The channel [default: all of them].
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
}

/// Has a test sent. The exit code is 1 if a channel has not taken it.
pub(super) async fn run(
    args: &TestArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let body = match &args.channel {
        Some(channel) => json!({ "channel": channel }),
        None => json!({}),
    };
    let tried: TriedView = client.post(&["api", "alerts", "test"], &body).await?;
    if output.json {
        output.json(&tried);
    } else {
        for channel in &tried.channels {
            let said = channel.said.as_deref().unwrap_or("has taken it");
            output.line(&format!("{} ({}): {said}", channel.name, channel.kind));
        }
    }
    let all = tried.channels.iter().all(|channel| channel.delivered);
    Ok(if all { Exit::Done } else { Exit::Negative })
}

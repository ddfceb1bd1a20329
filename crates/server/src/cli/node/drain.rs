//! `formhand node drain` and `formhand node resume`

use clap::Args;
use serde_json::json;

use crate::{
    cli::{
        CliError, Exit, Output,
        client::Client,
        event_stream::{EventStream, JobEventLine},
    },
    http::{NodeView, Nodes},
};

#[derive(Args)]
pub(crate) struct DrainArgs {
    /// The server, as `node list` shows it.
    #[arg(value_name = "SERVER")]
    node: String,
    /// Wait until it works on nothing any more.
    #[arg(long)]
    wait: bool,
}

#[derive(Args)]
pub(crate) struct ResumeArgs {
    /// The server, as `node list` shows it.
    #[arg(value_name = "SERVER")]
    node: String,
}

/// Drains a server.
pub(super) async fn run(
    args: &DrainArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    // Listening begins before it is asked, so that its last job is not missed.
    let events = if args.wait {
        Some(EventStream::open(client).await?)
    } else {
        None
    };
    ask(client, &args.node, "drain").await?;
    output.say(&format!("{} takes no more work", args.node));
    if let Some(mut events) = events {
        while at_work(client, &args.node).await? > 0 {
            let JobEventLine { .. } = events.next().await?;
        }
        output.say(&format!("{} works on nothing any more", args.node));
    }
    show(client, &args.node, output).await
}

/// Lets it work again.
pub(super) async fn resume(
    args: &ResumeArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    ask(client, &args.node, "resume").await?;
    output.say(&format!("{} works again", args.node));
    show(client, &args.node, output).await
}

async fn ask(client: &Client, node: &str, verb: &str) -> Result<(), CliError> {
    let path = ["api", "nodes", node, verb];
    client.post::<()>(&path, &json!({})).await
}

async fn show(client: &Client, node: &str, output: Output) -> Result<Exit, CliError> {
    if output.json
        && let Some(node) = find(client, node).await?
    {
        output.json(&node);
    }
    Ok(Exit::Done)
}

async fn at_work(client: &Client, node: &str) -> Result<u32, CliError> {
    Ok(find(client, node).await?.map_or(0, |node| node.at_work))
}

async fn find(client: &Client, name: &str) -> Result<Option<NodeView>, CliError> {
    let Nodes { nodes } = client.get(&["api", "nodes"]).await?;
    Ok(nodes.into_iter().find(|node| node.id.as_str() == name))
}

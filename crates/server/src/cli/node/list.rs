//! `formhand node list`

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::{NodeView, Nodes},
};

/// Lists the servers.
pub(super) async fn run(client: &Client, output: Output) -> Result<Exit, CliError> {
    let Nodes { nodes } = client.get(&["api", "nodes"]).await?;
    if output.json {
        output.json(&nodes);
        return Ok(Exit::Done);
    }
    let mut table = output.table(&[
        "SERVER",
        "STATE",
        "JOBS",
        "VERSION",
        "STARTED AT",
        "SEEN AT",
    ]);
    for node in &nodes {
        table.add_row(row(node));
    }
    output.line(&table.trim_fmt());
    Ok(Exit::Done)
}

fn row(node: &NodeView) -> [String; 6] {
    [
        node.id.to_string(),
        node.state.clone(),
        format!("{} of {}", node.at_work, node.workers),
        node.version.clone(),
        format!("{:.0}", node.started_at),
        format!("{:.0}", node.seen_at),
    ]
}

//! `formhand intake list`

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::{SourceView, SourcesView},
};

/// Lists the sources.
pub(super) async fn run(client: &Client, output: Output) -> Result<Exit, CliError> {
    let SourcesView { sources } = client.get(&["api", "intake"]).await?;
    if output.json {
        output.json(&sources);
        return Ok(Exit::Done);
    }
    if sources.is_empty() {
        output.say(
            "no collection is configured: see `[[intake]]` in `formhand config print-default`",
        );
        return Ok(Exit::Done);
    }
    let mut table = output.table(&[
        "SOURCE",
        "STATE",
        "SERVER",
        "READ TO",
        "TAKEN",
        "DUPLICATES",
        "INVALID",
        "QUARANTINED",
        "TROUBLE",
    ]);
    for source in &sources {
        table.add_row(row(source));
    }
    output.line(&table.trim_fmt());
    if sources.iter().any(|source| source.quarantined > 0) {
        output.say("\nsee what cannot be taken with `formhand intake quarantine list SOURCE`");
    }
    Ok(Exit::Done)
}

fn row(source: &SourceView) -> [String; 9] {
    [
        source.name.to_string(),
        source.state.clone(),
        server(source),
        source
            .read_to
            .map(|at| format!("{at:.0}"))
            .unwrap_or_default(),
        source.taken.to_string(),
        source.duplicates.to_string(),
        source.invalid.to_string(),
        source.quarantined.to_string(),
        trouble(source),
    ]
}

/// Who watches it.
pub(super) fn server(source: &SourceView) -> String {
    match &source.node {
        Some(node) if source.here => format!("{node} (this one)"),
        Some(node) => node.to_string(),
        None => String::new(),
    }
}

fn trouble(source: &SourceView) -> String {
    let troubles = [&source.trouble, &source.telling_trouble];
    let texts: Vec<&str> = troubles
        .into_iter()
        .flatten()
        .map(|trouble| trouble.text.as_str())
        .collect();
    texts.join("; ")
}

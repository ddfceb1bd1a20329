//! `formhand intake show SOURCE`

use clap::Args;

use super::list::server;
use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::{SourceView, TroubleView},
};

#[derive(Args)]
pub(crate) struct ShowArgs {
    /// The source, as `intake list` shows it.
    #[arg(value_name = "SOURCE")]
    name: String,
}

/// Shows a source.
pub(super) async fn run(
    args: &ShowArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let source: SourceView = client.get(&["api", "intake", &args.name]).await?;
    if output.json {
        output.json(&source);
        return Ok(Exit::Done);
    }
    let collection = match (&source.collection, &source.kind) {
        (Some(collection), Some(kind)) => format!("{collection} ({kind})"),
        _ => "not in the configuration of this server".to_owned(),
    };
    let lines = [
        ("source", source.name.to_string()),
        ("collection", collection),
        ("state", source.state.clone()),
        ("watched by", server(&source)),
        (
            "read to",
            source
                .read_to
                .map(|at| format!("{at:.0}"))
                .unwrap_or_default(),
        ),
        ("taken", source.taken.to_string()),
        ("duplicates", source.duplicates.to_string()),
        ("invalid", source.invalid.to_string()),
        ("quarantined", source.quarantined.to_string()),
        ("trouble", trouble(source.trouble.as_ref())),
        (
            "cannot write back",
            trouble(source.telling_trouble.as_ref()),
        ),
        ("documents that refuse", refused(source.refused)),
    ];
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        output.line(&format!("{name:<22} {value}"));
    }
    Ok(Exit::Done)
}

fn trouble(trouble: Option<&TroubleView>) -> String {
    trouble
        .map(|trouble| format!("since {:.0}: {}", trouble.since, trouble.text))
        .unwrap_or_default()
}

fn refused(count: u64) -> String {
    if count == 0 {
        String::new()
    } else {
        count.to_string()
    }
}

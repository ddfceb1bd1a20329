//! `formhand audit head`

use serde_json::json;

use super::source::Source;
use crate::cli::{CliError, Exit, Output};

/// Prints the number and the link of the last entry, as `--head` of `formhand audit verify` takes it.
pub(super) async fn run(source: &Source, output: Output) -> Result<Exit, CliError> {
    let head = source.head().await?;
    if output.json {
        let head = head.map(|head| json!({ "seq": head.seq, "link": head.link.to_string() }));
        output.json(&json!({ "head": head }));
        return Ok(Exit::Done);
    }
    match head {
        Some(head) => output.line(&head.to_string()),
        None => output.say("the audit is empty"),
    }
    Ok(Exit::Done)
}

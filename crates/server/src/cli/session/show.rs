//! `formhand session show PORTAL/NAME`

use clap::Args;
use serde_json::Value;

use super::{args::account, list};
use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::{SessionEntryView, SessionWithHistory},
};

#[derive(Args)]
pub(crate) struct ShowArgs {
    /// The account, as `session list` shows it.
    #[arg(value_name = "PORTAL/NAME", value_parser = account)]
    account: (String, String),
    /// How many entries of its history to show, newest first.
    #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: u32,
    /// Only entries before this number.
    #[arg(long, value_name = "SEQ")]
    before: Option<u64>,
}

/// Shows a session and its history.
pub(super) async fn run(
    args: &ShowArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let (portal, name) = &args.account;
    let mut request = client
        .request(reqwest::Method::GET, &["api", "sessions", portal, name])?
        .query(&[("limit", args.limit)]);
    if let Some(before) = args.before {
        request = request.query(&[("before", before)]);
    }
    let shown: SessionWithHistory = crate::cli::client::read(client.send(request).await?).await?;
    if output.json {
        output.json(&shown);
        return Ok(Exit::Done);
    }
    output.line(&list::table(std::slice::from_ref(&shown.session), output).trim_fmt());
    if let Some(told) = &shown.session.prediction {
        let ends = told.ends_at.map(|at| format!("expected to end {at:.0}: "));
        let renews = told
            .renews_at
            .map(|at| format!("; renewal planned at {at:.0}"));
        output.line(&format!(
            "\n{}{}{}",
            ends.unwrap_or_default(),
            told.basis(),
            renews.unwrap_or_default()
        ));
    }
    if shown.history.is_empty() {
        output.say("\nnothing has happened to it yet");
        return Ok(Exit::Done);
    }
    output.line("");
    let mut table = output.table(&["SEQ", "AT", "LOGIN", "SEVERITY", "EVENT", "DETAIL"]);
    for entry in &shown.history {
        table.add_row([
            entry.seq.to_string(),
            format!("{:.3}", entry.at),
            entry.generation.0.to_string(),
            entry.severity.to_string(),
            entry.event.to_string(),
            detail(entry),
        ]);
    }
    output.line(&table.trim_fmt());
    if let Some(next) = shown.next {
        output.say(&format!("\nolder entries: --before {next}"));
    }
    Ok(Exit::Done)
}

/// `name=value` for each datum that the event has.
fn detail(entry: &SessionEntryView) -> String {
    entry
        .detail
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match value {
            Value::String(text) => format!("{name}={text}"),
            value => format!("{name}={value}"),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

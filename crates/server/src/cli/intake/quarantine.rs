//! `formhand intake quarantine …`

use clap::{Args, Subcommand};
use serde_json::json;

use crate::{
    cli::{
        CliError, Exit, Output,
        client::{self, Client},
    },
    http::{DroppedView, QuarantineView, QuarantinedView, RetriedView},
};

/// What can be done with documents that could not be taken.
#[derive(Subcommand)]
pub(crate) enum QuarantineCommand {
    /// List them, and what is wrong with each
    List(ListArgs),
    /// Look at them once more, as they are now
    Retry(RetryArgs),
    /// Forget them
    Drop(DropArgs),
}

#[derive(Args)]
pub(crate) struct ListArgs {
    /// The source, as `intake list` shows it.
    #[arg(value_name = "SOURCE")]
    name: String,
    /// How many to show.
    #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    limit: u32,
    /// Only those behind this document.
    #[arg(long, value_name = "DOCUMENT")]
    after: Option<String>,
}

#[derive(Args)]
pub(crate) struct RetryArgs {
    /// The source, as `intake list` shows it.
    #[arg(value_name = "SOURCE")]
    name: String,
    /// The document, as `quarantine list` shows it [default: all of them].
    document: Option<String>,
}

#[derive(Args)]
pub(crate) struct DropArgs {
    /// The source, as `intake list` shows it.
    #[arg(value_name = "SOURCE")]
    name: String,
    /// The document, as `quarantine list` shows it.
    #[arg(required_unless_present = "all")]
    document: Option<String>,
    /// All of them.
    #[arg(long, conflicts_with = "document")]
    all: bool,
}

/// Runs one of them.
pub(super) async fn run(
    command: QuarantineCommand,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    match command {
        QuarantineCommand::List(args) => list(&args, client, output).await,
        QuarantineCommand::Retry(args) => retry(&args, client, output).await,
        QuarantineCommand::Drop(args) => drop(&args, client, output).await,
    }
}

async fn list(args: &ListArgs, client: &Client, output: Output) -> Result<Exit, CliError> {
    let path = ["api", "intake", &args.name, "quarantine"];
    let mut request = client
        .request(reqwest::Method::GET, &path)?
        .query(&[("limit", args.limit)]);
    if let Some(after) = &args.after {
        request = request.query(&[("after", after)]);
    }
    let page: QuarantineView = client::read(client.send(request).await?).await?;
    if output.json {
        output.json(&page);
        return Ok(Exit::Done);
    }
    if page.total == 0 {
        output.say("nothing is in the quarantine");
        return Ok(Exit::Done);
    }
    for entry in &page.documents {
        output.line(&shown(entry));
    }
    output.say(&format!(
        "\n{} of {} documents",
        page.documents.len(),
        page.total
    ));
    if let Some(next) = page.next {
        output.say(&format!("more: --after {next}"));
    }
    output.say("correct them in their collection, then `formhand intake quarantine retry SOURCE`");
    Ok(Exit::Done)
}

fn shown(entry: &QuarantinedView) -> String {
    let seen = match entry.seen {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    let head = format!(
        "{} (seen {seen}, last {:.0})",
        entry.document, entry.last_at
    );
    let line = |problem: &crate::http::ProblemView| {
        let place = match (problem.path.as_str(), problem.field.as_str()) {
            (path, field) if path == field => path.to_owned(),
            ("", field) => field.to_owned(),
            (path, field) => format!("{path} (for {field})"),
        };
        format!("\n    {place}: {}", problem.message)
    };
    let lines: String = entry.problems.iter().map(line).collect();
    format!("{head}{lines}")
}

async fn retry(args: &RetryArgs, client: &Client, output: Output) -> Result<Exit, CliError> {
    let path = ["api", "intake", &args.name, "quarantine", "retry"];
    let mut all = RetriedView::default();
    loop {
        let body = match (&args.document, &all.next) {
            (Some(document), _) => json!({ "document": document }),
            (None, Some(next)) => json!({ "after": next }),
            (None, None) => json!({}),
        };
        let part: RetriedView = client.post(&path, &body).await?;
        all = RetriedView {
            taken: all.taken + part.taken,
            duplicates: all.duplicates + part.duplicates,
            dropped: all.dropped + part.dropped,
            broken: all.broken + part.broken,
            next: part.next,
        };
        if all.next.is_none() {
            break;
        }
    }
    if output.json {
        output.json(&all);
    } else {
        output.line(&format!(
            "{} taken; {} left out, which are gone, not ready, or taken before; {} still cannot be taken",
            all.taken, all.dropped, all.broken
        ));
    }
    Ok(if all.broken == 0 {
        Exit::Done
    } else {
        Exit::Negative
    })
}

async fn drop(args: &DropArgs, client: &Client, output: Output) -> Result<Exit, CliError> {
    let path = ["api", "intake", &args.name, "quarantine", "drop"];
    let body = match &args.document {
        Some(document) => json!({ "document": document }),
        None => json!({ "all": args.all }),
    };
    let dropped: DroppedView = client.post(&path, &body).await?;
    if output.json {
        output.json(&dropped);
    } else {
        output.line(&format!("{} forgotten", dropped.dropped));
    }
    Ok(Exit::Done)
}

//! `formhand job show ID`

use clap::Args;
use formhand_domain::Stage;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::JobView,
};

#[derive(Args)]
pub(crate) struct ShowArgs {
    /// The job's id, or the captchaId that it was handed in with.
    id: String,
}

/// Shows all that is known of a job.
pub(super) async fn run(
    args: &ShowArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let job = find(&args.id, client).await?;
    if output.json {
        output.json(&job);
    } else {
        output.line(&describe(&job, output));
    }
    Ok(Exit::Done)
}

/// The job of an id, its own or the caller's.
pub(in crate::cli) async fn find(id: &str, client: &Client) -> Result<JobView, CliError> {
    if id.parse::<formhand_domain::JobId>().is_ok() {
        client.get(&["api", "jobs", id]).await
    } else {
        client.get(&["api", "job-status", id]).await
    }
}

/// What is known of a job, for a person.
pub(super) fn describe(job: &JobView, output: Output) -> String {
    let mut lines = vec![
        row("job", &job.id.to_string()),
        row("captchaId", job.captcha_id.as_str()),
        row("label", &job.label),
        row(
            "business key",
            job.business_key.as_ref().map_or("none", |key| key.as_str()),
        ),
        row(
            "portal",
            &format!("{}, flow {}, account {}", job.portal, job.flow, job.account),
        ),
        row("status", job.status.as_str()),
        row("stage", job.stage.map_or("none", Stage::as_str)),
        row("outcome", job.outcome.as_str()),
        row("attempts", &job.attempts.to_string()),
        row("created", &format!("{:.3}", job.created_at)),
    ];
    lines.extend(later(job));
    for (name, value) in job.receipt.iter().flat_map(|receipt| &receipt.0) {
        lines.push(row("receipt", &format!("{name}: {value}")));
    }
    if let Some(failure) = &job.failure {
        lines.push(row(
            "failure",
            &format!("{}: {}", failure.code, failure.message),
        ));
        for field in &failure.fields {
            let found = field.found.as_deref().unwrap_or("nothing");
            lines.push(row(
                "",
                &format!(
                    "{}: expected {:?}, found {found:?}",
                    field.field, field.expected
                ),
            ));
        }
    }
    let evidence = job.evidence.iter().flatten();
    lines.extend(evidence.map(|file| row(kind_of(file), file)));
    let mut table = output.table(&["AT", "STATUS", "STAGE", "ATTEMPT", "EVENT", "BY"]);
    for change in job.status_history.iter().flatten() {
        table.add_row([
            format!("{:.3}", change.at),
            change.status.to_string(),
            change
                .stage
                .map(|stage| stage.to_string())
                .unwrap_or_default(),
            change.attempt.to_string(),
            change.event.clone(),
            change.by.clone(),
        ]);
    }
    lines.push(String::new());
    lines.push(table.trim_fmt());
    lines.join("\n")
}

/// What has become of it, as far as there is something to say.
fn later(job: &JobView) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(
        job.retry_at
            .map(|at| row("tried again", &format!("{at:.0}"))),
    );
    if let Some(search) = &job.search {
        lines.extend(search.said.iter().map(|said| row("searched", said)));
    }
    lines.extend(job.finished_at.map(|at| row("ended", &format!("{at:.3}"))));
    lines.extend(job.forgotten_at.map(|at| {
        row(
            "forgotten",
            &format!("{at:.0}: record, label and documents are removed"),
        )
    }));
    lines.extend(
        job.duplicate_of
            .map(|id| row("duplicate of", &id.to_string())),
    );
    lines
}

/// Documents that the portal made have a folder of their own.
fn kind_of(file: &str) -> &'static str {
    match file.split('/').nth(2) {
        Some("documents") => "document",
        _ => "evidence",
    }
}

fn row(name: &str, value: &str) -> String {
    format!("{name:13}{value}")
}

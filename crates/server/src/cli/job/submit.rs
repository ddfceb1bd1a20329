//! `formhand job submit FILE`

use std::path::PathBuf;

use clap::Args;
use comfy_table::Cell;
use formhand_domain::{AccountName, FlowName, IdempotencyKey, JobId, PortalName, ids::InvalidId};
use indicatif::ProgressBar;
use reqwest::{Method, header};
use serde::{Deserialize, Serialize};

use super::{
    input::{self, Input},
    job_table,
    watch::verdict,
};
use crate::{
    cli::{
        CliError, Exit, Output,
        client::{Client, read},
        client_error::describe,
        watch::watch,
    },
    http::{JobView, Problem},
    records::Format,
};

#[derive(Args)]
pub(crate) struct SubmitArgs {
    /// The records; `-` is the standard input.
    file: PathBuf,
    /// The portal of records that do not say it themselves.
    #[arg(long, value_parser = name(PortalName::new))]
    portal: Option<PortalName>,
    /// The flow of records that do not say it themselves.
    #[arg(long, value_parser = name(FlowName::new))]
    flow: Option<FlowName>,
    /// The account of records that do not say it themselves.
    #[arg(long, value_parser = name(AccountName::new))]
    account: Option<AccountName>,
    /// Makes a repeated call safe: each record of it is taken once.
    #[arg(long, value_name = "KEY", value_parser = name(IdempotencyKey::new))]
    idempotency_key: Option<IdempotencyKey>,
    /// How the records are written [default: what the file's name says].
    #[arg(long)]
    format: Option<Format>,
    /// Follow the jobs until they have ended.
    #[arg(long)]
    wait: bool,
}

/// What became of each record.
#[derive(Serialize, Deserialize)]
struct Results {
    results: Vec<RecordResult>,
}

/// What became of one record.
#[derive(Serialize, Deserialize)]
struct RecordResult {
    record: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    result: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    job: Option<JobView>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

fn name<T>(
    parse: fn(String) -> Result<T, InvalidId>,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static
where
    T: Clone + Send + Sync + 'static,
{
    move |text| parse(text.to_owned()).map_err(|error| error.to_string())
}

/// Hands records in, and follows them if asked to.
pub(super) async fn run(
    args: SubmitArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let input = input::read(&args.file, args.format)?;
    let mut results = send(&args, &input, client, output).await?.results;
    for (result, line) in results.iter_mut().zip(&input.lines) {
        result.line = *line;
    }
    let refused = refusals(&results);
    if !args.wait {
        show(&results, output);
        return Ok(refused);
    }
    for result in results.iter().filter(|result| result.problem.is_some()) {
        output.say(&format!("{}: {}", place(result), detail(result)));
    }
    let ids: Vec<JobId> = results
        .iter()
        .filter_map(|result| result.job.as_ref())
        .map(|job| job.id)
        .collect();
    let jobs = watch(client, &ids, output).await?;
    if !output.json {
        output.line(&job_table(jobs.iter(), output).trim_fmt());
    }
    Ok(if refused == Exit::Done {
        verdict(&jobs)
    } else {
        refused
    })
}

async fn send(
    args: &SubmitArgs,
    input: &Input,
    client: &Client,
    output: Output,
) -> Result<Results, CliError> {
    let target = [
        ("portal", args.portal.as_ref().map(PortalName::as_str)),
        ("flow", args.flow.as_ref().map(FlowName::as_str)),
        ("account", args.account.as_ref().map(AccountName::as_str)),
    ];
    let query: Vec<(&str, &str)> = target
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    let mut request = client
        .request(Method::POST, &["api", "jobs"])?
        .query(&query)
        .header(header::CONTENT_TYPE, input.format.media_type())
        .body(input.body.clone());
    if let Some(key) = &args.idempotency_key {
        request = request.header("Idempotency-Key", key.as_str());
    }
    let waiting = output.live.then(|| {
        let bar =
            ProgressBar::new_spinner().with_message(format!("handing in {} records", input.count));
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        bar
    });
    let response = client.send(request).await;
    if let Some(bar) = waiting {
        bar.finish_and_clear();
    }
    read(response?).await
}

fn show(results: &[RecordResult], output: Output) {
    if output.json {
        output.json(&serde_json::json!({"results": results}));
        return;
    }
    let mut table = output.table(&["RECORD", "RESULT", "JOB", "DETAIL"]);
    for result in results {
        let id = result.job.as_ref().map(|job| job.id);
        let id = id.or(result.problem.as_ref().and_then(|problem| problem.job_id));
        table.add_row([
            Cell::new(place(result)),
            Cell::new(&result.result),
            Cell::new(id.map(|id| id.to_string()).unwrap_or_default()),
            Cell::new(detail(result)),
        ]);
    }
    output.line(&table.trim_fmt());
    let taken = results.iter().filter(|result| result.job.is_some()).count();
    output.say(&format!("{taken} of {} records are jobs", results.len()));
}

fn place(result: &RecordResult) -> String {
    match result.line {
        Some(line) => format!("line {line}"),
        None => format!("record {}", result.record),
    }
}

fn detail(result: &RecordResult) -> String {
    match (&result.problem, &result.job) {
        (Some(problem), _) => describe(problem).replace("\n  ", "; "),
        (None, Some(job)) => job.label.clone(),
        (None, None) => String::new(),
    }
}

/// A record that is wrong weighs more than one that is there already.
fn refusals(results: &[RecordResult]) -> Exit {
    let any = |names: &[&str]| {
        results
            .iter()
            .any(|result| names.contains(&result.result.as_str()))
    };
    if any(&["invalid", "refused"]) {
        Exit::BadInput
    } else if any(&["duplicate"]) {
        Exit::Negative
    } else {
        Exit::Done
    }
}

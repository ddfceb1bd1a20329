//! One wish for many jobs: request by request, until all were asked.

use std::io::{self, IsTerminal as _};

use formhand_domain::JobId;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cli::{
        CliError, Exit, Output,
        client::{Client, read},
        client_error::describe,
    },
    http::{MOST_JOBS, ManyReport, ResultOfJob, job_filter_object},
};

/// Which jobs are asked.
pub(super) enum Which<'a> {
    /// These.
    These(&'a [JobId]),
    /// All that fit.
    Fitting {
        /// The parameters of the list.
        filter: &'a [(&'static str, String)],
        /// Whether a person has said yes already.
        unasked: bool,
    },
}

/// Asks them, and says what each answered.
pub(super) async fn act(
    which: Which<'_>,
    verb: &str,
    body: &Value,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let results = match which {
        Which::These(ids) => these(ids, verb, body, client).await?,
        Which::Fitting { filter, unasked } => {
            let count = count(filter, client).await?;
            if count == 0 {
                output.say("no jobs");
            } else if !unasked {
                agreed(verb, count)?;
            }
            fitting(filter, verb, body, client).await?
        }
    };
    Ok(show(&results, output))
}

async fn these(
    ids: &[JobId],
    verb: &str,
    body: &Value,
    client: &Client,
) -> Result<Vec<ResultOfJob>, CliError> {
    let mut results = Vec::with_capacity(ids.len());
    for some in ids.chunks(MOST_JOBS as usize) {
        let mut body = body.clone();
        body["ids"] = json!(some);
        let report: ManyReport = client.post(&["api", "jobs", verb], &body).await?;
        results.extend(report.results);
    }
    Ok(results)
}

async fn fitting(
    filter: &[(&'static str, String)],
    verb: &str,
    body: &Value,
    client: &Client,
) -> Result<Vec<ResultOfJob>, CliError> {
    let mut body = body.clone();
    body["filter"] = job_filter_object(filter.iter().cloned());
    let mut results = Vec::new();
    loop {
        let report: ManyReport = client.post(&["api", "jobs", verb], &body).await?;
        results.extend(report.results);
        match report.next {
            Some(next) => body["cursor"] = json!(next),
            None => return Ok(results),
        }
    }
}

#[derive(Deserialize)]
struct Counted {
    total: u64,
}

async fn count(filter: &[(&'static str, String)], client: &Client) -> Result<u64, CliError> {
    let request = client.request(Method::GET, &["api", "jobs"])?;
    let request = request.query(filter).query(&[("limit", "1")]);
    let counted: Counted = read(client.send(request).await?).await?;
    Ok(counted.total)
}

/// A person at a terminal is asked; a program has to say yes beforehand.
fn agreed(verb: &str, count: u64) -> Result<(), CliError> {
    let jobs = if count == 1 { "job" } else { "jobs" };
    if !io::stdin().is_terminal() {
        let why = format!("{verb} would touch {count} {jobs}, and nobody is there to say yes");
        return Err(CliError::new(Exit::Usage, why).hint("say it with --yes"));
    }
    eprint(&format!("{verb} {count} {jobs}? [y/N] "));
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    if read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
        return Ok(());
    }
    Err(CliError::new(Exit::Negative, "no job was touched"))
}

/// A question stays on the line that is answered.
fn eprint(text: &str) {
    use std::io::Write as _;
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

fn show(results: &[ResultOfJob], output: Output) -> Exit {
    if output.json {
        output.json(&results);
    }
    let mut refused = false;
    for result in results {
        match (&result.problem, result.status) {
            (Some(problem), _) => {
                refused = true;
                output.say(&format!("{}: {}", result.id, describe(problem)));
            }
            (None, Some(status)) if !output.json => {
                output.line(&format!("{} is {status}", result.id));
            }
            _ => {}
        }
    }
    if refused { Exit::Refused } else { Exit::Done }
}

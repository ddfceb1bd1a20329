//! `formhand evidence verify ID`

use clap::Args;
use formhand_evidence::{Bundle, Kind};
use serde::Serialize;

use crate::{
    cli::{
        CliError, Exit, Output,
        client::Client,
        job::{evidence_file, find_job},
    },
    http::{EvidenceView, FileView},
};

#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// The job's id, or the captchaId that it was handed in with.
    id: String,
}

/// What was found of one file.
#[derive(Serialize)]
struct Finding {
    path: String,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// As it was when the receipt was written.
    Same,
    /// Not as it was.
    Changed,
    /// Not there: removed when it was old, or by somebody.
    Gone,
    /// Kept after the receipt was written.
    Later,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "CHANGED",
            Self::Gone => "gone",
            Self::Later => "later",
        }
    }
}

/// Compares the files of a job with its receipt. The answer is no if one was changed or is gone.
pub(super) async fn run(
    args: &VerifyArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let job = find_job(&args.id, client).await?.id.to_string();
    let kept: EvidenceView = client.get(&["api", "jobs", &job, "evidence"]).await?;
    let receipts = kept.files.iter().filter(|file| file.kind == Kind::Receipt);
    // Of several attempts only the last one can have filed it.
    let Some(receipt) = receipts.max_by_key(|file| file.attempt) else {
        let message = format!("job {job} has no receipt");
        return Err(CliError::new(Exit::Refused, message).hint("only a job that was filed has one"));
    };
    let text = evidence_file(receipt, client).await?;
    let bundle = Bundle::read(&text).map_err(|error| {
        let message = format!("{} does not prove anything: {error}", receipt.path);
        CliError::new(Exit::Negative, message)
    })?;
    let findings = compare(&bundle, receipt, &kept.files, client).await?;
    if output.json {
        output.json(&findings);
    } else {
        let mut table = output.table(&["STATE", "PATH"]);
        for finding in &findings {
            table.add_row([finding.state.word(), finding.path.as_str()]);
        }
        output.line(&table.trim_fmt());
    }
    let proven = |finding: &Finding| matches!(finding.state, State::Same | State::Later);
    Ok(if findings.iter().all(proven) {
        Exit::Done
    } else {
        Exit::Negative
    })
}

async fn compare(
    bundle: &Bundle,
    receipt: &FileView,
    kept: &[FileView],
    client: &Client,
) -> Result<Vec<Finding>, CliError> {
    let mut findings = Vec::new();
    for part in &bundle.parts {
        let state = match kept.iter().find(|file| file.path == part.path) {
            None => State::Gone,
            Some(file) if part.is(&evidence_file(file, client).await?) => State::Same,
            Some(_) => State::Changed,
        };
        let path = part.path.clone();
        findings.push(Finding { path, state });
    }
    let in_bundle = |file: &&FileView| bundle.parts.iter().any(|part| part.path == file.path);
    let later = kept
        .iter()
        .filter(|file| !in_bundle(file) && file.path != receipt.path);
    findings.extend(later.map(|file| Finding {
        path: file.path.clone(),
        state: State::Later,
    }));
    Ok(findings)
}

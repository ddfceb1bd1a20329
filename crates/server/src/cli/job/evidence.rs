//! `formhand job evidence ID [--to FOLDER]`

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use clap::Args;
use formhand_evidence::Place;
use reqwest::Method;

use super::show;
use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::{EvidenceView, FileView},
};

#[derive(Args)]
pub(crate) struct EvidenceArgs {
    /// The job's id, or the captchaId that it was handed in with.
    id: String,
    /// Fetch the files into this folder, as ATTEMPT/NAME. None that is there is written over.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

/// Lists what is kept of a job, and fetches it if asked to.
pub(super) async fn run(
    args: &EvidenceArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let job = show::find(&args.id, client).await?.id.to_string();
    let kept: EvidenceView = client.get(&["api", "jobs", &job, "evidence"]).await?;
    if let Some(folder) = &args.to {
        for file in &kept.files {
            let path = fetch(file, folder, client).await?;
            output.say(&path.display().to_string());
        }
    }
    if output.json {
        output.json(&kept);
        return Ok(Exit::Done);
    }
    let mut table = output.table(&["ATTEMPT", "KIND", "BYTES", "WRITTEN", "PATH"]);
    for file in &kept.files {
        table.add_row([
            file.attempt.to_string(),
            word(file),
            file.size_bytes.to_string(),
            format!("{:.0}", file.written_at),
            file.path.clone(),
        ]);
    }
    output.line(&table.trim_fmt());
    Ok(Exit::Done)
}

fn word(file: &FileView) -> String {
    match serde_json::to_value(file.kind) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

async fn fetch(file: &FileView, folder: &Path, client: &Client) -> Result<PathBuf, CliError> {
    let place = place_of(file)?;
    let content = content(file, client).await?;
    let mut path = folder.join(place.attempt().to_string());
    if place.is_document() {
        path.push("documents");
    }
    let written = write(&path, place.name(), &content);
    let path = path.join(place.name());
    written.map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        CliError::new(Exit::BadInput, message)
    })?;
    Ok(path)
}

/// The server is believed in what it says of a job, not in where to write on this machine or what else to ask for.
fn place_of(file: &FileView) -> Result<Place, CliError> {
    Place::parse(&file.path).ok_or_else(|| {
        let message = format!("the server names a file that cannot be: {:?}", file.path);
        CliError::new(Exit::Internal, message)
    })
}

/// What is in a file.
pub(in crate::cli) async fn content(file: &FileView, client: &Client) -> Result<Vec<u8>, CliError> {
    let place = place_of(file)?;
    let (job, attempt) = (place.job().to_string(), place.attempt().to_string());
    let mut parts = vec!["api", "jobs", &job, "evidence", &attempt];
    if place.is_document() {
        parts.push("documents");
    }
    parts.push(place.name());
    let response = client.send(client.request(Method::GET, &parts)?).await?;
    let content = response.bytes().await.map_err(|error| {
        let message = format!("{} did not arrive: {error}", file.path);
        CliError::new(Exit::Unreachable, message)
    })?;
    Ok(content.to_vec())
}

/// For the owner alone: documents are personal data.
fn write(folder: &Path, name: &str, content: &[u8]) -> std::io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(folder.join(name))?
        .write_all(content)
}

//! `formhand question picture ID FILE`

use std::{fs, path::PathBuf};

use clap::Args;
use reqwest::Method;
use serde_json::json;

use crate::cli::{CliError, Exit, Output, client::Client};

#[derive(Args)]
pub(crate) struct PictureArgs {
    /// The question.
    id: String,
    /// The file to write, as PNG.
    file: PathBuf,
}

/// Saves a question's picture.
pub(super) async fn run(
    args: &PictureArgs,
    client: &Client,
    output: Output,
) -> Result<Exit, CliError> {
    let request = client.request(Method::GET, &["api", "questions", &args.id, "picture"])?;
    let picture = client.send(request).await?.bytes().await.map_err(|error| {
        CliError::new(
            Exit::Unreachable,
            format!("the picture did not arrive: {error}"),
        )
    })?;
    fs::write(&args.file, &picture).map_err(|error| {
        CliError::new(
            Exit::BadInput,
            format!("cannot write {}: {error}", args.file.display()),
        )
    })?;
    if output.json {
        output.json(&json!({"file": args.file, "size_bytes": picture.len()}));
    } else {
        output.line(&args.file.display().to_string());
    }
    Ok(Exit::Done)
}

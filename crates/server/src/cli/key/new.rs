//! `formhand key new`

use std::{fs::OpenOptions, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::PathBuf};

use clap::Args;
use formhand_seal::SealKey;
use serde_json::json;

use super::super::{CliError, Exit, Output};

#[derive(Args)]
pub(in super::super) struct NewArgs {
    /// Write it into this file, which must not be there and which only you can read [default: standard output].
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Makes a key. Nobody else has it, and nothing brings it back.
pub(super) fn run(args: &NewArgs, output: Output) -> Result<Exit, CliError> {
    let key = SealKey::new(rand::random());
    let id = key.id().to_string();
    let Some(file) = &args.file else {
        if output.json {
            output.json(&json!({ "key": key.to_text(), "id": id }));
        } else {
            output.line(&key.to_text());
            output.say(&format!("the key {id}: keep it apart from what it seals"));
        }
        return Ok(Exit::Done);
    };
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut opened| {
            opened.write_all(format!("{}\n", key.to_text()).as_bytes())?;
            opened.sync_all()
        });
    written.map_err(|error| {
        CliError::new(
            Exit::BadInput,
            format!("cannot write {}: {error}", file.display()),
        )
        .hint("a key that is there is never written over: name another file")
    })?;
    if output.json {
        output.json(&json!({ "file": file, "id": id }));
    } else {
        output.line(&id);
        output.say("keep the file apart from what it seals: without it nothing opens that");
    }
    Ok(Exit::Done)
}

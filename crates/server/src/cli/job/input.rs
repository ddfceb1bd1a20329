//! Records from a file or the standard input, ready to be sent.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use serde_json::Value;

use crate::{
    cli::{CliError, Exit},
    records::{Envelope, Format, RecordErrors, read_json, read_lines, read_table},
};

/// What is sent.
pub(super) struct Input {
    /// How the body is written.
    pub(super) format: Format,
    /// The body.
    pub(super) body: String,
    /// How many records it holds.
    pub(super) count: usize,
    /// Where each record stands in the file, counted from 1, where the file has lines.
    pub(super) lines: Vec<Option<u64>>,
}

/// Reads records. Mistakes are found here, with the place in the file, before anything is sent.
pub(super) fn read(file: &Path, format: Option<Format>) -> Result<Input, CliError> {
    let from_stdin = file == Path::new("-");
    let name = if from_stdin {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    };
    let bytes = if from_stdin {
        read_stdin()
    } else {
        fs::read(file)
    }
    .map_err(|error| CliError::new(Exit::BadInput, format!("cannot read {name}: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let readable = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = readable.split(|byte| *byte == b'\n').count();
        CliError::new(Exit::BadInput, format!("{name}:{line}: not UTF-8 text"))
    })?;
    let format = format
        .or_else(|| Format::of_file(file))
        .or_else(|| guess(&text))
        .ok_or_else(|| {
            CliError::new(Exit::Usage, format!("cannot tell how {name} is written"))
                .hint("say it with --format json, jsonl or csv")
        })?;
    prepare(text, format).map_err(|errors| {
        CliError::new(Exit::BadInput, errors.located(&name).join("\n"))
            .hint("nothing was handed in; correct the input and try again")
    })
}

fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Only what can be nothing else: a text that begins like JSON.
fn guess(text: &str) -> Option<Format> {
    text.trim_start().starts_with(['{', '[']).then(|| {
        let whole: Result<Value, _> = serde_json::from_str(text);
        if whole.is_ok() || text.trim_start().starts_with('[') {
            Format::Json
        } else {
            Format::Jsonl
        }
    })
}

fn prepare(text: String, format: Format) -> Result<Input, RecordErrors> {
    let (envelopes, lines): (Vec<Envelope>, Vec<Option<u64>>) = match format {
        Format::Csv => {
            let table = read_table(&text)?;
            let lines: Vec<Option<u64>> = table.rows.iter().map(|row| Some(row.line)).collect();
            return Ok(Input {
                format,
                body: text,
                count: lines.len(),
                lines,
            });
        }
        Format::Json => {
            let (envelopes, _) = read_json(&text)?;
            let lines = vec![None; envelopes.len()];
            (envelopes, lines)
        }
        Format::Jsonl => read_lines(&text)?
            .into_iter()
            .map(|(line, envelope)| (envelope, Some(line)))
            .unzip(),
    };
    // Every record on its line: then the numbers of the idempotency keys are those of the records.
    let body: Vec<String> = envelopes
        .iter()
        .map(|envelope| serde_json::json!(envelope).to_string())
        .collect();
    Ok(Input {
        format: Format::Jsonl,
        count: body.len(),
        body: body.join("\n"),
        lines,
    })
}

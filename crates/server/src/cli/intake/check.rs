//! `formhand intake check MAPPING`

use std::{fs, path::PathBuf};

use clap::Args;
use formhand_portal::{
    Diagnostics,
    mapping::{Mapped, Mapping, Problem, Unmapped, Unmet},
};
use serde_json::{Value, json};

use crate::{
    cli::{CliError, Exit, Output},
    serving::{ServeError, load_mapping, load_portal},
};

#[derive(Args)]
pub(crate) struct CheckArgs {
    /// The mapping.
    file: PathBuf,
    /// The definition of its portal, to hold the mapping against.
    #[arg(long, value_name = "FILE")]
    portal: Option<PathBuf>,
    /// A document as JSON, as `mongoexport` writes it: the record is shown that becomes of it.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
}

/// Says what is wrong where, or what becomes of the document.
pub(super) fn run(args: &CheckArgs, output: Output) -> Result<Exit, CliError> {
    let mapping = match checked(args) {
        Ok(mapping) => mapping,
        Err(Wrong::Mapping(diagnostics)) if output.json => {
            let listed = super::super::portal::listed(&diagnostics);
            output.json(&json!({ "ok": false, "diagnostics": listed }));
            return Ok(Exit::BadInput);
        }
        Err(Wrong::Mapping(diagnostics)) => return Err(CliError::new(Exit::BadInput, diagnostics)),
        Err(Wrong::Other(error)) => return Err(error),
    };
    let Some(file) = &args.document else {
        show(&mapping, output);
        return Ok(Exit::Done);
    };
    let text = fs::read_to_string(file).map_err(|error| {
        CliError::new(
            Exit::BadInput,
            format!("cannot read {}: {error}", file.display()),
        )
    })?;
    // The message of the reader may quote the document; its place does not.
    let document: Value = serde_json::from_str(&text).map_err(|error| {
        let (file, line, column) = (file.display(), error.line(), error.column());
        CliError::new(
            Exit::BadInput,
            format!("{file}:{line}:{column}: this is not JSON"),
        )
    })?;
    Ok(match mapping.map(&document) {
        Ok(mapped) => {
            show_mapped(mapped, output);
            Exit::Done
        }
        Err(unmapped) => {
            show_unmapped(&unmapped, output);
            Exit::Negative
        }
    })
}

enum Wrong {
    Mapping(Diagnostics),
    Other(CliError),
}

fn checked(args: &CheckArgs) -> Result<Mapping, Wrong> {
    let mapping = load_mapping(&args.file).map_err(|error| match error {
        ServeError::Mapping(diagnostics) => Wrong::Mapping(diagnostics),
        error => Wrong::Other(CliError::new(Exit::BadInput, error)),
    })?;
    if let Some(file) = &args.portal {
        let portal = load_portal(file, None).map_err(Wrong::Mapping)?;
        mapping.check_against(&portal).map_err(Wrong::Mapping)?;
    }
    Ok(mapping)
}

fn show(mapping: &Mapping, output: Output) {
    if output.json {
        output.json(&json!({
            "ok": true,
            "portal": mapping.portal(),
            "flow": mapping.flow(),
            "accounts": mapping.accounts(),
        }));
        return;
    }
    output.line(&format!(
        "ok: documents become records of flow {} of portal {}",
        mapping.flow(),
        mapping.portal()
    ));
}

fn show_mapped(mapped: Mapped, output: Output) {
    let record = Value::Object(mapped.record);
    if output.json {
        output.json(&json!({
            "result": "mapped",
            "portal": mapped.portal,
            "flow": mapped.flow,
            "account": mapped.account,
            "captchaId": mapped.caller_id,
            "record": record,
        }));
        return;
    }
    output.say(&format!(
        "{} for flow {} of portal {}, account {}",
        mapped.caller_id, mapped.flow, mapped.portal, mapped.account
    ));
    output.json(&record);
}

fn show_unmapped(unmapped: &Unmapped, output: Output) {
    if !output.json {
        let word = match unmapped {
            Unmapped::NotYet(_) => "",
            Unmapped::Broken(_) => "it is ready and cannot be taken:\n",
        };
        output.line(&format!("{word}{unmapped}"));
        return;
    }
    let unmet = |unmet: &Unmet| json!({ "path": unmet.path, "message": unmet.message });
    let problem = |problem: &Problem| json!({ "path": problem.path, "field": problem.field, "message": problem.message });
    output.json(&match unmapped {
        Unmapped::NotYet(all) => {
            json!({ "result": "not_ready", "conditions": all.iter().map(unmet).collect::<Vec<_>>() })
        }
        Unmapped::Broken(all) => {
            json!({ "result": "broken", "problems": all.iter().map(problem).collect::<Vec<_>>() })
        }
    });
}

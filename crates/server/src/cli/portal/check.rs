//! `formhand portal check FILE`

use std::path::PathBuf;

use clap::Args;
use formhand_portal::{Diagnostics, Portal};
use serde_json::{Value, json};
use url::Url;

use crate::{
    cli::{CliError, Exit, Output},
    serving::load_portal,
};

#[derive(Args)]
pub(crate) struct CheckArgs {
    /// The definition.
    file: PathBuf,
    /// Another address for the portal, such as that of a practice portal.
    #[arg(long, value_name = "URL")]
    base: Option<Url>,
}

/// Says what is wrong where, or what the definition holds.
pub(super) fn run(args: CheckArgs, output: Output) -> Result<Exit, CliError> {
    match load_portal(&args.file, args.base) {
        Ok(portal) => {
            show(&portal, output);
            Ok(Exit::Done)
        }
        Err(diagnostics) if output.json => {
            output.json(&json!({"ok": false, "diagnostics": listed(&diagnostics)}));
            Ok(Exit::BadInput)
        }
        Err(diagnostics) => Err(CliError::new(Exit::BadInput, diagnostics)),
    }
}

fn show(portal: &Portal, output: Output) {
    let flows: Vec<&str> = portal
        .flows
        .keys()
        .map(formhand_domain::FlowName::as_str)
        .collect();
    if output.json {
        output.json(&json!({
            "ok": true,
            "portal": portal.name,
            "title": portal.title,
            "base": portal.base,
            "flows": flows,
            "version": portal.version,
        }));
        return;
    }
    output.line(&format!(
        "ok: portal {} ({}) at {}",
        portal.name, portal.title, portal.base
    ));
    for flow in portal.flows.values() {
        output.line(&format!(
            "    flow {} ({}), {} steps",
            flow.name,
            flow.title,
            flow.steps.len()
        ));
    }
}

/// All that is wrong, as JSON.
pub(in crate::cli) fn listed(diagnostics: &Diagnostics) -> Vec<Value> {
    let one = |diagnostic: &formhand_portal::Diagnostic| {
        json!({
            "file": diagnostic.file,
            "line": diagnostic.line,
            "column": diagnostic.column,
            "message": diagnostic.message,
            "help": diagnostic.help,
        })
    };
    diagnostics.0.iter().map(one).collect()
}

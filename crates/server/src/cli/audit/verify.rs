//! `formhand audit verify`

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
};

use clap::Args;
use formhand_store::{Break, KeptHead, Verified, Verifier};
use serde_json::json;

use super::source::Source;
use crate::{
    cli::{CliError, Exit, Output},
    http::LinkView,
};

#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// A head that was kept elsewhere: that the end was cut off is found by nothing else.
    #[arg(long, value_name = "HEAD")]
    pub(super) head: Option<KeptHead>,
    /// Prove this export instead.
    #[arg(long, value_name = "FILE")]
    pub(super) export: Option<PathBuf>,
}

/// Goes through all of the audit.
pub(super) async fn run(
    head: Option<KeptHead>,
    source: &Source,
    output: Output,
) -> Result<Exit, CliError> {
    let mut verifier = Verifier::new(head);
    loop {
        let (links, more) = source.page(verifier.last()).await?;
        for link in &links {
            if let Err(broken) = verifier.take(link) {
                return Ok(tell_broken(broken, output));
            }
        }
        if !more {
            return Ok(tell(verifier.finish(), output));
        }
    }
}

/// Goes through an export.
pub(super) fn file(path: &Path, head: Option<KeptHead>, output: Output) -> Result<Exit, CliError> {
    let unreadable = |error: &dyn std::fmt::Display| {
        CliError::new(
            Exit::BadInput,
            format!("cannot read {}: {error}", path.display()),
        )
    };
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut verifier = Verifier::new(head);
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| unreadable(&error))?;
        let view: LinkView = serde_json::from_str(&line)
            .map_err(|_| unreadable(&format!("line {} is no entry of an export", number + 1)))?;
        if let Err(broken) = verifier.take(&view.into()) {
            return Ok(tell_broken(broken, output));
        }
    }
    Ok(tell(verifier.finish(), output))
}

fn tell(proved: Result<Verified, Break>, output: Output) -> Exit {
    let verified = match proved {
        Ok(verified) => verified,
        Err(broken) => return tell_broken(broken, output),
    };
    if output.json {
        output.json(&json!({
            "holds": true,
            "head": verified.head.map(|head| head.to_string()),
            "entries": verified.entries,
            "removed": verified.removed,
            "begunAt": verified.begun_at,
        }));
        return Exit::Done;
    }
    let Some(head) = verified.head else {
        output.say("the audit is empty");
        return Exit::Done;
    };
    let removed = match verified.removed {
        0 => String::new(),
        removed => format!(", {removed} of them of jobs that were removed"),
    };
    output.line(&format!(
        "the audit holds: {} entries{removed}",
        verified.entries
    ));
    if let Some(begun) = verified.begun_at {
        output.line(&format!(
            "entries before {begun} were there before the chain, and are proved from then on only"
        ));
    }
    output.line(&format!("head {head}"));
    Exit::Done
}

fn tell_broken(broken: Break, output: Output) -> Exit {
    if output.json {
        output.json(&json!({
            "holds": false,
            "seq": broken.seq,
            "fault": broken.fault.as_str(),
            "message": broken.to_string(),
        }));
    } else {
        output.line(&broken.to_string());
        output.say(&format!(
            "\nwhat is before entry {} holds; docs/AUDIT.md says what to do",
            broken.seq
        ));
    }
    Exit::Broken
}

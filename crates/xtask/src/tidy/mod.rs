//! `tidy`: what every file of the project must keep to.

mod files;
mod proofs;
mod ratchet;
mod rules;

use std::{path::Path, process::ExitCode};

use self::{files::sources, rules::check};
use crate::say;

/// Checks the tree around the present folder and says what is wrong.
pub(crate) fn run() -> ExitCode {
    let root = Path::new(".");
    let files = match sources(root) {
        Ok(files) => files,
        Err(error) => {
            say(&format!("error: the source tree cannot be read: {error}"));
            return ExitCode::from(2);
        }
    };
    let mut complaints: Vec<String> = files.iter().flat_map(check).collect();
    complaints.extend(ratchet::check(&files));
    complaints.extend(proofs::check(&files));
    for complaint in &complaints {
        say(complaint);
    }
    if complaints.is_empty() {
        say(&format!("tidy: {} files, nothing to say", files.len()));
        ExitCode::SUCCESS
    } else {
        say(&format!("tidy: {} complaints", complaints.len()));
        ExitCode::FAILURE
    }
}

//! A document that names a test as a proof must name one that exists.

use std::{collections::BTreeSet, path::Path};

use super::files::File;

/// Where tests are named as proofs.
const DOCUMENTS: [&str; 3] = [
    "docs/KNOWN_FAILURES.md",
    "docs/ARCHITECTURE.md",
    "docs/SECURITY.md",
];

/// Says which tests are named and not there.
pub(super) fn check(files: &[File]) -> Vec<String> {
    let functions: BTreeSet<&str> = files
        .iter()
        .filter(|file| file.is_rust())
        .flat_map(|file| file.text.lines())
        .filter_map(function_name)
        .collect();
    let mut complaints = Vec::new();
    for document in DOCUMENTS {
        let Some(file) = files.iter().find(|file| file.path == Path::new(document)) else {
            continue;
        };
        for name in named_tests(&file.text).filter(|name| !functions.contains(name)) {
            complaints.push(format!("{document}: there is no test {name}"));
        }
    }
    complaints
}

fn function_name(line: &str) -> Option<&str> {
    let rest = line
        .trim_start()
        .strip_prefix("async fn ")
        .or_else(|| line.trim_start().strip_prefix("fn "))?;
    rest.split('(').next()
}

/// Names of four words and more between back quotes: tests here are sentences, and nothing else is that long.
fn named_tests(text: &str) -> impl Iterator<Item = &str> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(|code| code.rsplit("::").next().unwrap_or(code))
        .filter(|code| {
            code.matches('_').count() >= 3
                && code
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
}

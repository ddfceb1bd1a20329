//! Counts that may only fall: lower the number here when the code gets better, never raise it.

use super::files::File;

/// A file of more lines than this is hard to read in one go.
const LONG_FILE: usize = 300;

/// A function of more lines than this does more than one thing.
const LONG_FUNCTION: usize = 70;

/// How many files are longer, tests left out.
const LONG_FILES: usize = 0;

/// How many functions are longer, tests left out.
const LONG_FUNCTIONS: usize = 0;

/// Says which files and functions are too long, if there are more of them than there may be.
pub(super) fn check(files: &[File]) -> Vec<String> {
    let code = || {
        files
            .iter()
            .filter(|file| file.is_rust() && !file.is_test())
    };
    let long_files: Vec<String> = code()
        .map(|file| (file, file.without_tests().lines().count()))
        .filter(|(_, lines)| *lines > LONG_FILE)
        .map(|(file, lines)| format!("{}: {lines} lines", file.path.display()))
        .collect();
    let long_functions: Vec<String> = code().flat_map(long_functions).collect();
    let mut complaints = judge("files", LONG_FILE, &long_files, LONG_FILES);
    complaints.extend(judge(
        "functions",
        LONG_FUNCTION,
        &long_functions,
        LONG_FUNCTIONS,
    ));
    complaints
}

fn judge(what: &str, limit: usize, found: &[String], allowed: usize) -> Vec<String> {
    if found.len() == allowed {
        return Vec::new();
    }
    let mut complaints = found.to_vec();
    complaints.push(if found.len() > allowed {
        format!(
            "{} {what} are longer than {limit} lines; {allowed} may be",
            found.len()
        )
    } else {
        format!(
            "only {} {what} are longer than {limit} lines: lower the ratchet from {allowed}",
            found.len()
        )
    });
    complaints
}

/// Goes by indentation, which rustfmt guarantees: a function ends at the first `}` as far in as its first line.
fn long_functions(file: &File) -> Vec<String> {
    let lines: Vec<&str> = file.without_tests().lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let text = line.trim_start();
        let begins = [
            "fn ",
            "async fn ",
            "pub fn ",
            "pub async fn ",
            "pub(crate) fn ",
            "pub(crate) async fn ",
            "pub(super) fn ",
            "pub(super) async fn ",
        ];
        if !begins.iter().any(|word| text.starts_with(word)) {
            continue;
        }
        // What a trait only declares has no body.
        let mut ends = lines[start..].iter().map(|line| line.trim_end());
        let opens = ends.find(|line| line.ends_with('{') || line.ends_with(';'));
        if opens.is_none_or(|line| line.ends_with(';')) {
            continue;
        }
        let indent = line.len() - text.len();
        let end = lines[start..].iter().position(|line| {
            line.len() > indent
                && line[indent..].starts_with('}')
                && line[..indent].trim().is_empty()
        });
        let length = end.map_or(0, |end| end + 1);
        if length > LONG_FUNCTION {
            found.push(format!(
                "{}:{}: a function of {length} lines",
                file.path.display(),
                start + 1
            ));
        }
    }
    found
}

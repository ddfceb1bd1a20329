//! Rules that a file keeps or breaks by itself.

use super::files::File;

/// What is wrong with a file.
pub(super) fn check(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut complain = |what: String| complaints.push(format!("{}: {what}", file.path.display()));
    if file.is_rust() {
        rust(file, &mut complain);
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        complain("does not end with a line end".into());
    }
    for (index, line) in file.text.lines().enumerate() {
        let place = index + 1;
        if line.ends_with([' ', '\t']) && !holds_output(file) {
            complain(format!("line {place} ends with white space"));
        }
        for word in ["/home/", "/root/", "/Users/"] {
            if line.contains(word) && !file.path.starts_with("crates/xtask") {
                complain(format!(
                    "line {place} names a folder of some machine: {word}"
                ));
            }
        }
    }
    complaints
}

fn rust(file: &File, complain: &mut dyn FnMut(String)) {
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    if !file.text.trim_start().starts_with("//!") && !file.text.contains("\n//!") {
        complain("has no `//!` that says its job".into());
    }
    if name == "mod.rs" {
        let holds_more = ["fn ", "struct ", "enum "].iter().any(|word| {
            file.without_tests()
                .lines()
                .any(|line| line.starts_with(word) || line.starts_with(&format!("pub {word}")))
        });
        let is_facade = file.without_tests().lines().count() <= 90;
        if holds_more && !is_facade {
            complain("is a `mod.rs` of more than 90 lines that does more than declare".into());
        }
    }
    // Written in two halves, so that this file keeps its own rule.
    if file.text.contains(concat!("#[al", "low(")) {
        complain(concat!("uses `#[al", "low]`: use `#[expect(…, reason = \"…\")]`").into());
    }
}

/// Output of programs is kept as it is, in snapshots of the tests and in documents.
fn holds_output(file: &File) -> bool {
    file.is_test()
        || file
            .path
            .extension()
            .is_some_and(|extension| extension == "md")
}

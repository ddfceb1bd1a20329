//! Every failure code has a section in `docs/FAILURES.md`, and every section a code.

use std::{collections::BTreeSet, fs, path::Path};

use formhand_domain::{FailureCode, WhoActs};

fn page() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/FAILURES.md");
    fs::read_to_string(file).expect("docs/FAILURES.md can be read")
}

#[test]
fn every_failure_code_has_its_section_and_every_section_its_code() {
    let page = page();
    let sections: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let codes: Vec<&str> = FailureCode::ALL.iter().map(|code| code.as_str()).collect();
    // In the order of the code, so that a new one has its place.
    assert_eq!(sections, codes);
}

#[test]
fn a_section_says_whether_it_is_retried_and_who_acts() {
    let page = page();
    for (code, text) in FailureCode::ALL.iter().zip(page.split("\n## ").skip(1)) {
        let retried = ["\nRetried", "\nNot retried", "\nNever retried"];
        let said: BTreeSet<bool> = retried
            .iter()
            .filter(|words| text.contains(*words))
            .map(|words| *words == "\nRetried")
            .collect();
        assert_eq!(said, BTreeSet::from([code.retryable()]), "{code}");
        let actor = match code.who_acts() {
            WhoActs::Nobody => "Nobody has to act",
            WhoActs::Submitter => "Submitter:",
            WhoActs::AccountKeeper => "Account keeper:",
            WhoActs::Operator => "Operator:",
            WhoActs::Developer => "Developer:",
        };
        assert!(text.contains(actor), "{code}: expected {actor:?}");
    }
}

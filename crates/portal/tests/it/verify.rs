//! The search for what a record filed.

use std::time::Duration;

use formhand_domain::WhenNotFound;
use formhand_portal::{Portal, Verify};
use insta::assert_snapshot;

use crate::support::{GOOD, load_text, practice, two_wheeler};

const RECEIPT: &str = "            - response: {status: [200]}\n";

const SEARCH: &str = r##"    verify:
      settle: 10m
      steps:
        - goto: /search
        - fill: {at: "#text", value: "{{ record.chassis }}"}
        - click: "#find"
      found: {visible: ".row"}
      not_found: {visible: ".none"}
      readback: [{at: ".chassis", read: text, equals: "{{ record.chassis | upper }}"}]
      receipt:
        number: {page: ".number"}
"##;

/// The good definition with a receipt and this search.
fn with_search(search: &str) -> String {
    let receipt = format!("{RECEIPT}              receipt: {{number: {{json: /No}}}}\n");
    GOOD.replace(RECEIPT, &receipt) + search
}

/// The search of the only flow.
fn search_of(portal: &Portal) -> &Verify {
    let mut flows = portal.flows.values();
    let flow = flows.next().expect("there is a flow");
    flow.verify.as_ref().expect("it has a search")
}

/// What is said of a search with a part of it replaced.
fn said(part: &str, by: &str) -> String {
    assert!(SEARCH.contains(part));
    match load_text(&with_search(&SEARCH.replace(part, by))) {
        Ok(_) => "(nothing)".to_owned(),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

#[test]
fn what_is_not_found_is_left_to_a_person_unless_the_definition_says_more() {
    let portal = load_text(&with_search(SEARCH)).unwrap();
    let verify = search_of(&portal);
    assert_eq!(verify.when_not_found, WhenNotFound::Review);
    assert_eq!(verify.settle, Duration::from_mins(10));
    assert_eq!(verify.receipt.len(), 1);
}

#[test]
fn a_flow_without_a_search_is_left_to_a_person() {
    let portal = load_text(GOOD).unwrap();
    assert!(portal.flows.values().all(|flow| flow.verify.is_none()));
}

#[test]
fn only_where_a_login_ends_the_old_session_may_the_machine_file_anew() {
    let again = SEARCH.replace("settle: 10m", "settle: 10m\n      when_not_found: retry");
    assert_snapshot!(load_text(&with_search(&again)).unwrap_err(), @r#"
    error: nothing ends the session of the old attempt, so it may still file the record
      --> small.yaml:48:23
       |
    48 |       when_not_found: retry
       |                       ^
      help: only a portal with `session: {exclusive: true}` may say `retry`; leave it to a person: `review`
    "#);
    let exclusive = with_search(&again).replace(
        "  check: {goto: /home}",
        "  check: {goto: /home}\n  exclusive: true",
    );
    let portal = load_text(&exclusive).unwrap();
    let verify = search_of(&portal);
    assert_eq!(verify.when_not_found, WhenNotFound::Retry);
}

#[test]
fn a_search_files_nothing() {
    let submit = "- submit: {click: \"#a\", request: {method: POST, url: /a}, succeeded: [{page: {visible: \"#b\"}}]}";
    assert_snapshot!(said("- click: \"#find\"", submit), @r##"
    error: a search files nothing
      --> small.yaml:51:11
       |
    51 |         - submit: {click: "#a", request: {method: POST, url: /a}, succeeded: [{page: {visible: "#b"}}]}
       |           ^
      help: end it with a `click`
    "##);
}

#[test]
fn what_is_found_is_compared_with_the_record() {
    let readback = "[{at: \".chassis\", read: text, equals: \"{{ record.chassis | upper }}\"}]";
    assert_snapshot!(said(readback, "[]"), @r#"
    error: nothing shows that what was found is this record
      --> small.yaml:54:17
       |
    54 |       readback: []
       |                 ^
      help: such as `- {at: ".chassis-no", read: text, equals: "{{ record.chassisNumber }}"}`
    "#);
}

#[test]
fn what_is_kept_has_the_receipts_names_and_is_on_the_page() {
    assert_snapshot!(said("number: {page", "numbr: {page"), @r#"
    error: the receipt of this flow has no `numbr`
      --> small.yaml:56:16
       |
    56 |         numbr: {page: ".number"}
       |                ^
      help: did you mean `number`?
    "#);
    assert_snapshot!(said("{page: \".number\"}", "{json: /No}"), @r#"
    error: a search is read from its page
      --> small.yaml:56:17
       |
    56 |         number: {json: /No}
       |                 ^
      help: such as `page: ".proposal-no"`
    "#);
    assert_snapshot!(said("\n        number: {page: \".number\"}", " {}"), @r#"
    error: nothing is kept of what was found
      --> small.yaml:55:16
       |
    55 |       receipt: {}
       |                ^
      help: such as `ProposalNo: {page: ".proposal-no"}`
    "#);
}

#[test]
fn the_shipped_search_leaves_what_it_does_not_find_to_a_person() {
    let portal = practice();
    let verify = two_wheeler(&portal).verify.as_ref().unwrap();
    assert_eq!(verify.when_not_found, WhenNotFound::Review);
}

//! Which documents are taken, and when.

use formhand_portal::mapping::Unmapped;
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::{good, said};

const MAPPING: &str = r#"formhand: 1
portal: small
flow: policy
account: main
when:
  - {path: status, is: ready}
  - {path: product.code, in: [7, "7A"]}
  - {path: policy_no, exists: false}
updates: [status, product]
record:
  name: name
"#;

fn unmet(document: &Value) -> String {
    match good(MAPPING).map(document) {
        Ok(_) => "(ready)".to_owned(),
        Err(Unmapped::NotYet(unmet)) => {
            let lines: Vec<String> = unmet.iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
        Err(Unmapped::Broken(problems)) => panic!("{problems:?}"),
    }
}

#[test]
fn a_document_is_taken_when_all_conditions_hold() {
    let ready = json!({"_id": 1, "name": "Asha", "status": "ready", "product": {"code": 7}, "policy_no": null});
    assert_eq!(unmet(&ready), "(ready)");
    let other = json!({"_id": 1, "name": "Asha", "status": "ready", "product": {"code": "7A"}});
    assert_eq!(unmet(&other), "(ready)");
    let double = json!({"_id": 1, "name": "Asha", "status": "ready", "product": {"code": {"$numberDecimal": "7.0"}}});
    assert_eq!(unmet(&double), "(ready)");
}

#[test]
fn what_it_still_waits_for_is_told() {
    assert_snapshot!(unmet(&json!({})), @r#"
    status must be "ready", and is missing
    product.code must be one of 7, "7A", and is missing
    "#);
    let filed = json!({"status": "draft", "product": {"code": true}, "policy_no": "P1"});
    assert_snapshot!(unmet(&filed), @r#"
    status must be "ready"
    product.code must be one of 7, "7A", and is true or false
    policy_no must not be there
    "#);
    assert_eq!(unmet(&json!([])), unmet(&json!({})));
}

#[test]
fn a_text_is_not_the_number_that_it_looks_like() {
    assert_snapshot!(unmet(&json!({"status": "ready", "product": {"code": "7"}})), @r#"product.code must be one of 7, "7A""#);
}

#[test]
fn a_document_that_is_not_ready_has_no_problems() {
    let error = good(MAPPING).map(&json!({"status": "draft"})).unwrap_err();
    assert!(matches!(error, Unmapped::NotYet(_)));
    assert_snapshot!(error, @r#"not ready: status must be "ready"; product.code must be one of 7, "7A", and is missing"#);
}

#[test]
fn a_change_counts_if_it_is_at_within_or_around_a_named_place() {
    let mapping = good(MAPPING);
    for changed in ["status", "product", "product.code", "status.by"] {
        assert!(mapping.is_touched_by(changed), "{changed}");
    }
    for changed in [
        "name",
        "statusText",
        "stat",
        "products",
        "productx.code",
        "",
    ] {
        assert!(!mapping.is_touched_by(changed), "{changed}");
    }
    let nested = good(&MAPPING.replace("[status, product]", "[customer.dob]"));
    assert!(nested.is_touched_by("customer"));
    assert!(nested.is_touched_by("customer.dob"));
    assert!(!nested.is_touched_by("customer.name"));
    let paths: Vec<String> = mapping.updates().iter().map(ToString::to_string).collect();
    assert_eq!(paths, ["status", "product"]);
}

#[test]
fn without_updates_only_new_documents_count() {
    let mapping = good(&MAPPING.replace("updates: [status, product]\n", ""));
    assert!(mapping.updates().is_empty());
    assert!(!mapping.is_touched_by("status"));
}

#[test]
fn updates_without_a_condition_make_nothing_ready() {
    let start = MAPPING.find("when:").unwrap();
    let end = MAPPING.find("updates:").unwrap();
    let text = format!("{}{}", &MAPPING[..start], &MAPPING[end..]);
    assert_snapshot!(said(&text), @"
    error: no change can make a document ready: without `when` it is ready from the start
     --> policy.yaml:5:10
      |
    5 | updates: [status, product]
      |          ^
      help: say what a ready document looks like, such as `when: [{path: status, is: ready}]`
    ");
    assert_snapshot!(said(&MAPPING.replace("[status, product]", "[]")), @"
    error: no change is named
     --> policy.yaml:9:10
      |
    9 | updates: []
      |          ^
      help: such as `updates: [status]`, or leave `updates` out
    ");
}

#[test]
fn a_condition_makes_one_demand() {
    assert_snapshot!(said(&MAPPING.replace("is: ready", "is: ready, exists: true")), @"
    error: a condition makes one demand, and this makes several
     --> policy.yaml:6:5
      |
    6 |   - {path: status, is: ready, exists: true}
      |     ^
      help: exactly one of: is, in, exists
    ");
    assert_snapshot!(said(&MAPPING.replace(", is: ready", "")), @"
    error: nothing is said of what must hold there
     --> policy.yaml:6:5
      |
    6 |   - {path: status}
      |     ^
      help: exactly one of: is, in, exists
    ");
    assert_snapshot!(said(&MAPPING.replace("[7, \"7A\"]", "[]")), @"
    error: no document can ever be ready: the list is empty
     --> policy.yaml:7:30
      |
    7 |   - {path: product.code, in: []}
      |                              ^
      help: such as `in: [ready, corrected]`
    ");
}

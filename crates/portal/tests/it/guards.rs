//! Fields that a record may lack: whoever uses one says when.

use insta::assert_snapshot;

use crate::support::{broken, complaint, load_text};

const STEP: &str = "- fill: {at: \"#name\", value: \"{{ record.name }}\"}";

#[test]
fn an_optional_field_needs_a_guard() {
    let step = "- fill: {at: \"#middle\", value: \"{{ record.middleName }}\"}";
    assert_snapshot!(complaint(STEP, step), @r##"
    error: record.middleName may be missing
      --> small.yaml:38:38
       |
    38 |       - fill: {at: "#middle", value: "{{ record.middleName }}"}
       |                                      ^
      help: add `if: record.middleName is defined` to the step, or make it required
    "##);
}

#[test]
fn an_if_a_when_and_the_template_itself_are_guards() {
    let guards = [
        "- if: record.middleName is defined\n        fill: {at: \"#m\", value: \"{{ record.middleName }}\"}",
        "- when:\n          record: record.middleName is defined and record.name == \"A\"\n          then:\n            - fill: {at: \"#m\", value: \"{{ record.middleName }}\"}",
        "- when:\n          record: record.middleName is undefined\n          then: []\n          else:\n            - fill: {at: \"#m\", value: \"{{ record.middleName }}\"}",
        "- fill: {at: \"#m\", value: \"{{ record.middleName if record.middleName is defined else '' }}\"}",
    ];
    for guard in guards {
        assert_eq!(complaint(STEP, guard), "(nothing)", "{guard}");
    }
}

#[test]
fn an_or_is_no_guard() {
    let step = "- if: record.middleName is defined or record.name == \"A\"\n        fill: {at: \"#m\", value: \"{{ record.middleName }}\"}";
    assert_snapshot!(complaint(STEP, step), @r##"
    error: record.middleName may be missing
      --> small.yaml:39:33
       |
    39 |         fill: {at: "#m", value: "{{ record.middleName }}"}
       |                                 ^
      help: add `if: record.middleName is defined` to the step, or make it required
    "##);
}

#[test]
fn the_schema_can_promise_a_field() {
    let schema = "        chassis: {type: string}\n        loan: {type: boolean}\n        bank: {type: string}\n      allOf:\n        - if: {properties: {loan: {const: true}}, required: [loan]}\n          then: {required: [bank]}";
    let text = broken("        chassis: {type: string}", schema)
        .replace("required: [name, state, chassis]", "required: [name, state, chassis, loan]")
        .replace(STEP, "- when:\n          record: record.loan\n          then:\n            - fill: {at: \"#b\", value: \"{{ record.bank }}\"}");
    load_text(&text).unwrap_or_else(|errors| panic!("{errors}"));
    let other = text.replace("record: record.loan", "record: not record.loan");
    assert_snapshot!(load_text(&other).unwrap_err(), @r##"
    error: record.bank may be missing
      --> small.yaml:46:39
       |
    46 |             - fill: {at: "#b", value: "{{ record.bank }}"}
       |                                       ^
      help: add `if: record.bank is defined` to the step, or make it required
    "##);
}

#[test]
fn a_capture_is_known_after_the_step_that_reads_it() {
    let capture = "- capture: {as: number, at: \"#number\"}";
    let use_it = "- fill: {at: \"#n\", value: \"{{ captures.number }}\"}";
    assert_eq!(
        complaint(STEP, &format!("{capture}\n      {use_it}")),
        "(nothing)"
    );
    assert_snapshot!(complaint(STEP, &format!("{use_it}\n      {capture}")), @r##"
    error: nothing was captured as `number` up to here
      --> small.yaml:38:33
       |
    38 |       - fill: {at: "#n", value: "{{ captures.number }}"}
       |                                 ^
      help: there are none yet
    "##);
    let sometimes = format!(
        "- if: record.middleName is defined\n        {}",
        &capture[2..]
    );
    assert_snapshot!(complaint(STEP, &format!("{sometimes}\n      {use_it}")), @r##"
    error: captures.number may be missing: the step that reads it is not always done
      --> small.yaml:40:33
       |
    40 |       - fill: {at: "#n", value: "{{ captures.number }}"}
       |                                 ^
      help: add `if: captures.number is defined` to the step
    "##);
}

#[test]
fn a_receipt_is_known_to_the_steps_after_the_submit() {
    let receipt =
        "            - response: {status: [200]}\n              receipt: {number: {json: /no}}\n";
    let after = "      - goto: \"/done?number={{ captures.number }}\"\n";
    let text = broken(
        "            - response: {status: [200]}\n",
        &format!("{receipt}{after}"),
    );
    load_text(&text).unwrap_or_else(|errors| panic!("{errors}"));
    let other_sign = "            - page: {visible: \"#done\"}\n";
    let unsure = text.replace(after, &format!("{other_sign}{after}"));
    let complaint = load_text(&unsure).unwrap_err().to_string();
    assert!(
        complaint.contains("captures.number may be missing"),
        "{complaint}"
    );
}

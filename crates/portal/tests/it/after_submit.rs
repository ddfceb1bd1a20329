//! What stands after the submit: groups and their own tries.

use std::time::Duration;

use formhand_portal::{StepAction, Tries};
use insta::assert_snapshot;

use crate::support::{complaint, last_steps, last_steps_said};

#[test]
fn a_group_is_one_step_that_is_tried_as_often_as_it_says() {
    let steps = last_steps(
        "- name: documents\n  tries: 3\n  optional: true\n  do:\n    - goto: /documents\n    - click: {at: \"#print\"}",
    );
    let [group] = steps.as_slice() else {
        panic!("{steps:?}");
    };
    let StepAction::Do { steps } = &group.action else {
        panic!("{group:?}");
    };
    assert_eq!(steps.len(), 2);
    assert!(group.optional);
    let usual = Tries {
        times: 3,
        pause: Duration::from_secs(2),
    };
    assert_eq!(group.tries, Some(usual));
    assert!(steps.iter().all(|step| step.tries.is_none()));
}

#[test]
fn any_step_after_the_submit_has_tries_and_so_have_those_inside_others() {
    let steps = last_steps(
        "- click: \"#a\"\n  tries: {times: 5, pause: 500ms}\n- when:\n    record: record.middleName is defined\n    then: [{click: \"#b\", tries: 2}]\n- within: {frame: \"#f\", steps: [{do: [{click: \"#c\"}], tries: 2}]}",
    );
    let own = Tries {
        times: 5,
        pause: Duration::from_millis(500),
    };
    assert_eq!(steps[0].tries, Some(own));
}

#[test]
fn before_the_submit_the_job_as_a_whole_is_tried_again() {
    assert_snapshot!(complaint("- goto: /form", "- {goto: /form, tries: 3}"), @r#"
    error: `tries` belongs to steps after the `submit`
      --> small.yaml:37:30
       |
    37 |       - {goto: /form, tries: 3}
       |                              ^
      help: before it nothing is filed yet, and the job as a whole is tried again in a fresh copy of the session
    "#);
    assert_snapshot!(complaint("- click: \"#go\"", "- {click: \"#go\", tries: 3}"), @r##"
    error: a login has no tries of this kind
      --> small.yaml:11:29
       |
    11 |     - {click: "#go", tries: 3}
       |                             ^
      help: it is tried again as `captcha_tries` and `recovery` say
    "##);
    assert_snapshot!(complaint("      - submit:\n", "      - tries: 3\n        submit:\n"), @r#"
    error: `tries` belongs to steps after the `submit`
      --> small.yaml:40:16
       |
    40 |       - tries: 3
       |                ^
      help: before it nothing is filed yet, and the job as a whole is tried again in a fresh copy of the session
    "#);
}

#[test]
fn tries_are_more_than_one_and_not_without_end() {
    assert_snapshot!(last_steps_said("- {click: \"#a\", tries: 1}"), @r##"
    error: expected 2 to 10 tries
      --> small.yaml:45:30
       |
    45 |       - {click: "#a", tries: 1}
       |                              ^
      help: such as `tries: 3` or `tries: {times: 3, pause: 2s}`
    "##);
    assert_snapshot!(last_steps_said("- {click: \"#a\", tries: {times: 100}}"), @r##"
    error: expected 2 to 10 tries
      --> small.yaml:45:30
       |
    45 |       - {click: "#a", tries: {times: 100}}
       |                              ^
      help: such as `tries: 3` or `tries: {times: 3, pause: 2s}`
    "##);
    assert_snapshot!(last_steps_said("- {click: \"#a\", tries: often}"), @r##"
    error: expected a number of tries such as 3, or {times: 3, pause: 2s}, found the text "often"
      --> small.yaml:45:30
       |
    45 |       - {click: "#a", tries: often}
       |                              ^
    "##);
    assert_snapshot!(last_steps_said("- {click: \"#a\", tries: {times: 3, puase: 2s}}"), @r##"
    error: `puase` is not known here
      --> small.yaml:45:41
       |
    45 |       - {click: "#a", tries: {times: 3, puase: 2s}}
       |                                         ^
      help: did you mean `pause`?
    "##);
}

#[test]
fn a_submit_in_a_group_is_refused() {
    let group = "- do:\n          - submit: {click: \"#a\", request: {method: POST, url: /a}, succeeded: [{page: {visible: \"#b\"}}]}";
    assert_snapshot!(complaint("- goto: /form", group), @r##"
    error: `submit` stands at the top level of a flow and is always done
      --> small.yaml:38:13
       |
    38 |           - submit: {click: "#a", request: {method: POST, url: /a}, succeeded: [{page: {visible: "#b"}}]}
       |             ^
      help: put what differs into `when` before it, or make two flows
    "##);
}

#[test]
fn a_block_is_tried_again_inside_a_group() {
    let blocks = "blocks:\n  print: [{click: \"#p\"}]\nflows:";
    let text = |steps: &str| crate::support::with_last_steps(steps).replace("flows:", blocks);
    let said = crate::support::load_text(&text("- {use: print, tries: 3}")).unwrap_err();
    assert_snapshot!(said.to_string(), @r#"
    error: `optional`, `timeout` and `tries` have no effect on `use`
      --> small.yaml:47:9
       |
    47 |       - {use: print, tries: 3}
       |         ^
      help: put them on the block's steps, or on a `do` around the `use`
    "#);
    crate::support::load_text(&text("- {do: [{use: print}], tries: 3}")).unwrap();
}

#[test]
fn what_a_group_captured_is_known_after_it() {
    let capture = "- do: [{capture: {as: number, at: \"#n\"}}]\n";
    let after = "- goto: \"/show?n={{ captures.number }}\"";
    assert_eq!(last_steps_said(&format!("{capture}{after}")), "(nothing)");
    let optional = "- do: [{capture: {as: number, at: \"#n\"}}]\n  optional: true\n";
    assert_snapshot!(last_steps_said(&format!("{optional}{after}")), @r#"
    error: captures.number may be missing: the step that reads it is not always done
      --> small.yaml:47:15
       |
    47 |       - goto: "/show?n={{ captures.number }}"
       |               ^
      help: add `if: captures.number is defined` to the step
    "#);
}

//! What stands after the submit: groups, their own tries, and documents.

use std::time::Duration;

use formhand_portal::{DocumentType, DownloadFrom, StepAction, Tries};
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

#[test]
fn a_document_comes_by_a_click_or_from_an_address() {
    let steps = last_steps(
        "- download: {click: \"#print\"}\n- download: {goto: \"/print?n={{ record.chassis }}\", name: schedule.pdf, type: pdf, at_most: 2MB}",
    );
    let documents: Vec<_> = steps
        .iter()
        .map(|step| match &step.action {
            StepAction::Download(download) => download,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(matches!(documents[0].from, DownloadFrom::Click(_)));
    assert_eq!(
        (documents[0].at_most_bytes, documents[0].kind),
        (50_000_000, None)
    );
    assert!(matches!(documents[1].from, DownloadFrom::Goto(_)));
    assert_eq!(
        (documents[1].at_most_bytes, documents[1].kind),
        (2_000_000, Some(DocumentType::Pdf))
    );
    assert_eq!(documents[1].name.as_deref(), Some("schedule.pdf"));
    assert_eq!(
        [&steps[0].name, &steps[1].name],
        ["download #print", "download schedule.pdf"]
    );
}

#[test]
fn a_document_has_one_way_to_it_a_plain_name_and_a_size() {
    assert_snapshot!(last_steps_said("- download: {name: a.pdf}"), @r#"
    error: expected one way to the document
      --> small.yaml:45:19
       |
    45 |       - download: {name: a.pdf}
       |                   ^
      help: exactly one of: click, goto
    "#);
    assert_snapshot!(last_steps_said("- download: {click: \"#a\", goto: /a}"), @r##"
    error: expected one way to the document
      --> small.yaml:45:19
       |
    45 |       - download: {click: "#a", goto: /a}
       |                   ^
      help: exactly one of: click, goto
    "##);
    assert_snapshot!(last_steps_said("- download: {click: \"#a\", name: ../a.pdf}"), @r##"
    error: "../a.pdf" is not a name for a document
      --> small.yaml:45:39
       |
    45 |       - download: {click: "#a", name: ../a.pdf}
       |                                       ^
      help: letters, digits, `-`, `_` and `.`, without values, such as schedule.pdf
    "##);
    assert_snapshot!(last_steps_said("- download: {click: \"#a\", name: \"{{ record.name }}.pdf\"}"), @r##"
    error: "{{ record.name }}.pdf" is not a name for a document
      --> small.yaml:45:39
       |
    45 |       - download: {click: "#a", name: "{{ record.name }}.pdf"}
       |                                       ^
      help: letters, digits, `-`, `_` and `.`, without values, such as schedule.pdf
    "##);
    assert_snapshot!(last_steps_said("- download: {click: \"#a\", type: html}"), @r##"
    error: `html` is not known here
      --> small.yaml:45:39
       |
    45 |       - download: {click: "#a", type: html}
       |                                       ^
      help: valid: pdf, png, jpeg, zip
    "##);
    assert_snapshot!(last_steps_said("- download: {click: \"#a\", at_most: 2 GB}"), @r##"
    error: invalid value: string "2 GB", expected a size such as 500KB or 10MB
      --> small.yaml:45:42
       |
    45 |       - download: {click: "#a", at_most: 2 GB}
       |                                          ^
    "##);
    assert_snapshot!(last_steps_said("- download: {goto: \"https://other.example/a.pdf\"}"), @r#"
    error: is not an address of this portal
      --> small.yaml:45:26
       |
    45 |       - download: {goto: "https://other.example/a.pdf"}
       |                          ^
      help: start with `/` or one of: https://small.example
    "#);
}

#[test]
fn a_login_keeps_no_document() {
    assert_snapshot!(complaint("- click: \"#go\"", "- download: {click: \"#go\"}"), @r##"
    error: a login keeps no document
      --> small.yaml:11:17
       |
    11 |     - download: {click: "#go"}
       |                 ^
      help: put it into a flow
    "##);
}

//! What a definition says of one-time codes.

use formhand_portal::StepAction;
use insta::assert_snapshot;

use crate::support::{complaint, session_rules, session_said};

#[test]
fn a_one_time_code_is_asked_for_and_given() {
    let code = session_rules(
        "one_time_code:
  asked: {visible: \"#code\"}
  steps:
    - otp: {into: \"#code\", digits: 6}
    - fill: {at: \"#user\", value: \"{{ account.user }}\"}
    - click: \"#confirm\"",
    )
    .one_time_code
    .unwrap();
    assert_eq!(code.steps.len(), 3);
    assert_eq!(code.steps[0].name, "otp #code");
    assert!(
        matches!(&code.steps[0].action, StepAction::OneTimeCode(rule) if rule.digits == 6),
        "{:?}",
        code.steps[0]
    );
}

#[test]
fn a_one_time_code_that_is_given_nowhere_is_refused() {
    let code = |steps: &str| {
        session_said(&format!(
            "one_time_code:\n  asked: {{visible: \"#code\"}}\n  steps: {steps}"
        ))
    };
    assert_snapshot!(code("[{click: \"#confirm\"}]"), @r##"
    error: the one-time code is typed nowhere
      --> small.yaml:19:12
       |
    19 |     steps: [{click: "#confirm"}]
       |            ^
      help: one step is `otp: {into: "#code", digits: 6}`
    "##);
    assert_snapshot!(code("[]"), @r##"
    error: the one-time code is typed nowhere
      --> small.yaml:19:12
       |
    19 |     steps: []
       |            ^
      help: one step is `otp: {into: "#code", digits: 6}`
    "##);
    assert_snapshot!(code("[{otp: {into: \"#code\", digits: 0}}]"), @r##"
    error: expected 4 to 10 digits
      --> small.yaml:19:43
       |
    19 |     steps: [{otp: {into: "#code", digits: 0}}]
       |                                           ^
      help: such as `digits: 6`
    "##);
    assert_snapshot!(code("[{otp: {into: \"#code\"}}]"), @r##"
    error: `digits` is missing
      --> small.yaml:19:19
       |
    19 |     steps: [{otp: {into: "#code"}}]
       |                   ^
    "##);
}

#[test]
fn a_one_time_code_is_given_only_where_it_was_asked_for() {
    let step = "- otp: {into: \"#code\", digits: 6}";
    assert_snapshot!(complaint("- click: \"#go\"", step), @r##"
    error: a one-time code is given only where the portal asked for it
      --> small.yaml:11:7
       |
    11 |     - otp: {into: "#code", digits: 6}
       |       ^
      help: move the step to `session.one_time_code.steps`
    "##);
    assert_snapshot!(complaint("- goto: /form", step), @r##"
    error: a one-time code is given only where the portal asked for it
      --> small.yaml:37:9
       |
    37 |       - otp: {into: "#code", digits: 6}
       |         ^
      help: move the step to `session.one_time_code.steps`
    "##);
}

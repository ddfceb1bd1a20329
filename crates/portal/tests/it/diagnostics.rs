//! What is said of definitions that are wrong. One test a kind of mistake.

use insta::assert_snapshot;

use crate::support::{complaint, load_text};

#[test]
fn an_unknown_key_names_the_nearest_one() {
    assert_snapshot!(complaint("title: Small portal", "titel: Small portal"), @r#"
    error: `title` is missing
     --> small.yaml:1:1
      |
    1 | formhand: 1
      | ^

    error: `titel` is not known here
     --> small.yaml:3:1
      |
    3 | titel: Small portal
      | ^
      help: did you mean `title`?
    "#);
}

#[test]
fn several_errors_are_told_at_once() {
    let text = complaint(
        "- click: \"#go\"",
        "- clik: \"#go\"\n    - click: 5\n    - {}",
    );
    assert_snapshot!(text, @r##"
    error: `clik` is not known here
      --> small.yaml:11:7
       |
    11 |     - clik: "#go"
       |       ^
      help: did you mean `click`?

    error: expected an element such as "#btnSave" or {at: "#btnSave"}, found the number 5
      --> small.yaml:12:14
       |
    12 |     - click: 5
       |              ^
    "##);
}

#[test]
fn a_wrong_type_shows_an_example() {
    assert_snapshot!(complaint("at: [\"#errors span\"]", "at: [{css: \"#errors\"}]"), @r##"
    error: expected a locator such as "#FirstName" or "text=Save", or a list of locators that must agree, found a map
      --> small.yaml:18:8
       |
    18 |   at: [{css: "#errors"}]
       |        ^
    "##);
}

#[test]
fn a_number_where_a_text_belongs_is_not_guessed() {
    assert_snapshot!(complaint("Karnataka: \"17\"", "Karnataka: 17"), @r#"
    error: expected a string, found the number 17
      --> small.yaml:22:23
       |
    22 |   states: {Karnataka: 17, Tamil Nadu: "30", Puducherry: "26"}
       |                       ^
      help: a text that looks like a number or a yes/no is written in quotes
    "#);
}

#[test]
fn a_duration_has_a_unit() {
    assert_snapshot!(complaint("check: {goto: /home}", "check: {goto: /home, timeout: 15}"), @r#"
    error: expected a length of time such as 500ms, 10s, 5m or 1h, found the number 15
      --> small.yaml:16:33
       |
    16 |   check: {goto: /home, timeout: 15}
       |                                 ^
    "#);
    assert_snapshot!(complaint("check: {goto: /home}", "check: {goto: /home, timeout: 15 sec}"), @r#"
    error: invalid value: string "15 sec", expected a length of time such as 500ms, 10s, 5m or 1h
      --> small.yaml:16:33
       |
    16 |   check: {goto: /home, timeout: 15 sec}
       |                                 ^
    "#);
}

#[test]
fn a_duplicate_key_names_both_lines() {
    assert_snapshot!(complaint("title: Small portal", "title: Small portal\ntitle: Other"), @r#"
    error: `title` stands here a second time
     --> small.yaml:4:1
      |
    4 | title: Other
      | ^
      help: the first one is on line 3
    "#);
}

#[test]
fn a_missing_key_is_named() {
    assert_snapshot!(complaint("    business_key: \"{{ record.chassis | upper }}\"\n", ""), @r#"
    error: `business_key` is missing
      --> small.yaml:25:5
       |
    25 |     title: Policy
       |     ^
    "#);
}

#[test]
fn a_missing_part_is_named() {
    assert_snapshot!(complaint("\nmessages:", "\nmesages:"), @"
    error: `messages` is missing
     --> small.yaml:1:1
      |
    1 | formhand: 1
      | ^

    error: `mesages` is not known here
      --> small.yaml:17:1
       |
    17 | mesages:
       | ^
      help: did you mean `messages`?
    ");
}

#[test]
fn an_unknown_condition_lists_the_known_ones() {
    assert_snapshot!(complaint("- visible: \"#logout\"", "- visibel: \"#logout\""), @r##"
    error: `visibel` is not known here
      --> small.yaml:13:7
       |
    13 |     - visibel: "#logout"
       |       ^
      help: did you mean `visible`?
    "##);
    assert_snapshot!(complaint("- visible: \"#logout\"", "- {visible: \"#a\", hidden: \"#b\"}"), @r##"
    error: `hidden` is one too many: exactly one key is needed here
      --> small.yaml:13:23
       |
    13 |     - {visible: "#a", hidden: "#b"}
       |                       ^
      help: valid: visible, hidden, enabled, text, value, url, response, all, any
    "##);
}

#[test]
fn a_step_has_one_action() {
    assert_snapshot!(complaint("- goto: /form", "- {goto: /form, click: \"#x\"}"), @r##"
    error: a step has one action, and this has goto and click
      --> small.yaml:37:9
       |
    37 |       - {goto: /form, click: "#x"}
       |         ^
      help: write a step for each
    "##);
    assert_snapshot!(complaint("- goto: /form", "- name: nothing"), @r#"
    error: the step does nothing: it needs an action
      --> small.yaml:37:9
       |
    37 |       - name: nothing
       |         ^
      help: valid: goto, follow, click, hover, press, fill, select, pick, choose, check, date, upload, download, do, within, dialog, wait, expect, capture, when, each, use, captcha, otp, readback, submit
    "#);
}

#[test]
fn a_base_and_a_time_zone_are_real() {
    assert_snapshot!(complaint("base: https://small.example", "base: small.example"), @r#"
    error: is not a web address
     --> small.yaml:4:7
      |
    4 | base: small.example
      |       ^
      help: such as https://smartzone.example
    "#);
    assert_snapshot!(complaint("Asia/Kolkata", "Asia/Bangalore"), @r#"
    error: "Asia/Bangalore" is not a time zone that this machine knows
     --> small.yaml:5:12
      |
    5 | time_zone: Asia/Bangalore
      |            ^
      help: an IANA name such as Asia/Kolkata
    "#);
    assert_snapshot!(complaint("formhand: 1", "formhand: 2"), @r#"
    error: version 2 of the format is not known
     --> small.yaml:1:11
      |
    1 | formhand: 2
      |           ^
      help: write `formhand: 1`
    "#);
    assert_snapshot!(complaint("portal: small", "portal: Small Portal"), @r#"
    error: portal "Small Portal" is not valid: expected 1 to 64 lower-case letters, digits and hyphens
     --> small.yaml:2:9
      |
    2 | portal: Small Portal
      |         ^
      help: such as reliance-smartzone
    "#);
}

#[test]
fn text_that_is_no_yaml_is_pointed_at() {
    assert_snapshot!(load_text("formhand: 1\n  portal: [").unwrap_err(), @r#"
    error: is not valid YAML: mapping values are not allowed in this context
     --> small.yaml:2:9
      |
    2 |   portal: [
      |         ^
    "#);
    assert_snapshot!(load_text("").unwrap_err(), @r#"
    error: a portal definition is a map, and this is nothing
     --> small.yaml:1:1
      |
    1 |
      | ^
      help: start with `formhand: 1`
    "#);
    assert_snapshot!(load_text("- a\n- b\n").unwrap_err(), @r#"
    error: a portal definition is a map, and this is a list
     --> small.yaml:1:1
      |
    1 | - a
      | ^
      help: start with `formhand: 1`
    "#);
}

#[test]
fn a_block_is_known_and_does_not_use_itself() {
    assert_snapshot!(complaint("- goto: /form", "- use: opening"), @r#"
    error: there is no block `opening` under `blocks`
      --> small.yaml:37:14
       |
    37 |       - use: opening
       |              ^
      help: there are none yet
    "#);
    let cycle = "blocks:\n  a:\n    - use: b\n  b:\n    - use: a\nflows:";
    let text = crate::support::broken("flows:", cycle).replace("- goto: /form", "- use: a");
    assert_snapshot!(load_text(&text).unwrap_err(), @r#"
    error: the block uses itself: a → b → a
      --> small.yaml:27:12
       |
    27 |     - use: a
       |            ^
      help: take one `use` out
    "#);
}

#[test]
fn kf16_a_field_inside_a_window_is_compared_before_the_last_click() {
    let within = "- within:\n          frame: \"#w iframe\"\n          steps:\n            - fill: {at: \"#a\", value: x}\n            - click: \"#ok\"";
    assert_snapshot!(complaint("- goto: /form", within), @r##"
    error: the field is set inside `within` and never compared there before the last click
      --> small.yaml:40:15
       |
    40 |             - fill: {at: "#a", value: x}
       |               ^
      help: add `- readback: {}` after it: once the window is closed nobody can look
    "##);
    let right = within.replace(
        "            - click",
        "            - readback: {}\n            - click",
    );
    assert_snapshot!(complaint("- goto: /form", &right), @"(nothing)");
}

#[test]
fn a_field_that_is_not_read_back_needs_a_reason() {
    let with = |rule: &str| {
        complaint(
            "value: \"{{ record.name }}\"}",
            &format!("value: \"{{{{ record.name }}}}\", readback: {rule}}}"),
        )
    };
    assert_snapshot!(with("{skip: \"\"}"), @r##"
    error: a field that is not read back needs a reason and nothing else
      --> small.yaml:38:74
       |
    38 |  {at: "#name", value: "{{ record.name }}", readback: {skip: ""}}
       |                                                             ^
      help: such as `readback: {skip: the portal empties it}`
    "##);
    assert_snapshot!(with("{skip: the portal empties it}"), @"(nothing)");
    assert_snapshot!(with("{skip: why, compare: number}"), @r##"
    error: a field that is not read back needs a reason and nothing else
      --> small.yaml:38:74
       |
    38 |  {at: "#name", value: "{{ record.name }}", readback: {skip: why, compare: number}}
       |                                                             ^
      help: such as `readback: {skip: the portal empties it}`
    "##);
}

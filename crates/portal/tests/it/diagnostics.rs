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
      help: valid: goto, follow, click, hover, press, fill, select, pick, choose, check, date, upload, within, dialog, wait, expect, capture, when, each, use, captcha, readback, submit
    "#);
}

#[test]
fn kf05_a_flow_without_a_submit_is_refused() {
    let submit = "      - submit:\n          click: \"#save\"\n          request: {method: POST, url: /save}\n          succeeded:\n            - response: {status: [200]}\n";
    assert_snapshot!(complaint(submit, ""), @r#"
    error: the flow `policy` never files the form
      --> small.yaml:25:5
       |
    25 |     title: Policy
       |     ^
      help: one step is `submit: {click: …, request: …, succeeded: …}`
    "#);
}

#[test]
fn kf05_a_second_submit_is_refused() {
    let again = "      - goto: /form\n      - submit: {click: \"#a\", request: {method: POST, url: /a}, succeeded: [{page: {visible: \"#b\"}}]}";
    assert_snapshot!(complaint("      - goto: /form", again), @r#"
    error: the flow `policy` files the form a second time
      --> small.yaml:41:9
       |
    41 |       - submit:
       |         ^
      help: the first `submit` is on line 38; make two flows
    "#);
}

#[test]
fn kf19_a_submit_in_a_branch_is_refused() {
    let branch = "      - when:\n          record: record.middleName is defined\n          then:\n            - submit: {click: \"#a\", request: {method: POST, url: /a}, succeeded: [{page: {visible: \"#b\"}}]}";
    assert_snapshot!(complaint("      - goto: /form", branch), @r##"
    error: `submit` stands at the top level of a flow and is always done
      --> small.yaml:40:15
       |
    40 |             - submit: {click: "#a", request: {method: POST, url: /a}, succeeded: [{page: {visible: "#b"}}]}
       |               ^
      help: put what differs into `when` before it, or make two flows
    "##);
}

#[test]
fn a_submit_that_anything_would_confirm_is_refused() {
    assert_snapshot!(complaint("- response: {status: [200]}", "- response: {}"), @r#"
    error: any answer at all would do
      --> small.yaml:44:15
       |
    44 |             - response: {}
       |               ^
      help: name a `status` or some `json`
    "#);
}

#[test]
fn the_commit_request_belongs_to_the_portal() {
    assert_snapshot!(complaint("url: /save}", "url: \"https://other.example/save\"}"), @r#"
    error: is not an address of this portal
      --> small.yaml:42:40
       |
    42 |           request: {method: POST, url: "https://other.example/save"}
       |                                        ^
      help: start with `/`, `*` or one of: https://small.example
    "#);
    assert_snapshot!(complaint("url: /save}", "url: \"*save\"}"), @r#"
    error: a commit request needs a definite address
      --> small.yaml:42:40
       |
    42 |           request: {method: POST, url: "*save"}
       |                                        ^
      help: start with `/`; `*` may follow later
    "#);
    assert_snapshot!(complaint("method: POST", "method: GET"), @r#"
    error: `GET` is not a method that files a form
      --> small.yaml:42:29
       |
    42 |           request: {method: GET, url: /save}
       |                             ^
      help: valid: POST, PUT, PATCH, DELETE
    "#);
}

#[test]
fn kf13_an_unknown_code_list_is_an_error() {
    assert_snapshot!(complaint("map(\"states\")", "map(\"state\")"), @r##"
    error: there is no code list `state` under `maps`
      --> small.yaml:39:39
       |
    39 |       - select: {at: "#state", value: '{{ record.state | map("state") }}'}
       |                                       ^
      help: did you mean `states`?
    "##);
    assert_snapshot!(complaint("map: states", "map: countries"), @r#"
    error: there is no code list `countries` under `maps`
      --> small.yaml:34:31
       |
    34 |         state: {type: string, map: countries}
       |                               ^
      help: valid: states
    "#);
}

#[test]
fn kf11_there_is_no_default() {
    assert_snapshot!(complaint("{{ record.name }}\"}", "{{ record.name | default('Asha') }}\"}"), @r##"
    error: there is no `default`: a value that the record lacks is never made up
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ record.name | default('Asha') }}"}
       |                                    ^
      help: make the field required, or put `if: … is defined` on the step
    "##);
    assert_snapshot!(complaint("name: {type: string}", "name: {type: string, default: Asha}"), @r#"
    error: `default` is not a word of a record's schema
      --> small.yaml:32:30
       |
    32 |         name: {type: string, default: Asha}
       |                              ^
      help: a value that a record lacks is never made up: make the field required
    "#);
}

#[test]
fn a_bad_template_is_shown() {
    assert_snapshot!(complaint("{{ record.name }}\"}", "{{ record.name\"}"), @r##"
    error: is not a valid template: unexpected end of input, expected end of variable block
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ record.name"}
       |                                    ^
      help: such as `{{ record.firstName | upper }}`
    "##);
    assert_snapshot!(complaint("{{ record.name }}\"}", "{{ record.nmae }}\"}"), @r##"
    error: the record has no field `nmae`
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ record.nmae }}"}
       |                                    ^
      help: did you mean `name`?
    "##);
    assert_snapshot!(complaint("{{ record.name }}\"}", "{{ record.name | uper }}\"}"), @r##"
    error: there is no filter `uper`
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ record.name | uper }}"}
       |                                    ^
      help: did you mean `upper`?
    "##);
    assert_snapshot!(complaint("{{ record.name }}\"}", "{{ name }}\"}"), @r##"
    error: there is no `name`
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ name }}"}
       |                                    ^
      help: did you mean `record.name`?
    "##);
    assert_snapshot!(complaint("{{ record.name }}\"}", "{{ lookup(record.name) }}\"}"), @r##"
    error: there is no function `lookup`
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ lookup(record.name) }}"}
       |                                    ^
      help: filters: map, date, upper, lower, trim, digits, tuple

    error: there is no `lookup`
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ lookup(record.name) }}"}
       |                                    ^
      help: valid: record, captures, item
    "##);
    assert_snapshot!(complaint("{{ record.name }}\"}", "{% if record.name %}x{% endif %}\"}"), @r##"
    error: a template has no statements
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{% if record.name %}x{% endif %}"}
       |                                    ^
      help: put an `if:` on the step, or write `{{ … if … is defined else … }}`
    "##);
}

#[test]
fn kf23_the_account_is_known_only_while_logging_in() {
    assert_snapshot!(complaint("{{ record.name }}\"}", "{{ account.password }}\"}"), @r##"
    error: the account is known only in `session.login`
      --> small.yaml:38:36
       |
    38 |       - fill: {at: "#name", value: "{{ account.password }}"}
       |                                    ^
      help: a flow runs in a session that is logged in already
    "##);
    assert_snapshot!(complaint("{{ account.user }}", "{{ record.name }}"), @r##"
    error: a login has no record
     --> small.yaml:9:34
      |
    9 |     - fill: {at: "#user", value: "{{ record.name }}"}
      |                                  ^
      help: valid: account.user, account.password, captures
    "##);
}

#[test]
fn kf43_a_password_stays_out_of_addresses_and_read_backs() {
    assert_snapshot!(complaint("- goto: /login", "- goto: \"/login?p={{ account.password }}\""), @r#"
    error: a secret does not belong into an address
     --> small.yaml:8:13
      |
    8 |     - goto: "/login?p={{ account.password }}"
      |             ^
      help: fill it into a field
    "#);
    let readback =
        "- fill: {at: \"#password\", value: \"{{ account.password }}\", readback: {read: text}}";
    assert_snapshot!(complaint("- fill: {at: \"#password\", value: \"{{ account.password }}\"}", readback), @r##"
    error: a secret is compared as it is, and never shown
      --> small.yaml:10:74
       |
    10 | at: "#password", value: "{{ account.password }}", readback: {read: text}}
       |                                                             ^
      help: leave `readback` out
    "##);
}

#[test]
fn kf17_a_value_does_not_go_into_a_locator() {
    assert_snapshot!(complaint("at: \"#name\"", "at: \"#n-{{ record.name }}\""), @r##"
    error: a locator has no values in it: values travel only as data
      --> small.yaml:38:20
       |
    38 |       - fill: {at: "#n-{{ record.name }}", value: "{{ record.name }}"}
       |                    ^
      help: find the element by what does not change, and compare what it holds
    "##);
}

#[test]
fn locators_are_looked_at() {
    assert_snapshot!(complaint("at: \"#name\"", "at: \"//input[1]\""), @r#"
    error: this looks like an XPath
      --> small.yaml:38:20
       |
    38 |       - fill: {at: "//input[1]", value: "{{ record.name }}"}
       |                    ^
      help: write `xpath=` before it
    "#);
    assert_snapshot!(complaint("at: \"#name\"", "at: \"input[name=a\""), @r#"
    error: this is not a CSS selector
      --> small.yaml:38:20
       |
    38 |       - fill: {at: "input[name=a", value: "{{ record.name }}"}
       |                    ^
      help: such as `#FirstName` or `input[name="a"]`
    "#);
    assert_snapshot!(complaint("at: \"#name\"", "at: \"li:contains('x')\""), @r#"
    error: this is jQuery, not CSS
      --> small.yaml:38:20
       |
    38 |       - fill: {at: "li:contains('x')", value: "{{ record.name }}"}
       |                    ^
      help: use `text=…` for a text; visibility is what actions wait for by themselves
    "#);
}

#[test]
fn patterns_compile() {
    assert_snapshot!(complaint("contains: \"wrong password\"", "matches: \"(wrong\""), @r#"
    error: is not a valid pattern: unclosed group
      --> small.yaml:20:17
       |
    20 |     - {matches: "(wrong", class: bad_credentials}
       |                 ^
      help: in double quotes a backslash is written twice
    "#);
    assert_snapshot!(complaint("contains: \"wrong password\"", "contains: \" \""), @r#"
    error: an empty text matches everything
      --> small.yaml:20:18
       |
    20 |     - {contains: " ", class: bad_credentials}
       |                  ^
      help: say which words count
    "#);
    assert_snapshot!(complaint("contains: \"wrong password\"", "contains: a, equals: b"), @r#"
    error: equals and contains exclude each other
      --> small.yaml:20:7
       |
    20 |     - {contains: a, equals: b, class: bad_credentials}
       |       ^
      help: exactly one of: equals, contains, matches
    "#);
}

#[test]
fn a_record_schema_is_a_schema() {
    assert_snapshot!(complaint("required: [name, state, chassis]", "requried: [name, state, chassis]"), @r#"
    error: `requried` is not a word of a record's schema
      --> small.yaml:30:7
       |
    30 |       requried: [name, state, chassis]
       |       ^
      help: did you mean `required`?
    "#);
    assert_snapshot!(complaint("chassis: {type: string}", "chassis: {type: text}"), @r#"
    error: `text` is not a type
      --> small.yaml:35:19
       |
    35 |         chassis: {type: text}
       |                   ^
      help: valid: string, integer, number, boolean, array, object, null
    "#);
    assert_snapshot!(complaint("chassis: {type: string}", "chassis: {type: string, age: {min: 18, max: 70}}"), @r#"
    error: expected the least and the greatest age of a `format: date-dmy`
      --> small.yaml:35:33
       |
    35 |         chassis: {type: string, age: {min: 18, max: 70}}
       |                                 ^
      help: such as `age: {min: 18, max: 70}`
    "#);
}

#[test]
fn kf09_a_business_key_differs_from_record_to_record() {
    assert_snapshot!(complaint("{{ record.chassis | upper }}", "policy"), @r#"
    error: every record has the same business key, so only one could ever be filed
      --> small.yaml:26:19
       |
    26 |     business_key: "policy"
       |                   ^
      help: name what makes a case unique, such as `{{ record.chassisNumber | upper }}`
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

//! What is said of definitions whose shape is right and whose meaning is not.

use insta::assert_snapshot;

use crate::support::complaint;

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

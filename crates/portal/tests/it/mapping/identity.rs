//! The document's own id, and the account that files it.

use formhand_portal::mapping::Mapped;
use insta::assert_snapshot;
use serde_json::{Map, Value, json};

use super::support::{good, said};

fn text(account: &str, rest: &str) -> String {
    format!(
        "formhand: 1\nportal: small\nflow: policy\naccount: {account}\n{rest}record:\n  name: {{value: Asha}}\n"
    )
}

fn map(account: &str, rest: &str, document: &Value) -> Result<Mapped, String> {
    good(&text(account, rest))
        .map(document)
        .map_err(|error| error.to_string())
}

fn id(id: Value) -> String {
    map(
        "main",
        "",
        &Value::Object(Map::from_iter([("_id".to_owned(), id)])),
    )
    .map_or_else(|error| error, |mapped| mapped.caller_id.to_string())
}

#[test]
fn the_id_of_a_document_is_its_caller_id() {
    assert_eq!(
        id(json!({"$oid": "65a1b2c3d4e5f60718293a4b"})),
        "65a1b2c3d4e5f60718293a4b"
    );
    assert_eq!(id(json!("POL/2026/17")), "POL/2026/17");
    assert_eq!(id(json!(17)), "17");
    assert_eq!(id(json!(17.0)), "17");
    assert_eq!(id(json!({"$numberLong": "9000000001"})), "9000000001");
    assert_eq!(
        id(json!({"$binary": {"base64": "ABEiM0RVZneImaq7zN3u/w==", "subType": "04"}})),
        "00112233-4455-6677-8899-aabbccddeeff"
    );
    assert_eq!(
        id(json!({"$uuid": "00112233-4455-6677-8899-AABBCCDDEEFF"})),
        "00112233-4455-6677-8899-aabbccddeeff"
    );
    let other = map(
        "main",
        "caller_id: policy.no\n",
        &json!({"policy": {"no": "P-1"}}),
    )
    .unwrap();
    assert_eq!(other.caller_id.as_str(), "P-1");
}

#[test]
fn an_id_that_does_not_fit_is_a_problem() {
    assert_snapshot!(id(Value::Null), @"_id (for caller_id): is missing; expected a text, a whole number, an ObjectId or a UUID");
    assert_snapshot!(id(json!("Asha Example")), @"_id (for caller_id): is not fit for an id; expected 1 to 128 visible ASCII characters without spaces");
    assert_snapshot!(id(json!("")), @"_id (for caller_id): is not fit for an id; expected 1 to 128 visible ASCII characters without spaces");
    assert_snapshot!(id(json!(1.5)), @"_id (for caller_id): is a number; expected a text, a whole number, an ObjectId or a UUID");
    assert_snapshot!(id(json!(true)), @"_id (for caller_id): is true or false; expected a text, a whole number, an ObjectId or a UUID");
    assert_snapshot!(id(json!({"branch": 1, "no": 2})), @"_id (for caller_id): is a group of fields; expected a text, a whole number, an ObjectId or a UUID");
}

#[test]
fn a_record_goes_where_the_mapping_says() {
    let mapped = map("main", "", &json!({"_id": 1})).unwrap();
    assert_eq!(mapped.portal.as_str(), "small");
    assert_eq!(mapped.flow.as_str(), "policy");
    assert_eq!(mapped.account.as_str(), "main");
}

#[test]
fn kf24_the_account_is_the_one_that_the_document_names_and_there_is_no_other() {
    let rule = "{from: agent.code, values: {A17: main, 18: branch-two}}";
    let account = |code: Value| {
        map(rule, "", &json!({"_id": 1, "agent": {"code": code}}))
            .map_or_else(|error| error, |mapped| mapped.account.to_string())
    };
    assert_eq!(account(json!("A17")), "main");
    assert_eq!(account(json!(18)), "branch-two");
    assert_snapshot!(account(json!("A18")), @r#"agent.code (for account): is no word that the mapping knows; expected one of "18", "A17""#);
    assert_snapshot!(account(Value::Null), @r#"agent.code (for account): is missing; expected one of "18", "A17""#);
    assert_snapshot!(account(json!(["A17"])), @r#"agent.code (for account): is a list; expected one of "18", "A17""#);
    let names: Vec<String> = good(&text(rule, ""))
        .accounts()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["branch-two", "main"]);
}

#[test]
fn a_document_may_hold_the_name_of_the_account_itself() {
    let rule = "{from: login}";
    let mapped = map(rule, "", &json!({"_id": 1, "login": "branch-two"})).unwrap();
    assert_eq!(mapped.account.as_str(), "branch-two");
    assert_snapshot!(map(rule, "", &json!({"_id": 1, "login": "Branch Two"})).unwrap_err(), @"login (for account): is not the name of an account; expected 1 to 64 lower-case letters, digits and hyphens");
    assert!(good(&text(rule, "")).accounts().is_empty());
}

#[test]
fn problems_of_id_account_and_record_are_told_together() {
    let mapping = good(&text("{from: login}", "").replace("{value: Asha}", "name"));
    assert_snapshot!(mapping.map(&json!({})).unwrap_err(), @"
    _id (for caller_id): is missing; expected a text, a whole number, an ObjectId or a UUID
    login (for account): is missing; expected the name of an account
    name (for /name): is missing; expected a text, a number, or true or false
    ");
}

#[test]
fn names_in_the_file_are_names() {
    assert_snapshot!(said(&text("Main Account", "").replace("small", "Small Portal")), @r#"
    error: portal "Small Portal" is not valid: expected 1 to 64 lower-case letters, digits and hyphens
     --> policy.yaml:2:9
      |
    2 | portal: Small Portal
      |         ^
      help: such as smartzone

    error: account "Main Account" is not valid: expected 1 to 64 lower-case letters, digits and hyphens
     --> policy.yaml:4:10
      |
    4 | account: Main Account
      |          ^
      help: the account's name in the configuration, such as main
    "#);
    assert_snapshot!(said(&text("{from: agent, values: {A: Main}}", "")), @r#"
    error: account "Main" is not valid: expected 1 to 64 lower-case letters, digits and hyphens
     --> policy.yaml:4:36
      |
    4 | account: {from: agent, values: {A: Main}}
      |                                    ^
      help: the account's name in the configuration, such as main
    "#);
    assert_snapshot!(said(&text("{from: agent, values: {}}", "")), @"
    error: the list has no account
     --> policy.yaml:4:32
      |
    4 | account: {from: agent, values: {}}
      |                                ^
      help: such as `values: {A17: main}`
    ");
    assert_snapshot!(said(&text("[main]", "")), @r#"
    error: expected the name of an account such as main, or {from: agent.code, values: {A17: main}}, found a list
     --> policy.yaml:4:10
      |
    4 | account: [main]
      |          ^
    "#);
}

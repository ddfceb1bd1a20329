//! Values that are made from a record.

use formhand_domain::Secret;
use formhand_portal::value::{CodeLists, Expression, Language, Scope, Template};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::sync::Arc;

fn language() -> Arc<Language> {
    let states = [
        ("Karnataka", "17"),
        ("Tamil Nadu", "30"),
        ("Puducherry", "26"),
    ];
    let states = states.map(|(word, code)| (word.to_owned(), code.to_owned()));
    Language::new(CodeLists::from([("states".to_owned(), states.into())]))
}

fn render(source: &str, record: Value) -> String {
    let template = Template::new(source, &language()).expect("a template");
    match template.render(&Scope::for_record(record)) {
        Ok(text) => text,
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn the_filters() {
    let record = json!({"name": " o'Neil ", "dob": "03-04-1990", "iso": "1990-04-03", "state": "Tamil Nadu",
        "phone": "+91 (0) 12", "idv": 61000, "rate": 12.5, "yes": true});
    let cases = [
        ("{{ record.name }}", " o'Neil "),
        ("{{ record.name | trim | upper }}", "O'NEIL"),
        ("{{ record.name | trim | lower }}", "o'neil"),
        ("{{ record.dob | date(\"%d-%m-%Y\") }}", "03-04-1990"),
        ("{{ record.iso | date(\"%d-%m-%Y\") }}", "03-04-1990"),
        ("{{ record.dob | date(\"%Y-%m-%d\") }}", "1990-04-03"),
        ("{{ record.state | map(\"states\") }}", "30"),
        ("{{ record.phone | digits }}", "91012"),
        (
            "{{ [record.state, record.idv] | tuple }}",
            "Tamil Nadu|61000",
        ),
        (
            "{{ record.idv }} {{ record.rate }} {{ record.yes }}",
            "61000 12.5 true",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(render(source, record.clone()), expected, "{source}");
    }
}

#[test]
fn kf17_a_value_is_data_and_never_code() {
    let record = json!({"name": "'); {{ account.password }} <b>\" & \\"});
    assert_eq!(
        render("{{ record.name }}", record),
        "'); {{ account.password }} <b>\" & \\"
    );
}

#[test]
fn kf11_a_missing_value_is_an_error_that_names_it() {
    assert_snapshot!(render("{{ record.name }} {{ record.other }}", json!({"name": "x"})), @"error: needs record.other, which is missing");
    assert_snapshot!(render("{{ record.other | upper }}", json!({})), @"error: value is not a string in `{{ record.other | upper }}`");
    assert_snapshot!(render("{{ record.a.b }}", json!({"a": 1})), @"error: needs record.a.b, which is missing");
    assert_snapshot!(render("{{ [record.a, record.b] | tuple }}", json!({"a": 1})), @"error: needs record.b, which is missing");
}

#[test]
fn kf39_nothing_and_lists_are_no_text() {
    assert_snapshot!(render("{{ record.a }}", json!({"a": null})), @"error: there is no value to write in `{{ record.a }}`");
    assert_snapshot!(render("{{ record.a }}", json!({"a": [1]})), @"error: a list or group of fields is no text in `{{ record.a }}`");
}

#[test]
fn kf13_an_unknown_word_is_an_error_with_what_would_be_right() {
    assert_snapshot!(render("{{ record.state | map(\"states\") }}", json!({"state": "Tamilnadu"})), @r#"error: "Tamilnadu" is not a word of the code list `states`; did you mean "Tamil Nadu"?"#);
    assert_snapshot!(render("{{ record.state | map(\"states\") }}", json!({"state": "Kerala"})), @r#"error: "Kerala" is not a word of the code list `states`; its words are "Karnataka", "Puducherry", "Tamil Nadu""#);
    assert_snapshot!(render("{{ record.state | map(\"none\") }}", json!({"state": "Kerala"})), @"error: there is no code list `none`");
}

#[test]
fn kf17_a_date_that_is_none_is_an_error() {
    assert_snapshot!(render("{{ record.dob | date(\"%d-%m-%Y\") }}", json!({"dob": "13-13-1990"})), @"error: needs a date such as 31-12-1990 (day-month-year) or 1990-12-31");
}

#[test]
fn tuples_of_different_values_differ() {
    let tuple = |a: &str, b: &str| {
        render(
            "{{ [record.a, record.b] | tuple }}",
            json!({"a": a, "b": b}),
        )
    };
    assert_ne!(tuple("x|y", "z"), tuple("x", "y|z"));
}

#[test]
fn expressions_answer_yes_or_no_and_nothing_else() {
    let ask = |source: &str, record: Value| {
        let expression = Expression::new(source, &language()).unwrap();
        match expression.holds(&Scope::for_record(record)) {
            Ok(holds) => holds.to_string(),
            Err(error) => format!("error: {error}"),
        }
    };
    assert_eq!(ask("record.a is defined", json!({})), "false");
    assert_eq!(
        ask("record.a and record.b == 'x'", json!({"a": true, "b": "x"})),
        "true"
    );
    assert_eq!(
        ask("record.a is defined and record.a > 3", json!({"a": 4})),
        "true"
    );
    assert_snapshot!(ask("record.a", json!({"a": "yes"})), @"error: must give true or false, and gives a text (`record.a`)");
    assert_snapshot!(ask("record.a", json!({})), @"error: needs record.a, which is missing");
}

#[test]
fn lists_give_their_items() {
    let list = Expression::new("record.nominees", &language()).unwrap();
    let record = json!({"nominees": [{"name": "A", "share": 50.5}, {"name": "B"}]});
    let scope = Scope::for_record(record.clone());
    let items = list.list(&scope).unwrap();
    assert_eq!(Value::Array(items.clone()), record["nominees"]);
    let name = Template::new("{{ item.name }}", &language()).unwrap();
    assert_eq!(
        name.render(&scope.with_item(items[1].clone())).as_deref(),
        Ok("B")
    );
}

#[test]
fn kf43_a_secret_is_known_as_one_and_does_not_show_itself() {
    let secret = Template::new("{{ account.password }}", &language()).unwrap();
    let user = Template::new("{{ account.user }}", &language()).unwrap();
    assert!(secret.is_secret() && !user.is_secret());
    let mut scope = Scope::for_login("asha", Secret::new("correct horse"));
    scope.capture("token", "private thing");
    assert_eq!(secret.render(&scope).as_deref(), Ok("correct horse"));
    assert_eq!(user.render(&scope).as_deref(), Ok("asha"));
    let shown = format!("{scope:?} {secret:?}");
    assert!(
        !shown.contains("correct") && !shown.contains("private"),
        "{shown}"
    );
}

#[test]
fn a_template_can_be_sent_to_another_thread() {
    fn sendable<T: Send + Sync + Clone + std::fmt::Debug>() {}
    sendable::<Template>();
    sendable::<Expression>();
    sendable::<Scope>();
    sendable::<formhand_portal::Portal>();
}

//! Fields that are taken as they are, looked up, said or left out.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::{mapped, problems, record, value, wrong};

#[test]
fn a_path_takes_what_stands_there() {
    let lines =
        "name: customer.name\nage: customer.age\nsmokes: customer.smokes\ncity: addresses.1.city";
    let document = json!({
        "customer": {"name": "Asha Example", "age": 34, "smokes": false},
        "addresses": [{"city": "Elsewhere"}, {"city": "Invented Nagar"}],
    });
    let expected =
        json!({"name": "Asha Example", "age": 34, "smokes": false, "city": "Invented Nagar"});
    assert_eq!(record(lines, &document), expected);
}

#[test]
fn a_name_with_a_dot_in_it_stands_in_a_list() {
    let document = json!({"a": {"b.c": "there", "b": {"c": "elsewhere"}}, "list": ["first"]});
    assert_eq!(record("f: [a, \"b.c\"]", &document), json!({"f": "there"}));
    assert_eq!(record("f: [list, 0]", &document), json!({"f": "first"}));
    assert_snapshot!(problems("f: [a, \"b.d\"]", &document), @r#"a."b.d" (for /f): is missing; expected a text, a number, or true or false"#);
}

#[test]
fn a_record_keeps_the_order_of_its_mapping() {
    let mapped = mapped("z: x\na: x\nm: x", &json!({"x": 1})).unwrap();
    let names: Vec<&String> = mapped.record.keys().collect();
    assert_eq!(names, ["z", "a", "m"]);
}

#[test]
fn kf11_nothing_is_made_up_for_what_is_missing() {
    let lines = "first: a\nsecond: {from: b.c, as: integer}\nthird: {from: d, values: {M: male, F: female}}\nfourth: {each: e, as: text}";
    assert_snapshot!(problems(lines, &json!({})), @r#"
    a (for /first): is missing; expected a text, a number, or true or false
    b.c (for /second): is missing; expected a whole number such as 1250
    d (for /third): is missing; expected one of "M", "F"
    e (for /fourth): is missing; expected a list
    "#);
}

#[test]
fn kf39_null_and_missing_are_the_same() {
    let undefined = json!({"$undefined": true});
    for nothing in [json!({}), json!({"x": null}), json!({"x": undefined})] {
        assert_eq!(
            record("f: {from: x, optional: true}\ng: {value: 1}", &nothing),
            json!({"g": 1})
        );
        assert_eq!(
            record("f: {from: x.y, optional: true}\ng: {value: 1}", &nothing),
            json!({"g": 1})
        );
        insta::allow_duplicates! {
        assert_snapshot!(problems("f: x", &nothing), @"x (for /f): is missing; expected a text, a number, or true or false");
        }
    }
}

#[test]
fn an_empty_text_is_a_text_unless_the_mapping_says_that_it_is_missing() {
    assert_eq!(value("x", json!("")), json!(""));
    assert_eq!(
        value("{from: x, blank: missing, optional: true}", json!("")),
        Value::Null
    );
    assert_snapshot!(wrong("{from: x, blank: missing}", json!("")), @"x (for /f): is missing; expected a text, a number, or true or false");
    assert_eq!(value("{from: x, blank: missing}", json!(" ")), json!(" "));
    assert_eq!(
        value(
            "{from: x, blank: missing, trim: true, optional: true}",
            json!(" \n")
        ),
        Value::Null
    );
    assert_snapshot!(wrong("{from: x, as: number}", json!("")), @"x (for /f): is an empty text; expected a number such as 12.50; an empty text counts as missing with `blank: missing`");
}

#[test]
fn a_text_is_trimmed_only_if_the_mapping_says_so() {
    assert_eq!(value("x", json!(" Asha ")), json!(" Asha "));
    assert_eq!(
        value("{from: x, trim: true}", json!(" Asha\t")),
        json!("Asha")
    );
    assert_eq!(value("{from: x, trim: true}", json!(7)), json!(7));
    assert_eq!(
        value("{from: x, trim: true, values: {M: male}}", json!("M ")),
        json!("male")
    );
    assert_snapshot!(wrong("{from: x, values: {M: male}}", json!("M ")), @r#"x (for /f): is no word that the mapping knows; expected "M"; it has white space around it, which `trim: true` takes away"#);
}

#[test]
fn kf13_a_word_that_is_not_in_the_list_is_a_problem_and_never_another_word() {
    let rule = "{from: x, values: {M: male, F: female}}";
    assert_eq!(value(rule, json!("F")), json!("female"));
    assert_snapshot!(wrong(rule, json!("m")), @r#"x (for /f): is no word that the mapping knows; expected one of "M", "F""#);
    assert_snapshot!(wrong(rule, json!({"first": "M"})), @r#"x (for /f): is a group of fields; expected one of "M", "F""#);
}

#[test]
fn a_list_of_words_is_looked_up_by_numbers_and_booleans_too() {
    let rule = "{from: x, values: {1: one, 2: two, true: \"yes\"}}";
    for number in [
        json!(1),
        json!(1.0),
        json!("1"),
        json!({"$numberLong": "1"}),
        json!({"$numberDecimal": "1.00"}),
    ] {
        assert_eq!(value(rule, number), json!("one"));
    }
    assert_eq!(value(rule, json!(true)), json!("yes"));
    assert_eq!(
        value("{from: x, values: {Y: true, N: false}}", json!("N")),
        json!(false)
    );
    assert_eq!(
        value("{from: x, values: {basic: 1, full: 2.5}}", json!("full")),
        json!(2.5)
    );
}

#[test]
fn a_long_list_of_words_is_not_told_in_full() {
    let words = (0..20)
        .map(|n| format!("w{n}: v"))
        .collect::<Vec<_>>()
        .join(", ");
    assert_snapshot!(wrong(&format!("{{from: x, values: {{{words}}}}}"), json!("w20")), @r#"x (for /f): is no word that the mapping knows; expected one of "w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7" and so on"#);
}

#[test]
fn what_only_the_database_knows_needs_a_word_of_the_mapping() {
    assert_snapshot!(wrong("x", json!({"$oid": "65a1b2c3d4e5f60718293a4b"})), @"x (for /f): is an ObjectId; expected a text, a number, or true or false (the mapping may say `as: text`)");
    assert_snapshot!(wrong("x", json!({"$date": "2026-01-05T09:00:00Z"})), @"x (for /f): is a date with a time; expected a text, a number, or true or false (the mapping may say `date`)");
    assert_snapshot!(wrong("x", json!(["a"])), @"x (for /f): is a list; expected a text, a number, or true or false (the mapping may say `each`)");
    assert_snapshot!(wrong("x", json!({"a": 1})), @"x (for /f): is a group of fields; expected a text, a number, or true or false (the mapping may say `record`)");
    assert_snapshot!(wrong("x", json!({"$binary": {"base64": "AAAA", "subType": "00"}})), @"x (for /f): is binary data; expected a text, a number, or true or false");
    assert_snapshot!(wrong("x", json!({"$timestamp": {"t": 1, "i": 1}})), @"x (for /f): is a time stamp of the database itself; expected a text, a number, or true or false");
    assert_snapshot!(wrong("x", json!({"$minKey": 1})), @"x (for /f): is a value that only the database has a use for; expected a text, a number, or true or false");
}

#[test]
fn whatever_has_one_text_can_become_that_text() {
    let text = |x: Value| value("{from: x, as: text}", x);
    assert_eq!(text(json!("A1")), json!("A1"));
    assert_eq!(text(json!(560_034)), json!("560034"));
    assert_eq!(text(json!(72200.0)), json!("72200"));
    assert_eq!(text(json!(0.1)), json!("0.1"));
    assert_eq!(text(json!(1e20)), json!("100000000000000000000"));
    assert_eq!(text(json!({"$numberDecimal": "12.50"})), json!("12.50"));
    assert_eq!(
        text(json!({"$numberLong": "9000000001"})),
        json!("9000000001")
    );
    assert_eq!(text(json!(true)), json!("true"));
    assert_eq!(
        text(json!({"$oid": "65a1b2c3d4e5f60718293a4b"})),
        json!("65a1b2c3d4e5f60718293a4b")
    );
    let uuid = json!({"$binary": {"base64": "ABEiM0RVZneImaq7zN3u/w==", "subType": "04"}});
    assert_eq!(text(uuid), json!("00112233-4455-6677-8899-aabbccddeeff"));
    let old = json!({"$binary": {"base64": "ABEiM0RVZneImaq7zN3u/w==", "subType": "03"}});
    assert_snapshot!(wrong("{from: x, as: text}", old), @"x (for /f): is a UUID of the old kind, whose bytes have no certain order; expected a text, a number, true or false, an ObjectId or a UUID");
}

#[test]
fn true_and_false_are_not_guessed() {
    let flag = "{from: x, as: boolean}";
    assert_eq!(value(flag, json!(true)), json!(true));
    assert_eq!(value(flag, json!("false")), json!(false));
    for other in [json!("yes"), json!("True"), json!(""), json!(1), json!(0)] {
        assert!(wrong(flag, other).contains("expected true or false"));
    }
}

#[test]
fn a_constant_is_the_same_for_every_document() {
    let lines =
        "class: {value: Private Car}\nyear: {value: 2026}\nnew: {value: true}\nrate: {value: 2.5}";
    let expected = json!({"class": "Private Car", "year": 2026, "new": true, "rate": 2.5});
    assert_eq!(record(lines, &json!({})), expected);
}

#[test]
fn what_stands_in_the_way_of_a_path_is_a_problem_also_of_an_optional_field() {
    let lines = "f: {from: customer.name.first, optional: true}\ng: {from: vehicles.engine, optional: true}";
    let document = json!({"customer": {"name": "Asha Example"}, "vehicles": [{"engine": "E1"}]});
    assert_snapshot!(problems(lines, &document), @"
    customer.name.first (for /f): cannot be looked up: customer.name is a text; expected a group of fields
    vehicles.engine (for /g): cannot be looked up: vehicles is a list; expected the number of an item such as vehicles.0, or `each`
    ");
}

#[test]
fn kf43_no_problem_repeats_what_the_document_holds() {
    let secret = "Zaphod9";
    let rules = [
        "{from: x, as: number}",
        "{from: x, as: boolean}",
        "{from: x, values: {M: male}}",
        "{from: x, date: dd/MM/yyyy}",
        "{from: x, date: {read: datetime, zone: UTC}}",
        "{from: x, divide: 100}",
        "{from: x.y}",
        "{each: x, as: text}",
        "{from: x, record: {a: b}}",
    ];
    for rule in rules {
        let said = wrong(rule, json!(secret));
        assert_ne!(said, "(nothing)", "{rule}");
        assert!(!said.contains(secret), "{said}");
    }
    let mapped = mapped("f: x", &json!({"x": secret})).unwrap();
    assert!(!format!("{mapped:?}").contains(secret));
}

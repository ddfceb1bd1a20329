//! Files that are not as they should be.

use super::support::{Place, Ran};

/// A server that is not needed: mistakes in a file are found before anything is sent.
fn submit(place: &Place, name: &str, text: &[u8]) -> Ran {
    place.file(name, text);
    place.run(&["job", "submit", name, "--server", "http://127.0.0.1:9"])
}

#[test]
fn bad_records_are_found_with_their_place() {
    let place = Place::new();
    insta::assert_snapshot!(submit(&place, "in.csv", b"captchaId,name\nA 1,Asha\nB,Ravi,7\n").complaint(), @r#"
    exit 3
    error: in.csv:2: caller id "A 1" is not valid: expected 1 to 128 visible ASCII characters without spaces
    in.csv:3: 3 cells where the header has 2

    hint: nothing was handed in; correct the input and try again
    "#);
    insta::assert_snapshot!(submit(&place, "in.csv", b"name,name\n").complaint(), @r#"
    exit 3
    error: in.csv:1: column "name" is there twice

    hint: nothing was handed in; correct the input and try again
    "#);
    insta::assert_snapshot!(submit(&place, "in.csv", b"name\n\xff\xfe\n").complaint(), @"
    exit 3
    error: in.csv:2: not UTF-8 text
    ");
    insta::assert_snapshot!(submit(&place, "in.json", b"{\n  \"record\": {\n").complaint(), @"
    exit 3
    error: in.json:3: the JSON ends too early: EOF while parsing an object

    hint: nothing was handed in; correct the input and try again
    ");
    insta::assert_snapshot!(submit(&place, "in.jsonl", b"{\"record\":{}}\n{\"rec\":{}}\n").complaint(), @r#"
    exit 3
    error: in.jsonl:2:6: unknown field `rec`, expected one of `portal`, `flow`, `account`, `captchaId`, `record`; the record itself goes under "record"

    hint: nothing was handed in; correct the input and try again
    "#);
    insta::assert_snapshot!(submit(&place, "in.txt", b"Asha").complaint(), @"
    exit 2
    error: cannot tell how in.txt is written

    hint: say it with --format json, jsonl or csv
    ");
    insta::assert_snapshot!(place.run(&["job", "submit", "no.csv", "--server", "http://127.0.0.1:9"]).complaint(), @"
    exit 3
    error: cannot read no.csv: No such file or directory (os error 2)
    ");
}

#[test]
fn bad_definitions_are_found_with_their_place() {
    let place = Place::new();
    place.file(
        "portal.yaml",
        crate::api::PORTAL.replace("title: Plant", "titel: Plant"),
    );
    insta::assert_snapshot!(place.run(&["portal", "check", "portal.yaml"]).complaint(), @"
    exit 3
    error: `titel` is not known here
      --> portal.yaml:26:5
       |
    26 |     titel: Plant a tree
       |     ^
      help: did you mean `title`?

    error: `title` is missing
      --> portal.yaml:26:5
       |
    26 |     titel: Plant a tree
       |     ^
    ");
    let json = place.run(&["portal", "check", "portal.yaml", "--json"]);
    assert_eq!((json.code(), json.stderr().as_str()), (3, ""));
    let answer: serde_json::Value = serde_json::from_str(&json.stdout()).unwrap();
    assert_eq!(answer["ok"], false);
    assert!(answer["diagnostics"][0]["line"].as_u64() > Some(1));
}

#[test]
fn a_good_definition_says_what_it_holds() {
    let place = Place::new();
    place.file("portal.yaml", crate::api::PORTAL);
    let ran = place.run(&[
        "portal",
        "check",
        "portal.yaml",
        "--base",
        "http://127.0.0.1:4600",
    ]);
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    insta::assert_snapshot!(ran.stdout(), @"
    ok: portal garden (A portal for tests) at http://127.0.0.1:4600/
        flow plant (Plant a tree), 3 steps
    ");
}

#[test]
fn the_schema_of_definitions_is_json() {
    let place = Place::new();
    let schema: serde_json::Value =
        serde_json::from_str(&place.run(&["portal", "schema"]).stdout()).unwrap();
    assert_eq!(schema["title"], "Formhand portal definition");
}

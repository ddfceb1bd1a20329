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
    insta::assert_snapshot!(submit(&place, "in.csv", b"captchaId,name\nA 1,Asha\nB,Ravi,7\n").complaint(), @"");
    insta::assert_snapshot!(submit(&place, "in.csv", b"name,name\n").complaint(), @"");
    insta::assert_snapshot!(submit(&place, "in.csv", b"name\n\xff\xfe\n").complaint(), @"");
    insta::assert_snapshot!(submit(&place, "in.json", b"{\n  \"record\": {\n").complaint(), @"");
    insta::assert_snapshot!(submit(&place, "in.jsonl", b"{\"record\":{}}\n{\"rec\":{}}\n").complaint(), @"");
    insta::assert_snapshot!(submit(&place, "in.txt", b"Asha").complaint(), @"");
    insta::assert_snapshot!(place.run(&["job", "submit", "no.csv", "--server", "http://127.0.0.1:9"]).complaint(), @"");
}

#[test]
fn bad_definitions_are_found_with_their_place() {
    let place = Place::new();
    place.file(
        "portal.yaml",
        crate::api::PORTAL.replace("title: Plant", "titel: Plant"),
    );
    insta::assert_snapshot!(place.run(&["portal", "check", "portal.yaml"]).complaint(), @"");
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
    insta::assert_snapshot!(ran.stdout(), @"");
}

#[test]
fn the_schema_of_definitions_is_json() {
    let place = Place::new();
    let schema: serde_json::Value =
        serde_json::from_str(&place.run(&["portal", "schema"]).stdout()).unwrap();
    assert_eq!(schema["title"], "Formhand portal definition");
}

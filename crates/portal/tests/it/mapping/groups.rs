//! Groups of fields and lists.

use insta::assert_snapshot;
use serde_json::json;

use super::support::{problems, record};

#[test]
fn a_group_is_made_of_fields_from_anywhere() {
    let lines = "address:\n  record:\n    city: town\n    geo: {record: {lat: pos.lat}}";
    let document = json!({"town": "Invented Nagar", "pos": {"lat": 12.5}});
    assert_eq!(
        record(lines, &document),
        json!({"address": {"city": "Invented Nagar", "geo": {"lat": 12.5}}})
    );
}

#[test]
fn a_group_that_is_read_from_a_place_has_its_paths_from_there() {
    let lines =
        "address: {from: customer.home, record: {city: town.name}, optional: true}\nf: {value: 1}";
    let document = json!({"customer": {"home": {"town": {"name": "Invented Nagar"}}}});
    assert_eq!(
        record(lines, &document),
        json!({"address": {"city": "Invented Nagar"}, "f": 1})
    );
    assert_eq!(record(lines, &json!({"customer": {}})), json!({"f": 1}));
    assert_snapshot!(problems(lines, &json!({"customer": {"home": {"town": {}}}})), @"customer.home.town.name (for /address/city): is missing; expected a text, a number, or true or false");
    assert_snapshot!(problems(lines, &json!({"customer": {"home": "1A"}})), @"customer.home (for /address): is a text; expected a group of fields");
    assert_snapshot!(problems(lines, &json!({"customer": {"home": {"town": "Nagar"}}})), @"customer.home.town.name (for /address/city): cannot be looked up: customer.home.town is a text; expected a group of fields");
}

#[test]
fn kf39_a_group_that_gives_nothing_is_as_if_it_were_missing() {
    let own = "address: {record: {city: {from: town, optional: true}}}\nf: {value: 1}";
    assert_eq!(record(own, &json!({})), json!({"f": 1}));
    let from = "address: {from: home, record: {city: {from: town, optional: true}}, optional: true}\nf: {value: 1}";
    assert_eq!(
        record(from, &json!({"home": {"town": null}})),
        json!({"f": 1})
    );
    let needed = "address: {from: home, record: {city: {from: town, optional: true}}}";
    assert_snapshot!(problems(needed, &json!({"home": {}})), @"home (for /address): has none of the fields that are taken from it; expected a group of fields");
}

#[test]
fn each_item_of_a_list_becomes_a_group() {
    let lines = "nominees:\n  each: family\n  record:\n    name: name.full\n    share: {from: share, as: integer}";
    let document = json!({"family": [
        {"name": {"full": "Dev Placeholder"}, "share": "60"},
        {"name": {"full": "Chitra Placeholder"}, "share": 40.0},
    ]});
    let expected = json!({"nominees": [{"name": "Dev Placeholder", "share": 60}, {"name": "Chitra Placeholder", "share": 40}]});
    assert_eq!(record(lines, &document), expected);
    assert_eq!(
        record(lines, &json!({"family": []})),
        json!({"nominees": []})
    );
}

#[test]
fn each_item_of_a_list_becomes_a_value() {
    assert_eq!(
        record("tags: {each: x}", &json!({"x": ["a", 1, true]})),
        json!({"tags": ["a", 1, true]})
    );
    assert_eq!(
        record(
            "days: {each: x, date: dd/MM/yyyy}",
            &json!({"x": ["05/02/2026"]})
        ),
        json!({"days": ["2026-02-05"]})
    );
    assert_eq!(
        record(
            "covers: {each: x, values: {Z: zero, P: pa}}",
            &json!({"x": ["P", "Z"]})
        ),
        json!({"covers": ["pa", "zero"]})
    );
    assert_eq!(
        record("f: {value: 1}\ntags: {each: x, optional: true}", &json!({})),
        json!({"f": 1})
    );
}

#[test]
fn each_problem_of_each_item_is_told_with_its_number() {
    let lines = "nominees: {each: family, record: {name: name, share: {from: share, as: integer}}}\ntags: {each: tags, as: number}";
    let document = json!({
        "family": [{"name": "Dev Placeholder", "share": 1}, {"share": "all"}, null, "Chitra"],
        "tags": [1, "two", null],
    });
    assert_snapshot!(problems(lines, &document), @"
    family.1.name (for /nominees/1/name): is missing; expected a text, a number, or true or false
    family.1.share (for /nominees/1/share): is a text that is not written as a number; expected a whole number such as 1250
    family.2 (for /nominees/2): is missing; expected a group of fields
    family.3 (for /nominees/3): is a text; expected a group of fields
    tags.1 (for /tags/1): is a text that is not written as a number; expected a number such as 12.50
    tags.2 (for /tags/2): is missing; expected a number such as 12.50
    ");
    assert_snapshot!(problems("tags: {each: x}", &json!({"x": {"0": "a"}})), @"x (for /tags): is a group of fields; expected a list");
}

#[test]
fn a_document_of_nothing_but_problems_is_told_some_of_them() {
    let document = json!({"x": vec![json!(null); 100_000]});
    assert_eq!(problems("tags: {each: x}", &document).lines().count(), 200);
}

#[test]
fn a_field_name_with_signs_is_escaped_in_its_pointer() {
    assert_snapshot!(problems("\"a/b~c\": x", &json!({})), @"x (for /a~1b~0c): is missing; expected a text, a number, or true or false");
}

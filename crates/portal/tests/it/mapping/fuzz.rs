//! Whatever is in a mapping or a document: diagnostics or problems, never a panic, and never a record that is made up.

use std::{collections::BTreeSet, sync::LazyLock};

use formhand_portal::mapping::{Mapping, Unmapped};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::support::{good, read};

const TEXT: &str = r"formhand: 1
portal: small
flow: policy
account: {from: agent, values: {A: main, B: branch-two}}
when:
  - {path: status, in: [ready, 1]}
updates: [status]
record:
  name: customer.name
  sex: {from: customer.sex, values: {M: male, F: female}}
  born: {from: customer.born, date: {read: midnight, zone: Asia/Kolkata}}
  bought: {from: bought, date: dd/MM/yyyy}
  idv: {from: idv, divide: 100}
  pan: {from: pan, trim: true, blank: missing, optional: true}
  pin: {from: pin, as: text}
  kind: {value: Private Car}
  address: {from: house, optional: true, record: {city: city, floor: {from: floor, as: integer, optional: true}}}
  nominees: {each: nominees, record: {name: name, share: {from: share, multiply: 100}}}
  tags: {each: tags, optional: true}
";

static MAPPING: LazyLock<Mapping> = LazyLock::new(|| good(TEXT));

/// A document that is taken.
fn document() -> Value {
    json!({
        "_id": {"$oid": "65a1b2c3d4e5f60718293a4b"}, "agent": "A", "status": "ready",
        "customer": {"name": "Asha Example", "sex": "F", "born": {"$date": "1991-03-13T18:30:00Z"}},
        "bought": "05/02/2026", "idv": 7_220_050, "pan": " ", "pin": 560_034,
        "house": {"city": "Invented Nagar", "floor": "2"},
        "nominees": [{"name": "Dev Placeholder", "share": {"$numberDecimal": "0.6"}}],
        "tags": ["a"],
    })
}

/// The pointers of the mapping's fields, items without their numbers.
const FIELDS: &[&str] = &[
    "caller_id",
    "account",
    "/name",
    "/sex",
    "/born",
    "/bought",
    "/idv",
    "/pan",
    "/pin",
    "/address",
    "/address/city",
    "/address/floor",
    "/nominees",
    "/nominees/",
    "/nominees//name",
    "/nominees//share",
    "/tags",
    "/tags/",
];

/// Any JSON, with the forms of extended JSON now and then.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("")),
        Just(json!("05/02/2026")),
        Just(json!({"$oid": "65a1b2c3d4e5f60718293a4b"})),
        Just(json!({"$date": "1991-03-13T18:30:00Z"})),
        any::<i64>().prop_map(|millis| json!({"$date": {"$numberLong": millis.to_string()}})),
        "-?[0-9]{1,34}(\\.[0-9]{1,8})?(E[+-][0-9]{1,4})?"
            .prop_map(|text| json!({"$numberDecimal": text})),
        ".{0,8}".prop_map(|text| json!({"$numberLong": text})),
        ".{0,8}".prop_map(|text| json!({"$binary": {"base64": text, "subType": "04"}})),
        ".{0,8}".prop_map(|text| json!({"$date": text})),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map("\\$?[a-z]{0,6}", inner, 0..4)
                .prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// Places of the good document.
const PLACES: &[&str] = &[
    "/_id",
    "/agent",
    "/customer",
    "/customer/name",
    "/customer/sex",
    "/customer/born",
    "/bought",
    "/idv",
    "/pan",
    "/pin",
    "/house",
    "/house/city",
    "/house/floor",
    "/nominees",
    "/nominees/0",
    "/nominees/0/share",
    "/tags",
    "/tags/0",
];

/// The good document with values replaced or taken away.
fn any_document() -> impl Strategy<Value = Value> {
    prop::collection::vec((prop::sample::select(PLACES), any_value()), 0..5).prop_map(|edits| {
        let mut document = document();
        for (place, value) in edits {
            if let Some(there) = document.pointer_mut(place) {
                *there = value;
            }
        }
        document
    })
}

/// The same document, the fields of all its groups in another order.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(reversed).collect(),
        // The forms of extended JSON have an order.
        Value::Object(fields) if fields.keys().any(|name| name.starts_with('$')) => value.clone(),
        Value::Object(fields) => {
            let entries = fields
                .iter()
                .rev()
                .map(|(name, inner)| (name.clone(), reversed(inner)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn shown(document: &Value) -> Result<String, String> {
    let mapped = MAPPING.map(document).map_err(|error| error.to_string())?;
    let record = serde_json::to_string(&mapped.record).expect("JSON");
    Ok(format!("{} {} {record}", mapped.account, mapped.caller_id))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_problem_names_a_field_of_the_mapping_and_a_place_and_what_would_be_right(document in any_document()) {
        match MAPPING.map(&document) {
            Ok(mapped) => {
                let names: BTreeSet<&str> = mapped.record.keys().map(String::as_str).collect();
                for needed in ["name", "sex", "born", "bought", "idv", "pin", "kind", "nominees"] {
                    prop_assert!(names.contains(needed));
                }
            }
            Err(Unmapped::NotYet(unmet)) => prop_assert!(false, "{:?}", unmet),
            Err(Unmapped::Broken(problems)) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let field = problem.field.replace(|c: char| c.is_ascii_digit(), "");
                    prop_assert!(FIELDS.contains(&field.as_str()), "{}", problem);
                    prop_assert!(!problem.path.is_empty() && problem.message.contains("expected "), "{}", problem);
                }
            }
        }
    }

    #[test]
    fn the_order_of_a_documents_fields_means_nothing(document in any_document()) {
        prop_assert_eq!(shown(&document), shown(&reversed(&document)));
    }

    #[test]
    fn any_json_is_mapped_or_refused(document in any_value()) {
        prop_assert!(MAPPING.map(&document).is_err());
    }

    #[test]
    fn a_mutated_mapping_is_read_or_refused(at in 0..TEXT.len(), gone in 0_usize..20, piece in "[\\[\\]{}:,a-z$.\"0-9 \n-]{0,8}") {
        let end = (at + gone).min(TEXT.len());
        let text = format!("{}{piece}{}", &TEXT[..at], &TEXT[end..]);
        match read(&text) {
            Ok(mapping) => { let _ = mapping.map(&document()); }
            Err(diagnostics) => prop_assert!(!diagnostics.0.is_empty() && !diagnostics.to_string().is_empty()),
        }
    }
}

#[test]
fn every_cut_of_the_mapping_is_survived() {
    for end in 0..TEXT.len() {
        if let Err(diagnostics) = read(&TEXT[..end]) {
            assert!(!diagnostics.0.is_empty());
        }
    }
}

#[test]
fn the_good_document_is_taken() {
    insta::assert_snapshot!(shown(&document()).unwrap(), @r#"main 65a1b2c3d4e5f60718293a4b {"name":"Asha Example","sex":"female","born":"1991-03-14","bought":"2026-02-05","idv":72200.5,"pin":"560034","kind":"Private Car","address":{"city":"Invented Nagar","floor":2},"nominees":[{"name":"Dev Placeholder","share":60}],"tags":["a"]}"#);
}

#[test]
fn deep_groups_are_read_or_refused() {
    for depth in 1..40 {
        let rule = format!("{}x{}", "{record: {a: ".repeat(depth), "}}".repeat(depth));
        let _ = read(&format!(
            "formhand: 1\nportal: a\nflow: b\naccount: c\nrecord:\n  f: {rule}\n"
        ));
    }
}

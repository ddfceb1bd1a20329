//! A small mapping, and what becomes of documents by it.

use std::path::Path;

use formhand_portal::{
    Diagnostics,
    mapping::{Mapped, Mapping, Unmapped, load},
};
use serde_json::{Map, Value, json};

/// What stands before the record of a small mapping.
const HEAD: &str = "formhand: 1\nportal: small\nflow: policy\naccount: main\n";

/// Reads a mapping.
pub(super) fn read(text: &str) -> Result<Mapping, Diagnostics> {
    load(Path::new("policy.yaml"), text)
}

/// A mapping that is right.
pub(super) fn good(text: &str) -> Mapping {
    read(text).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// What is said of a mapping.
pub(super) fn said(text: &str) -> String {
    match read(text) {
        Ok(_) => "(nothing)".to_owned(),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

/// The small mapping with these lines as its record.
pub(super) fn with_record(lines: &str) -> String {
    let lines = lines.lines().map(|line| format!("  {line}\n"));
    format!("{HEAD}record:\n{}", lines.collect::<String>())
}

/// What is said of the small mapping with these lines as its record.
pub(super) fn record_said(lines: &str) -> String {
    said(&with_record(lines))
}

/// What a document becomes by the small mapping with these lines as its record.
pub(super) fn mapped(lines: &str, fields: &Value) -> Result<Mapped, Unmapped> {
    let mut document = json!({"_id": "case-1"});
    let all = document.as_object_mut().expect("a document");
    all.extend(fields.as_object().expect("fields").clone());
    good(&with_record(lines)).map(&document)
}

/// The record of a document that is taken.
pub(super) fn record(lines: &str, fields: &Value) -> Value {
    match mapped(lines, fields) {
        Ok(mapped) => Value::Object(mapped.record),
        Err(error) => panic!("{error}"),
    }
}

/// The problems of a document that is not taken.
pub(super) fn problems(lines: &str, fields: &Value) -> String {
    match mapped(lines, fields) {
        Ok(_) => "(nothing)".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// The value that one field gets from `x` of the document.
pub(super) fn value(rule: &str, x: Value) -> Value {
    record(&format!("f: {rule}"), &at_x(x))["f"].clone()
}

/// The problems of one field that is read from `x` of the document.
pub(super) fn wrong(rule: &str, x: Value) -> String {
    problems(&format!("f: {rule}"), &at_x(x))
}

fn at_x(value: Value) -> Value {
    Value::Object(Map::from_iter([("x".to_owned(), value)]))
}

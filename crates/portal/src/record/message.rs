//! What the schema's validator found, in words for whoever handed the record in.

use jsonschema::{ValidationError, error::ValidationErrorKind as Kind};
use serde_json::Value;

use super::{FieldError, Fields};
use crate::diagnostic::suggest;

/// Adds the errors that one finding of the validator is.
pub(super) fn explain(error: &ValidationError<'_>, fields: &Fields, errors: &mut Vec<FieldError>) {
    let at = error.instance_path().as_str();
    match error.kind() {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let pointer = format!("{at}/{name}");
            let because = reason(fields.schema(), error.schema_path().as_str());
            let right = wanted(schema_at(fields.schema(), &pointer));
            errors.push(FieldError::new(
                pointer,
                format!("is missing{because}; expected {right}"),
            ));
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let known = schema_at(fields.schema(), at)
                .and_then(|schema| schema.get("properties"))
                .and_then(Value::as_object);
            for name in unexpected {
                let names = known
                    .into_iter()
                    .flat_map(|known| known.keys().map(String::as_str));
                let shown: String = name.chars().take(40).collect();
                errors.push(FieldError::new(
                    format!("{at}/{shown}"),
                    format!("is not a field of this record; {}", suggest(&shown, names)),
                ));
            }
        }
        Kind::Type { .. } => errors.push(FieldError::new(
            at,
            right(fields, at, || {
                format!("must be {}", types(schema_at(fields.schema(), at)))
            }),
        )),
        kind => errors.push(FieldError::new(at, right(fields, at, || limit(kind)))),
    }
}

/// The schema's own words of what is right, else what the broken rule says.
fn right(fields: &Fields, pointer: &str, rule: impl FnOnce() -> String) -> String {
    expected(fields.schema(), pointer).map_or_else(rule, |text| format!("must be {text}"))
}

fn limit(kind: &Kind) -> String {
    match kind {
        Kind::Format { format } if format == "date-dmy" => {
            "must be a real date, day-month-year, such as 31-12-1990".to_owned()
        }
        Kind::Format { format } => format!("must be a valid {format}"),
        Kind::Pattern { pattern } => format!("must look like {pattern}"),
        Kind::Enum { options } => {
            let options = options
                .as_array()
                .into_iter()
                .flatten()
                .map(ToString::to_string);
            format!("must be one of {}", options.collect::<Vec<_>>().join(", "))
        }
        Kind::Constant { expected_value } => format!("must be {expected_value}"),
        Kind::MinLength { limit: 1 } => "must not be empty".to_owned(),
        Kind::MinLength { limit } => format!("must have at least {limit} characters"),
        Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
        Kind::Minimum { limit } => format!("must be {limit} or more"),
        Kind::Maximum { limit } => format!("must be {limit} or less"),
        Kind::ExclusiveMinimum { limit } => format!("must be more than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::MinItems { limit } => format!("must have at least {limit} items"),
        Kind::MaxItems { limit } => format!("must have at most {limit} items"),
        Kind::UniqueItems => "must not have the same item twice".to_owned(),
        Kind::FalseSchema => "must not be there".to_owned(),
        // The validator's own words may repeat the value, so only its rule is named.
        other => format!("breaks the rule `{}` of its schema", other.keyword()),
    }
}

/// What a field should be, in words.
fn wanted(schema: Option<&Value>) -> String {
    let word = |name: &str| schema.and_then(|schema| schema.get(name));
    if let Some(text) = word("expected").and_then(Value::as_str) {
        return text.to_owned();
    }
    if let Some(list) = word("map").and_then(Value::as_str) {
        return format!("a word of the code list `{list}`");
    }
    if let Some(count) = word("digits") {
        return format!("{count} digits");
    }
    if word("format").and_then(Value::as_str) == Some("date-dmy") {
        return "a date such as 31-12-1990, day-month-year".to_owned();
    }
    if let Some(options) = word("enum").and_then(Value::as_array) {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        return format!("one of {}", options.join(", "));
    }
    types(schema)
}

fn types(schema: Option<&Value>) -> String {
    let words: Vec<&str> = match schema.and_then(|schema| schema.get("type")) {
        Some(Value::String(name)) => vec![word(name)],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(word).collect(),
        _ => vec!["a value"],
    };
    words.join(" or ")
}

fn word(name: &str) -> &'static str {
    match name {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a group of fields",
        _ => "nothing",
    }
}

/// The schema of a place in a record.
pub(super) fn schema_at<'a>(schema: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer.split('/').skip(1).try_fold(schema, |schema, part| {
        schema
            .get("properties")
            .and_then(|properties| properties.get(part))
            .or_else(|| schema.get("items"))
    })
}

fn expected<'a>(schema: &'a Value, pointer: &str) -> Option<&'a str> {
    schema_at(schema, pointer)?.get("expected")?.as_str()
}

/// Why a field is needed, if it is needed because another has a value.
fn reason(schema: &Value, schema_path: &str) -> String {
    let Some(rule) = schema_path.strip_suffix("/then/required") else {
        return String::new();
    };
    let condition = schema.pointer(rule).and_then(|rule| rule.get("if"));
    let fixed = condition
        .and_then(|condition| condition.get("properties"))
        .and_then(Value::as_object);
    let facts: Vec<String> = fixed
        .into_iter()
        .flatten()
        .filter_map(|(name, inner)| Some(format!("{name} is {}", inner.get("const")?)))
        .collect();
    if facts.is_empty() {
        return String::new();
    }
    format!(", and needed because {}", facts.join(" and "))
}

//! What a schema is, in a few words.

use maud::{Markup, html};
use serde_json::Value;

const SCHEMAS: &str = "#/components/schemas/";

/// The name that a schema refers to.
pub(super) fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// A schema in a few words, with links to those that have a name.
pub(super) fn kind(schema: &Value) -> Markup {
    if let Some(name) = referred(schema) {
        return html! { a href={ "/api/docs#schema-" (name) } { (name) } };
    }
    for choice in ["anyOf", "oneOf", "allOf"] {
        if let Some(Value::Array(all)) = schema.get(choice) {
            return one_of(all);
        }
    }
    if let Some(value) = schema.get("const") {
        return html! { code { (value) } };
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return values_of(values);
    }
    match schema.get("type") {
        Some(Value::Array(kinds)) => html! {
            @for (place, kind) in kinds.iter().enumerate() {
                @if place > 0 { " or " }
                (simple(kind.as_str().unwrap_or_default(), schema))
            }
        },
        Some(Value::String(kind)) => simple(kind, schema),
        _ => html! { "anything" },
    }
}

fn one_of(all: &[Value]) -> Markup {
    html! {
        @for (place, one) in all.iter().enumerate() {
            @if place > 0 { " or " }
            (kind(one))
        }
    }
}

fn values_of(values: &[Value]) -> Markup {
    html! {
        @for (place, value) in values.iter().enumerate() {
            @if place > 0 { ", " }
            code { @match value.as_str() { Some(text) => (text), None => (value) } }
        }
    }
}

fn simple(name: &str, schema: &Value) -> Markup {
    let format = schema.get("format").and_then(Value::as_str);
    match (name, format) {
        ("string", Some("date-time")) => html! { "time" },
        ("string", Some("uri")) => html! { "address" },
        ("string", _) => html! { "text" (lengths(schema)) },
        ("integer", _) => html! { "whole number" (range(schema)) },
        ("array", _) => {
            html! { "list of " (schema.get("items").map_or_else(|| html! { "anything" }, kind)) }
        }
        ("object", _) => by_name(schema),
        (other, _) => html! { (other) },
    }
}

fn by_name(schema: &Value) -> Markup {
    let of = schema.get("additionalProperties");
    of.filter(|of| of.is_object())
        .map_or_else(|| html! { "object" }, |of| html! { (kind(of)) " by name" })
}

fn range(schema: &Value) -> String {
    let number = |name: &str| schema.get(name).and_then(Value::as_f64);
    match (number("minimum"), number("maximum")) {
        (Some(least), Some(most)) => format!(", {least} to {most}"),
        (Some(least), None) if least > 0.0 => format!(", {least} or more"),
        _ => String::new(),
    }
}

fn lengths(schema: &Value) -> String {
    let length = |name: &str| schema.get(name).and_then(Value::as_u64);
    match (length("minLength"), length("maxLength")) {
        (Some(least), Some(most)) => format!(" of {least} to {most} characters"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(schema: &Value) -> String {
        kind(schema)
            .into_string()
            .replace("<code>", "`")
            .replace("</code>", "`")
    }

    #[test]
    fn a_schema_is_said_in_a_few_words() {
        assert_eq!(
            shown(&json!({"type": ["integer", "null"], "minimum": 1, "maximum": 500})),
            "whole number, 1 to 500 or null"
        );
        assert_eq!(
            shown(&json!({"type": "array", "items": {"type": "string"}})),
            "list of text"
        );
        assert_eq!(
            shown(&json!({"type": "string", "enum": ["a", "b"]})),
            "`a`, `b`"
        );
        assert_eq!(
            shown(&json!({"type": "object", "additionalProperties": {"type": "boolean"}})),
            "boolean by name"
        );
        let link =
            shown(&json!({"anyOf": [{"$ref": "#/components/schemas/Job"}, {"type": "null"}]}));
        assert_eq!(link, r#"<a href="/api/docs#schema-Job">Job</a> or null"#);
    }
}

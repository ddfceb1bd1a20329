//! The schemas that have a name, each with its fields.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{kind::kind, words};

/// One of them.
pub(super) fn schema(name: &str, schema: &Value) -> Markup {
    let fields = schema.get("properties").and_then(Value::as_object);
    html! {
        section.sheet id={ "schema-" (name) } aria-labelledby={ "name-" (name) } {
            h3 id={ "name-" (name) } { (name) }
            @if let Some(text) = schema.get("description").and_then(Value::as_str) { (words::text(text)) }
            @match fields {
                Some(fields) => (table(name, fields, schema)),
                None => p { "It is " (kind(schema)) "." (pattern(schema)) },
            }
        }
    }
}

fn pattern(schema: &Value) -> Markup {
    html! {
        @if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            " It fits " code { (pattern) } "."
        }
    }
}

fn table(name: &str, fields: &Map<String, Value>, schema: &Value) -> Markup {
    let is_required = |field: &str| {
        let required = schema.get("required").and_then(Value::as_array);
        required.is_some_and(|all| all.iter().any(|one| one == field))
    };
    html! {
        div.wide {
            table.cards {
                caption { "Fields of " (name) }
                thead {
                    tr {
                        th scope="col" { "Field" }
                        th scope="col" { "What it holds" }
                        th scope="col" { "Always there" }
                        th scope="col" { "Meaning" }
                    }
                }
                tbody {
                    @for (field, of) in fields {
                        tr {
                            th scope="row" { code { (field) } }
                            td data-name="Holds" { div { (kind(of)) } }
                            td data-name="Always" { @if is_required(field) { "yes" } @else { "no" } }
                            td data-name="Meaning" {
                                div { (words::line(of.get("description").and_then(Value::as_str).unwrap_or_default())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

//! What is known of a field's value, and what its schema takes.

use serde_json::Value;

use super::Against;
use crate::{
    diagnostic::suggest,
    mapping::{
        apply::one_of,
        model::{Convert, DateRule, Field, Kind, Reading, Shape, Source},
        value::DayForm,
    },
    value::valid_words,
};

impl Against<'_> {
    pub(super) fn source(&self, field: &Field, source: &Source, schema: &Value) {
        match source {
            Source::Constant(value) => self.taken(field, value, schema),
            Source::Group(fields) => {
                if self.kind(field, "object", schema) {
                    self.fields(fields, schema, field.span);
                }
            }
            Source::Document(take) if take.each => {
                if self.kind(field, "array", schema)
                    && let Some(items) = schema.get("items")
                {
                    self.shape(field, &take.shape, items);
                }
            }
            Source::Document(take) => self.shape(field, &take.shape, schema),
        }
    }

    fn shape(&self, field: &Field, shape: &Shape, schema: &Value) {
        match shape {
            Shape::Group(fields) => {
                if self.kind(field, "object", schema) {
                    self.fields(fields, schema, field.span);
                }
            }
            Shape::Value(Reading { convert, .. }) => match convert {
                Convert::Keep => {}
                Convert::As(kind) | Convert::Scale(_, kind) => {
                    self.kind(field, type_of(*kind), schema);
                }
                Convert::Date(rule) => self.date(field, rule, schema),
                Convert::Values(values) => values
                    .values()
                    .for_each(|value| self.taken(field, value, schema)),
            },
        }
    }

    /// Whether the schema takes values of this type.
    fn kind(&self, field: &Field, kind: &str, schema: &Value) -> bool {
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return true,
        };
        // A number may turn out whole, and a whole number is one.
        let is_number = |name: &str| matches!(name, "number" | "integer");
        let fits = types
            .iter()
            .any(|name| *name == kind || (is_number(name) && is_number(kind)));
        if !fits {
            let wanted: Vec<&str> = types.iter().map(|name| word(name)).collect();
            self.error(
                field.span,
                format!("`{}` becomes {}", field.name, word(kind)),
                format!("the flow takes {}", wanted.join(" or ")),
            );
        }
        fits
    }

    fn date(&self, field: &Field, rule: &DateRule, schema: &Value) {
        let wanted = match schema.get("format").and_then(Value::as_str) {
            Some("date-dmy") => DayForm::DMY,
            Some("date") => DayForm::ISO,
            _ => rule.write,
        };
        if !self.kind(field, "string", schema) || wanted == rule.write {
            return;
        }
        self.error(
            field.span,
            format!(
                "`{}` is written {}, and the flow takes {}",
                field.name,
                rule.write.as_str(),
                wanted.as_str()
            ),
            format!("such as `date: {{read: …, write: {}}}`", wanted.as_str()),
        );
    }

    /// A value that the mapping itself names is one that the schema takes, as far as types and lists of words say.
    fn taken(&self, field: &Field, value: &Value, schema: &Value) {
        let kind = match value {
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            _ => "string",
        };
        if !self.kind(field, kind, schema) {
            return;
        }
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let help = if let Some(words) = schema.get("enum").and_then(Value::as_array)
            && !words.contains(value)
        {
            let near = suggest(&text, words.iter().filter_map(Value::as_str));
            if near.starts_with("did you mean") {
                near
            } else {
                one_of(words.iter().map(ToString::to_string))
            }
        } else if let Some(only) = schema.get("const").filter(|only| *only != value) {
            format!("the flow takes only {only}")
        } else if let Some(list) = schema.get("map").and_then(Value::as_str)
            && let Some(words) = self.portal.maps.get(list)
            && !words.contains_key(&text)
        {
            let valid = valid_words(&text, words.keys().map(String::as_str));
            format!("a word of the code list `{list}`; {valid}")
        } else {
            return;
        };
        self.error(
            field.span,
            format!("the flow does not take {value} as `{}`", field.name),
            help,
        );
    }
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Number => "number",
        Kind::Integer => "integer",
        Kind::Boolean => "boolean",
    }
}

fn word(name: &str) -> &str {
    match name {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a group of fields",
        other => other,
    }
}

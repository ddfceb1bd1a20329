//! The fields of a record or of a group, and the schema's.

use serde_json::Value;

use super::{Against, required};
use crate::{
    diagnostic::{Span, suggest},
    mapping::model::Field,
};

impl Against<'_> {
    /// `span` is where the group itself stands.
    pub(super) fn fields(&self, fields: &[Field], schema: &Value, span: Span) {
        let Some(known) = schema.get("properties").and_then(Value::as_object) else {
            // A place that the schema leaves open.
            return;
        };
        for field in fields {
            match known.get(&field.name) {
                Some(inner) => self.source(field, &field.source, inner),
                None if is_open(schema) => {}
                None => self.error(
                    field.span,
                    format!("`{}` is not a field of the flow's record", field.name),
                    suggest(&field.name, known.keys().map(String::as_str)),
                ),
            }
        }
        for name in required(schema) {
            match fields.iter().find(|field| field.name == name) {
                None => self.error(
                    span,
                    format!("the flow needs `{name}`, and it is never set"),
                    format!("such as `{name}: a.path.of.the.document`"),
                ),
                Some(field) if field.source.is_optional() => self.error(
                    field.span,
                    format!("the flow needs `{name}`, so it cannot be left out"),
                    "take `optional` away: a document that lacks it is told as a problem",
                ),
                Some(_) => {}
            }
        }
    }
}

/// Whether the schema takes fields that it does not name.
fn is_open(schema: &Value) -> bool {
    let others = schema.get("additionalProperties");
    schema.get("patternProperties").is_some()
        || others.is_some_and(|others| *others != Value::Bool(false))
}

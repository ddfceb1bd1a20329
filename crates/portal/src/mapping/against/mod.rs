//! A mapping is held against the definition of its portal: what can be known to go wrong before a document comes.

mod fields;
mod portal;
mod value;

use serde_json::Value;

use crate::{
    diagnostic::Span,
    model::Portal,
    parse::{Fault, Sink},
};

/// What every check needs.
struct Against<'a> {
    sink: &'a Sink,
    portal: &'a Portal,
}

impl Against<'_> {
    /// Records an error.
    fn error(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.sink.push(Fault::new(span, message).help(help));
    }
}

/// The names that a schema needs.
fn required(schema: &Value) -> impl Iterator<Item = &str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

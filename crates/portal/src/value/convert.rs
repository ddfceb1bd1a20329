//! JSON to the template engine's values and back.

use minijinja::value::{Value as Engine, ValueKind};
use serde_json::Value;

/// A JSON value for the template engine.
pub(super) fn to_engine(value: &Value) -> Engine {
    match value {
        Value::Null => Engine::from(()),
        Value::Bool(value) => Engine::from(*value),
        Value::Number(number) => number
            .as_i64()
            .map(Engine::from)
            .or_else(|| number.as_u64().map(Engine::from))
            .or_else(|| number.as_f64().map(Engine::from))
            .unwrap_or_default(),
        Value::String(text) => Engine::from(text.as_str()),
        Value::Array(items) => items.iter().map(to_engine).collect(),
        Value::Object(fields) => Engine::from_pairs(
            fields
                .iter()
                .map(|(key, value)| (key.as_str(), to_engine(value))),
        ),
    }
}

/// The template engine's value as JSON.
pub(super) fn to_json(value: &Engine) -> Value {
    match value.kind() {
        ValueKind::Bool => Value::Bool(value.is_true()),
        ValueKind::Number => i64::try_from(value.clone())
            .map(Value::from)
            .or_else(|_| f64::try_from(value.clone()).map(Value::from))
            .unwrap_or(Value::Null),
        ValueKind::String => Value::String(value.to_string()),
        ValueKind::Seq | ValueKind::Iterable => value.try_iter().map_or(Value::Null, |items| {
            items.map(|item| to_json(&item)).collect()
        }),
        ValueKind::Map => value.try_iter().map_or(Value::Null, |keys| {
            let field = |key: Engine| {
                let inner = value
                    .get_item(&key)
                    .map_or(Value::Null, |inner| to_json(&inner));
                (key.to_string(), inner)
            };
            keys.map(field).collect()
        }),
        _ => Value::Null,
    }
}

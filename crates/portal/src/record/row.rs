//! From a row of a table to a record.

use serde_json::{Map, Number, Value};

use super::{FieldError, Fields};
use crate::diagnostic::suggest;

pub(super) fn from_row(
    fields: &Fields,
    headers: &[String],
    row: &[String],
) -> Result<Value, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut record = Map::new();
    if row.len() != headers.len() {
        let message = format!(
            "the row has {} cells and the table {} columns",
            row.len(),
            headers.len()
        );
        return Err(vec![FieldError::new("", message)]);
    }
    for (index, (header, cell)) in headers.iter().zip(row).enumerate() {
        let name = header.trim();
        let shown: String = name.chars().take(40).collect();
        let pointer = format!("/{shown}");
        let Some(schema) = fields.schema()["properties"].get(name) else {
            let message = format!(
                "is not a column of this table; {}",
                suggest(&shown, fields.names())
            );
            errors.push(FieldError::new(pointer, message));
            continue;
        };
        if headers[..index]
            .iter()
            .any(|earlier| earlier.trim() == name)
        {
            errors.push(FieldError::new(
                pointer,
                "is a column that stands here twice",
            ));
            continue;
        }
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        match coerce(schema, cell) {
            Ok(value) => {
                record.insert(name.to_owned(), value);
            }
            Err(message) => errors.push(FieldError::new(pointer, message)),
        }
    }
    if errors.is_empty() {
        Ok(Value::Object(record))
    } else {
        Err(errors)
    }
}

/// A cell is a text; the schema says what it means.
fn coerce(schema: &Value, cell: &str) -> Result<Value, &'static str> {
    let kind = match (&schema["type"], &schema["const"]) {
        (Value::String(kind), _) => kind.as_str(),
        (Value::Array(kinds), _) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null")
            .unwrap_or("string"),
        (_, Value::Bool(_)) => "boolean",
        (_, Value::Number(_)) => "number",
        _ => "string",
    };
    match kind {
        "boolean" => match cell.to_ascii_lowercase().as_str() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err("must be true or false"),
        },
        "integer" => cell
            .parse::<i64>()
            .map(Value::from)
            .map_err(|_| "must be a whole number, without separators"),
        "number" => cell
            .parse::<i64>()
            .map(Value::from)
            .ok()
            .or_else(|| {
                cell.parse()
                    .ok()
                    .and_then(Number::from_f64)
                    .map(Value::Number)
            })
            .ok_or("must be a number, without separators"),
        "array" | "object" => {
            serde_json::from_str(cell).map_err(|_| "must be JSON, such as [\"a\", \"b\"]")
        }
        _ => Ok(Value::String(cell.to_owned())),
    }
}

//! What is said to an operation beside its body.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::schemas::{SchemaOf, Schemas};

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
}

/// One of them.
pub(super) struct Parameter {
    pub(super) place: Place,
    pub(super) name: &'static str,
    text: &'static str,
    schema: SchemaOf,
    more: Map<String, Value>,
    is_repeated: bool,
}

/// A part of the address.
pub(super) fn path<T: JsonSchema>(name: &'static str, text: &'static str) -> Parameter {
    Parameter::new::<T>(Place::Path, name, text)
}

/// A part of the query. It may be left out.
pub(super) fn query<T: JsonSchema>(name: &'static str, text: &'static str) -> Parameter {
    Parameter::new::<T>(Place::Query, name, text)
}

/// A header. It may be left out.
pub(super) fn header<T: JsonSchema>(name: &'static str, text: &'static str) -> Parameter {
    Parameter::new::<T>(Place::Header, name, text)
}

impl Parameter {
    fn new<T: JsonSchema>(place: Place, name: &'static str, text: &'static str) -> Self {
        Self {
            place,
            name,
            text,
            schema: SchemaGenerator::subschema_for::<T>,
            more: Map::new(),
            is_repeated: false,
        }
    }

    /// What else its schema says, such as `{"minimum": 1}`.
    pub(super) fn more(mut self, more: Value) -> Self {
        if let Value::Object(more) = more {
            self.more.extend(more);
        }
        self
    }

    /// It may be given several times.
    pub(super) fn repeated(mut self) -> Self {
        self.is_repeated = true;
        self
    }

    pub(super) fn describe(&self, schemas: &mut Schemas) -> Value {
        let mut schema = schemas.of_request(self.schema);
        if let Value::Object(schema) = &mut schema {
            schema.extend(self.more.clone());
        }
        if self.is_repeated {
            schema = json!({"type": "array", "items": schema});
        }
        let place = match self.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
        };
        json!({
            "name": self.name,
            "in": place,
            "description": self.text,
            "required": self.place == Place::Path,
            "schema": schema,
        })
    }
}

//! Paths into documents, as written.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};

use crate::parse::Spanned;

/// A path and its place in the file.
pub(crate) type Path = Spanned<Written>;

/// `customer.name`, or `[customer, "full.name"]` where a name has a dot in it.
#[derive(Debug, Clone)]
pub(crate) enum Written {
    Dotted(String),
    Parts(Vec<String>),
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WrittenVisitor)
    }
}

/// Reads the two ways to write a path, for whatever may also be written as one.
pub(super) struct WrittenVisitor;

impl<'de> Visitor<'de> for WrittenVisitor {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"a path such as customer.name, or a list of its names such as [customer, "full.name"]"#)
    }

    fn visit_str<E>(self, text: &str) -> Result<Written, E> {
        Ok(Written::Dotted(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Written, A::Error> {
        let mut parts = Vec::new();
        while let Some(Part(part)) = access.next_element()? {
            parts.push(part);
        }
        Ok(Written::Parts(parts))
    }
}

/// A name, or the number of an item.
struct Part(String);

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PartVisitor;

        impl Visitor<'_> for PartVisitor {
            type Value = Part;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field, or the number of an item, the first is 0")
            }

            fn visit_str<E>(self, text: &str) -> Result<Part, E> {
                Ok(Part(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Part, E> {
                Ok(Part(number.to_string()))
            }
        }

        deserializer.deserialize_any(PartVisitor)
    }
}

impl JsonSchema for Written {
    fn schema_name() -> Cow<'static, str> {
        "Path".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A path into the document: names with dots between them, the number of an item in a list. A list of names where a name has a dot in it.",
            "examples": ["customer.name", "vehicles.0.engine", ["customer", "full.name"]],
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "array",
                    "items": {"anyOf": [{"type": "string"}, {"type": "integer", "minimum": 0}]},
                    "minItems": 1,
                },
            ],
        })
    }
}

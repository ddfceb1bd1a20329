//! Where a field of the record comes from, as written.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use super::{As, Blank, Date, Ordered, Path, Scalar, Written, path::WrittenVisitor};
use crate::parse::Spanned;

/// A path, or all that can be said of a field.
#[derive(Debug, Clone)]
pub(crate) enum Rule {
    Short(Written),
    Long(Box<LongRule>),
}

/// A field of the record. It comes from exactly one of `from`, `each` and `value`, or is a group made by `record`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LongRule {
    /// The place in the document that it is read from.
    pub(crate) from: Option<Path>,
    /// A list in the document: the field is a list, and each item is read as the rest says.
    pub(crate) each: Option<Path>,
    /// The same for every document.
    pub(crate) value: Option<Spanned<Scalar>>,
    /// A group of fields. Their paths begin at the place of `from`, at the item of `each`, or where those around begin.
    pub(crate) record: Option<Spanned<Ordered<Spanned<Rule>>>>,
    /// What it becomes.
    #[serde(rename = "as")]
    pub(crate) kind: Option<As>,
    /// It is a date, and how it is read and written.
    pub(crate) date: Option<Spanned<Date>>,
    /// The document's word and the record's value for it. Any other word is a problem.
    pub(crate) values: Option<Spanned<Ordered<Spanned<Scalar>>>>,
    /// A number that is so many times too small, such as 100000 for an amount in lakhs.
    #[schemars(range(min = 2))]
    pub(crate) multiply: Option<Spanned<u32>>,
    /// A number that is so many times too large, such as 100 for an amount in paise.
    #[schemars(range(min = 2))]
    pub(crate) divide: Option<Spanned<u32>>,
    /// White space around a text is taken away before anything else.
    pub(crate) trim: Option<bool>,
    /// What a text without a character is.
    pub(crate) blank: Option<Blank>,
    /// The field is left out if the document lacks it. Else that is a problem.
    pub(crate) optional: Option<bool>,
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RuleVisitor;

        impl<'de> Visitor<'de> for RuleVisitor {
            type Value = Rule;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path such as customer.name, or more about the field such as {from: customer.name, optional: true}")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Rule, E> {
                WrittenVisitor.visit_str(text).map(Rule::Short)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Rule, A::Error> {
                WrittenVisitor.visit_seq(access).map(Rule::Short)
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Rule, A::Error> {
                let long = LongRule::deserialize(MapAccessDeserializer::new(access))?;
                Ok(Rule::Long(Box::new(long)))
            }
        }

        deserializer.deserialize_any(RuleVisitor)
    }
}

impl JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Field".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let path = generator.subschema_for::<Written>();
        let long = generator.subschema_for::<LongRule>();
        json_schema!({"anyOf": [path, long]})
    }
}

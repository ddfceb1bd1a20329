//! What becomes of a value, as written.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::{Number, Value};

use super::super::value::{DAY_FORMS, MOMENT_FORMS};
use crate::raw::Text;

/// What a value becomes, if nothing of it is lost.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum As {
    /// A text: also of a number's digits, of `true` and `false`, of an `ObjectId` and of a UUID.
    Text,
    /// A number: also of a text that is written as one, such as 12.50.
    Number,
    /// A whole number: also of a text that is written as one.
    Integer,
    /// True or false: also of the texts `true` and `false`.
    Boolean,
}

/// What a text without a character is.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Blank {
    /// As if the document had nothing there.
    Missing,
}

/// How a date is read: its form in the document, or all that can be said.
#[derive(Debug, Clone)]
pub(crate) enum Date {
    Short(String),
    Long(LongDate),
}

/// How a date is read and written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LongDate {
    /// Its form in the document.
    #[schemars(schema_with = "read_forms")]
    pub(crate) read: Text,
    /// Its form in the record. yyyy-MM-dd if not said.
    #[serde(default)]
    #[schemars(schema_with = "write_forms")]
    pub(crate) write: Option<Text>,
    /// The time zone whose day is meant, where the document holds a moment: an IANA name such as Asia/Kolkata.
    pub(crate) zone: Option<Text>,
}

fn read_forms(_: &mut SchemaGenerator) -> Schema {
    let forms: Vec<&str> = DAY_FORMS.iter().chain(MOMENT_FORMS).copied().collect();
    json_schema!({"enum": forms})
}

fn write_forms(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"enum": DAY_FORMS})
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;

        impl<'de> Visitor<'de> for DateVisitor {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the form of the date such as dd/MM/yyyy, or {read: dd/MM/yyyy, write: dd-MM-yyyy}")
            }

            fn visit_str<E>(self, text: &str) -> Result<Date, E> {
                Ok(Date::Short(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Date, A::Error> {
                LongDate::deserialize(MapAccessDeserializer::new(access)).map(Date::Long)
            }
        }

        deserializer.deserialize_any(DateVisitor)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let long = generator.subschema_for::<LongDate>();
        json_schema!({"anyOf": [{"enum": DAY_FORMS}, long]})
    }
}

/// A text, a number, or true or false.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scalar(pub(crate) Value);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;

        impl Visitor<'_> for ScalarVisitor {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, or true or false")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Scalar, E> {
                let number =
                    Number::from_f64(value).ok_or_else(|| E::custom("a number must be finite"))?;
                Ok(Scalar(number.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.into()))
            }
        }

        deserializer.deserialize_any(ScalarVisitor)
    }
}

impl JsonSchema for Scalar {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Scalar".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number", "boolean"]})
    }
}

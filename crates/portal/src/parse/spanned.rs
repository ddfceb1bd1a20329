//! A raw value that remembers its place.

use std::{borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};

use crate::diagnostic::{FileId, Span};

/// A value and its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) span: Span,
    pub(crate) value: T,
}

/// The struct name by which our decoder knows that the place is wanted, too.
pub(super) const SPANNED: &str = "$formhand::Spanned";
/// The fields that it then gives, in this order.
pub(super) const SPANNED_FIELDS: &[&str] = &["file", "line", "column", "value"];

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(SPANNED, SPANNED_FIELDS, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Spanned<T>, A::Error> {
        let mut next = || -> Result<u32, A::Error> {
            let entry: Option<(String, u32)> = access.next_entry()?;
            entry
                .map(|(_, number)| number)
                .ok_or_else(|| de::Error::custom("a place is missing"))
        };
        let file = FileId(next()? as usize);
        let (line, column) = (next()?, next()?);
        let value: Option<(String, T)> = access.next_entry()?;
        let (_, value) = value.ok_or_else(|| de::Error::custom("a value is missing"))?;
        Ok(Spanned {
            span: Span { file, line, column },
            value,
        })
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

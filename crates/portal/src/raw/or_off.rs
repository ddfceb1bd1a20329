//! Something that can be switched off: `off`, or how it is done.

use std::{borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Unexpected, Visitor, value::MapAccessDeserializer},
};

/// `off`, or how it is done.
#[derive(Debug, Clone)]
pub(crate) enum OrOff<T> {
    Off,
    On(T),
}

/// What an error shows of something that can be switched off.
pub(crate) trait Example {
    /// Such as `{every: 5m}`.
    const EXAMPLE: &'static str;
}

impl<'de, T: Deserialize<'de> + Example> Deserialize<'de> for OrOff<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OrOffVisitor(PhantomData))
    }
}

struct OrOffVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Example> Visitor<'de> for OrOffVisitor<T> {
    type Value = OrOff<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`off` or something such as {}", T::EXAMPLE)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<OrOff<T>, E> {
        match text {
            "off" => Ok(OrOff::Off),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    /// An older reader of YAML, and an editor that has one, takes `off` for `false`.
    fn visit_bool<E: de::Error>(self, on: bool) -> Result<OrOff<T>, E> {
        if on {
            return Err(E::invalid_value(Unexpected::Bool(on), &self));
        }
        Ok(OrOff::Off)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<OrOff<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(access)).map(OrOff::On)
    }
}

impl<T: JsonSchema> JsonSchema for OrOff<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}OrOff", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let how = generator.subschema_for::<T>();
        json_schema!({"anyOf": [{"enum": ["off", false]}, how]})
    }
}

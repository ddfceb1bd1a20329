//! How often a step is tried: a number, or a number and a pause.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::Duration;

/// How often a step is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tries {
    /// At most so often.
    pub(crate) times: u32,
    /// How long it rests between two tries. 2s if not said.
    pub(crate) pause: Option<Duration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LongTries {
    times: u32,
    pause: Option<Duration>,
}

impl<'de> Deserialize<'de> for Tries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TriesVisitor;

        impl<'de> Visitor<'de> for TriesVisitor {
            type Value = Tries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of tries such as 3, or {times: 3, pause: 2s}")
            }

            fn visit_u64<E: de::Error>(self, times: u64) -> Result<Tries, E> {
                // What does not fit is too many, which the checker says.
                let times = u32::try_from(times).unwrap_or(u32::MAX);
                Ok(Tries { times, pause: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Tries, A::Error> {
                let long = LongTries::deserialize(MapAccessDeserializer::new(access))?;
                let LongTries { times, pause } = long;
                Ok(Tries { times, pause })
            }
        }

        deserializer.deserialize_any(TriesVisitor)
    }
}

impl JsonSchema for Tries {
    fn schema_name() -> Cow<'static, str> {
        "Tries".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let pause = generator.subschema_for::<Duration>();
        let times = json_schema!({"type": "integer", "minimum": 2, "maximum": 10});
        json_schema!({
            "anyOf": [
                times,
                {
                    "type": "object",
                    "properties": {"times": times, "pause": pause},
                    "required": ["times"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

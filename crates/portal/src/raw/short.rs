//! Things that have a short way to be written.

use std::{borrow::Cow, fmt, time};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use crate::parse::Spanned;

/// A text and its place.
pub(crate) type Text = Spanned<String>;

/// An element: one locator, or several that must agree.
#[derive(Debug, Clone)]
pub(crate) struct Target(pub(crate) Spanned<Locators>);

/// Locators that must agree on one element.
#[derive(Debug, Clone)]
pub(crate) struct Locators(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Locators {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LocatorsVisitor)
    }
}

struct LocatorsVisitor;

impl<'de> Visitor<'de> for LocatorsVisitor {
    type Value = Locators;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r##"a locator such as "#FirstName" or "text=Save", or a list of locators that must agree"##)
    }

    fn visit_str<E>(self, text: &str) -> Result<Locators, E> {
        Ok(Locators(vec![text.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Locators, A::Error> {
        let mut found = Vec::new();
        while let Some(text) = access.next_element()? {
            found.push(text);
        }
        Ok(Locators(found))
    }
}

impl JsonSchema for Target {
    fn schema_name() -> Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An element: a CSS selector, or xpath=…, text=…, label=…; several must agree on it.",
            "examples": ["#FirstName", "text=Save", "label=Email", "xpath=//li/a[.='Two Wheeler']"],
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ],
        })
    }
}

/// An element that something is done to: the element itself, or `{at: …}`.
#[derive(Debug, Clone)]
pub(crate) struct At(pub(crate) Target);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LongAt {
    at: Target,
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { span, value } = Spanned::<ShortAt>::deserialize(deserializer)?;
        Ok(Self(match value {
            ShortAt::Short(locators) => Target(Spanned {
                span,
                value: locators,
            }),
            ShortAt::Long(target) => target,
        }))
    }
}

enum ShortAt {
    Short(Locators),
    Long(Target),
}

impl<'de> Deserialize<'de> for ShortAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AtVisitor;

        impl<'de> Visitor<'de> for AtVisitor {
            type Value = ShortAt;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(r##"an element such as "#btnSave" or {at: "#btnSave"}"##)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ShortAt, E> {
                LocatorsVisitor.visit_str(text).map(ShortAt::Short)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<ShortAt, A::Error> {
                LocatorsVisitor.visit_seq(access).map(ShortAt::Short)
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<ShortAt, A::Error> {
                let long = LongAt::deserialize(MapAccessDeserializer::new(access))?;
                Ok(ShortAt::Long(long.at))
            }
        }

        deserializer.deserialize_any(AtVisitor)
    }
}

impl JsonSchema for At {
    fn schema_name() -> Cow<'static, str> {
        "At".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let target = generator.subschema_for::<Target>();
        json_schema!({
            "anyOf": [
                target,
                {
                    "type": "object",
                    "properties": {"at": target},
                    "required": ["at"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

/// Reads a text that stands for something else; `what` says what is expected.
pub(super) fn read_text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    what: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct TextVisitor<T>(&'static str, fn(&str) -> Option<T>);

    impl<T> Visitor<'_> for TextVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            (self.1)(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }

    deserializer.deserialize_any(TextVisitor(what, parse))
}

/// A length of time such as `10s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Duration(pub(crate) time::Duration);

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let what = "a length of time such as 500ms, 10s, 5m or 1h";
        read_text(deserializer, what, parse_duration).map(Duration)
    }
}

/// As it is written in a file.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u128, &str); 3] = [(3_600_000, "h"), (60_000, "m"), (1_000, "s")];
        let millis = self.0.as_millis();
        let whole = UNITS.iter().find(|(unit, _)| millis.is_multiple_of(*unit));
        let (unit, name) = whole.unwrap_or(&(1, "ms"));
        write!(f, "{}{name}", millis / unit)
    }
}

fn parse_duration(text: &str) -> Option<time::Duration> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(unit_at);
    let number: u64 = number.parse().ok()?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    let millis = number.checked_mul(millis).filter(|millis| *millis > 0)?;
    Some(time::Duration::from_millis(millis))
}

impl JsonSchema for Duration {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9]+(ms|s|m|h)$",
            "examples": ["500ms", "10s", "5m", "1h"],
        })
    }
}

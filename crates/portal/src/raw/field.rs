//! Steps that set a field, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ReadWhat, Target, Text};
use crate::parse::Spanned;

/// Text into a field.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fill {
    /// The field.
    pub(crate) at: Target,
    /// The text, such as `{{ record.firstName }}`.
    pub(crate) value: Text,
    /// How it is typed.
    pub(crate) typing: Option<Typing>,
    /// How it is checked, where reading the same text back is not right.
    pub(crate) readback: Option<Spanned<ReadbackRule>>,
}

/// How text is typed.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Typing {
    /// Put in at once, with the events that follow typing.
    Paste,
    /// Key by key.
    Keys,
}

/// An option of a native list: exactly one of `value` and `text`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Select {
    /// The list.
    pub(crate) at: Target,
    /// The option with this value.
    pub(crate) value: Option<Text>,
    /// The option with this text.
    pub(crate) text: Option<Text>,
    /// How it is checked.
    pub(crate) readback: Option<Spanned<ReadbackRule>>,
}

/// An option of a list that the page draws itself: opened by a click.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pick {
    /// What is clicked to open the list.
    pub(crate) at: Target,
    /// The list's items.
    pub(crate) list: Text,
    /// The text of the one that is wanted, exactly.
    pub(crate) option: Text,
    /// How it is checked.
    pub(crate) readback: Option<Spanned<ReadbackRule>>,
}

/// An item of a list that opens while one types: exactly one of `option` and `contains`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choose {
    /// The field.
    pub(crate) at: Target,
    /// What is typed.
    #[serde(rename = "type")]
    pub(crate) text: Text,
    /// The list's items.
    pub(crate) list: Text,
    /// The text of the one that is wanted, exactly.
    pub(crate) option: Option<Text>,
    /// A part of the text of the one that is wanted; it must be the only one with it.
    pub(crate) contains: Option<Text>,
    /// How it is checked.
    pub(crate) readback: Option<Spanned<ReadbackRule>>,
}

/// A box that is ticked or not. Its state is read before it is touched.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// The box.
    pub(crate) at: Target,
    /// Whether it shall be ticked: `true`, `false`, or a template that gives one of them.
    pub(crate) on: Spanned<OnOff>,
    /// How it is checked.
    pub(crate) readback: Option<Spanned<ReadbackRule>>,
}

/// `true`, `false`, or a template that gives one of them.
#[derive(Debug, Clone)]
pub(crate) struct OnOff(pub(crate) String);

impl JsonSchema for OnOff {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OnOff".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["boolean", "string"],
            "examples": [false, "{{ record.paCover }}"],
        })
    }
}

impl<'de> Deserialize<'de> for OnOff {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OnOffVisitor;

        impl serde::de::Visitor<'_> for OnOffVisitor {
            type Value = OnOff;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(r#"true, false or a template such as "{{ record.paCover }}""#)
            }

            fn visit_bool<E>(self, on: bool) -> Result<OnOff, E> {
                Ok(OnOff(on.to_string()))
            }

            fn visit_str<E>(self, text: &str) -> Result<OnOff, E> {
                Ok(OnOff(text.to_owned()))
            }
        }

        deserializer.deserialize_any(OnOffVisitor)
    }
}

/// A date.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateField {
    /// The field.
    pub(crate) at: Target,
    /// The date in the form that the field shows, such as `{{ record.dob | date("%d-%m-%Y") }}`.
    pub(crate) value: Text,
    /// How it is checked.
    pub(crate) readback: Option<Spanned<ReadbackRule>>,
}

/// Files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Upload {
    /// The field.
    pub(crate) at: Target,
    /// Their paths.
    pub(crate) files: Vec<Text>,
    /// How it is checked.
    pub(crate) readback: Option<Spanned<ReadbackRule>>,
}

/// How a field that was set is checked, where it differs from reading the same thing back.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadbackRule {
    /// Another element that tells what the field holds.
    pub(crate) at: Option<Target>,
    /// What is read of it.
    pub(crate) read: Option<ReadWhat>,
    /// What it should be.
    pub(crate) equals: Option<Text>,
    /// How the two are compared.
    pub(crate) compare: Option<Compare>,
    /// It cannot be checked, and this is why.
    pub(crate) skip: Option<Text>,
}

/// A field and what it should hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Readback {
    /// What a person calls it.
    pub(crate) name: Option<String>,
    /// The field.
    pub(crate) at: Target,
    /// What is read of it.
    pub(crate) read: Option<ReadWhat>,
    /// What it should be.
    pub(crate) equals: Text,
    /// How the two are compared.
    pub(crate) compare: Option<Compare>,
}

/// How what was read is compared with what was expected.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Compare {
    /// To the letter, white space folded.
    Exact,
    /// Whatever the case, white space folded.
    IgnoreCase,
    /// As numbers: `61,000.00` is `61000`.
    Number,
    /// What was read contains what was expected.
    Contains,
}

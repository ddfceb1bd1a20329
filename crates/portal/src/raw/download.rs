//! A document that the portal makes, as written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use super::{Target, Text, short::read_text};

/// A document that the portal makes: exactly one of `click` and `goto`, and what it must be.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Download {
    /// What is clicked to get it.
    pub(crate) click: Option<Target>,
    /// The address that it comes from.
    pub(crate) goto: Option<Text>,
    /// What it is called where it is kept, such as `schedule.pdf`. What the portal calls it if not said.
    pub(crate) name: Option<Text>,
    /// What its content must be.
    #[serde(rename = "type")]
    pub(crate) kind: Option<DocumentType>,
    /// How large it may be. 50MB if not said.
    pub(crate) at_most: Option<Size>,
}

/// What a document's content must be.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DocumentType {
    /// A PDF.
    Pdf,
    /// A picture (PNG).
    Png,
    /// A picture (JPEG).
    Jpeg,
    /// An archive; office documents are such, too.
    Zip,
}

/// A number of bytes such as `10MB`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size(pub(crate) u64);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, "a size such as 500KB or 10MB", parse_size).map(Size)
    }
}

fn parse_size(text: &str) -> Option<u64> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(unit_at);
    let unit = match unit {
        "KB" => 1_000,
        "MB" => 1_000_000,
        _ => return None,
    };
    let bytes = number.parse::<u64>().ok()?.checked_mul(unit)?;
    (bytes > 0).then_some(bytes)
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9]+(KB|MB)$",
            "examples": ["500KB", "10MB"],
        })
    }
}

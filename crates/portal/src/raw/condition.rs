//! Conditions, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Target, Text};
use crate::parse::{Many, Spanned};

/// Something that a page shows or not.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Condition {
    /// The element is there and visible.
    Visible(Target),
    /// The element is absent or invisible.
    Hidden(Target),
    /// The element is visible and can be used.
    Enabled(Target),
    /// A visible element has this text.
    Text(TextCondition),
    /// A field holds this.
    Value(ValueCondition),
    /// The page's address is like this; `*` stands for anything.
    Url(Text),
    /// The portal answered a request like this.
    Response(ResponseSign),
    /// All of these.
    All(Many<Spanned<Self>>),
    /// One of these.
    Any(Many<Spanned<Self>>),
}

/// An element and its text: exactly one of `equals`, `contains` and `matches`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextCondition {
    /// The element.
    pub(crate) at: Target,
    /// Exactly this.
    pub(crate) equals: Option<Text>,
    /// This somewhere, whatever the case.
    pub(crate) contains: Option<Text>,
    /// This pattern somewhere.
    pub(crate) matches: Option<Text>,
}

/// A field and what it holds: exactly one of `non_empty`, `equals` and `matches`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueCondition {
    /// The field.
    pub(crate) at: Target,
    /// Anything but nothing.
    pub(crate) non_empty: Option<bool>,
    /// Exactly this.
    pub(crate) equals: Option<Text>,
    /// This pattern.
    pub(crate) matches: Option<Text>,
}

/// An answer of the portal.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResponseSign {
    /// The request's address; `*` stands for anything.
    pub(crate) url: Text,
    /// The statuses that count.
    pub(crate) status: Vec<u16>,
}

/// What is read of an element.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReadWhat {
    /// A field's value.
    Value,
    /// The text it shows.
    Text,
    /// Whether it is ticked: `true` or `false`.
    Checked,
    /// The text of the chosen option.
    OptionText,
    /// An attribute.
    Attribute(String),
}

//! What can be waited for on a page.

use regex::Regex;

use super::Target;

/// Something that a page shows or not.
#[derive(Debug, Clone)]
pub enum Condition {
    /// The element is there and visible.
    Visible(Target),
    /// The element is absent or invisible.
    Hidden(Target),
    /// The element is visible and can be used.
    Enabled(Target),
    /// A visible element has this text.
    Text {
        /// The element.
        at: Target,
        /// Its text.
        matches: TextMatch,
    },
    /// A field holds this.
    Value {
        /// The field.
        at: Target,
        /// What it holds.
        matches: ValueMatch,
    },
    /// The page's address is like this.
    Url(UrlGlob),
    /// The portal answered some request with one of these statuses.
    Response {
        /// The request's address.
        url: UrlGlob,
        /// The statuses.
        statuses: Vec<u16>,
    },
    /// All of these.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// How a text is compared. White space is folded on both sides.
#[derive(Debug, Clone)]
pub enum TextMatch {
    /// Exactly this.
    Equals(String),
    /// This somewhere, whatever the case.
    Contains(String),
    /// This pattern somewhere.
    Matches(Regex),
}

impl TextMatch {
    /// Whether `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Self::Equals(wanted) => folded == *wanted,
            Self::Contains(wanted) => folded.to_lowercase().contains(&wanted.to_lowercase()),
            Self::Matches(pattern) => pattern.is_match(&folded),
        }
    }
}

/// What a field may hold.
#[derive(Debug, Clone)]
pub enum ValueMatch {
    /// Anything but nothing.
    NonEmpty,
    /// Exactly this.
    Equals(String),
    /// This pattern.
    Matches(Regex),
}

/// A URL pattern: `*` stands for any run of characters. Without a scheme it is relative to the portal's base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlGlob(pub String);

/// What is read of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadWhat {
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

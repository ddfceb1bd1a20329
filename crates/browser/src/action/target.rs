//! Saying which element is meant.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An element, addressed in one or several ways that must agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The ways. All of them must find the same single element.
    pub locators: Vec<Locator>,
}

impl Target {
    /// An element by one way.
    pub fn one(locator: Locator) -> Self {
        Self {
            locators: vec![locator],
        }
    }

    /// An element by a CSS selector.
    pub fn css(selector: impl Into<String>) -> Self {
        Self::one(Locator::Css(selector.into()))
    }

    pub(crate) fn to_script(&self) -> Value {
        self.locators.iter().map(Locator::to_script).collect()
    }
}

/// One way to address an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locator {
    /// A CSS selector.
    Css(String),
    /// An `XPath` expression.
    XPath(String),
    /// The innermost element whose whole text this is, white space collapsed.
    Text(String),
    /// The form control with this label.
    Label(String),
}

impl Locator {
    pub(crate) fn to_script(&self) -> Value {
        let (by, value) = match self {
            Self::Css(value) => ("css", value),
            Self::XPath(value) => ("xpath", value),
            Self::Text(value) => ("text", value),
            Self::Label(value) => ("label", value),
        };
        json!({"by": by, "value": value})
    }
}

/// How a text is compared. White space is collapsed on both sides first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextMatch {
    /// The whole text.
    Equals(String),
    /// A part of it, whatever the case.
    Contains(String),
    /// A regular expression, anywhere in it.
    Matches(String),
}

impl TextMatch {
    /// Compares. An expression that cannot be read matches nothing.
    pub fn matches(&self, text: &str) -> bool {
        let text = crate::text::normalize(text);
        match self {
            Self::Equals(wanted) => text == crate::text::normalize(wanted),
            Self::Contains(wanted) => text
                .to_lowercase()
                .contains(&crate::text::normalize(wanted).to_lowercase()),
            Self::Matches(expression) => {
                regex::Regex::new(expression).is_ok_and(|regex| regex.is_match(&text))
            }
        }
    }

    pub(crate) fn to_script(&self) -> Value {
        let (by, value) = match self {
            Self::Equals(value) => ("equals", value),
            Self::Contains(value) => ("contains", value),
            Self::Matches(value) => ("matches", value),
        };
        json!({"by": by, "value": value})
    }
}

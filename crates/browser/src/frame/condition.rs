//! What can be waited for.

use std::fmt;

use serde_json::{Value, json};

use crate::action::{Locator, Target, TextMatch};
use crate::gate::UrlGlob;

/// What can be waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Exactly one visible element.
    Visible(Target),
    /// No visible element: hidden, or not there.
    Hidden(Target),
    /// Exactly one visible element, and it can be used.
    Enabled(Target),
    /// Exactly one of the visible elements of the target has such a text.
    Text {
        /// The elements.
        target: Target,
        /// The text.
        matches: TextMatch,
    },
    /// Exactly one of the visible elements of the target holds such a value.
    Value {
        /// The elements.
        target: Target,
        /// The value.
        matches: ValueMatch,
    },
    /// The frame's document has such an address.
    Url(UrlGlob),
    /// Some visible element of the target has a text that is not empty, however many there are.
    AnyText(Target),
    /// Such an answer came since the last act or navigation of the page began.
    Response {
        /// The address.
        url: UrlGlob,
        /// One of these statuses; none given: any.
        statuses: Vec<u16>,
    },
    /// All of these at the same time.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// How a value is compared.
#[derive(Clone, PartialEq, Eq)]
pub enum ValueMatch {
    /// Anything.
    NonEmpty,
    /// Exactly this.
    Equals(String),
    /// A regular expression, anywhere in it.
    Matches(String),
}

impl fmt::Debug for ValueMatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NonEmpty => "NonEmpty",
            Self::Equals(_) => "Equals",
            Self::Matches(_) => "Matches",
        })
    }
}

/// The condition that came true.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the list.
    pub index: usize,
    /// The text of its element, if it is about one.
    pub text: Option<String>,
}

impl fmt::Debug for Hit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hit({})", self.index)
    }
}

/// What is known outside of the page's script.
pub(crate) struct Outside<'a> {
    pub(crate) url: &'a str,
    pub(crate) responses: &'a [(String, u16)],
}

impl Condition {
    /// For the script: what is known outside of it becomes `true` or `false`.
    pub(crate) fn to_script(&self, outside: &Outside<'_>) -> Value {
        match self {
            Self::Visible(target) => json!({"is": "visible", "target": target.to_script()}),
            Self::Hidden(target) => json!({"is": "hidden", "target": target.to_script()}),
            Self::Enabled(target) => json!({"is": "enabled", "target": target.to_script()}),
            Self::Text { target, matches } => {
                json!({"is": "text", "target": target.to_script(), "matches": matches.to_script()})
            }
            Self::Value { target, matches } => {
                let matches = match matches {
                    ValueMatch::NonEmpty => json!({"by": "nonempty"}),
                    ValueMatch::Equals(value) => json!({"by": "exactly", "value": value}),
                    ValueMatch::Matches(value) => json!({"by": "matches", "value": value}),
                };
                json!({"is": "value", "target": target.to_script(), "matches": matches})
            }
            Self::AnyText(target) => json!({"is": "any_text", "target": target.to_script()}),
            Self::Url(glob) => known(self, glob.matches(outside.url)),
            Self::Response { url, statuses } => {
                let fits = |(seen, status): &(String, u16)| {
                    url.matches(seen) && (statuses.is_empty() || statuses.contains(status))
                };
                known(self, outside.responses.iter().any(fits))
            }
            Self::All(parts) => json!({"is": "all", "of": list(parts, outside)}),
            Self::Any(parts) => json!({"is": "any", "of": list(parts, outside)}),
        }
    }

    /// Whether it holds, if that can be said without a look into the page.
    pub(crate) fn known(&self, outside: &Outside<'_>) -> Option<bool> {
        match self {
            Self::Url(_) | Self::Response { .. } => self.to_script(outside)["holds"].as_bool(),
            Self::All(parts) => {
                let known: Vec<_> = parts.iter().map(|part| part.known(outside)).collect();
                if known.contains(&Some(false)) {
                    return Some(false);
                }
                known.iter().all(|part| *part == Some(true)).then_some(true)
            }
            Self::Any(parts) => {
                let known: Vec<_> = parts.iter().map(|part| part.known(outside)).collect();
                if known.contains(&Some(true)) {
                    return Some(true);
                }
                known
                    .iter()
                    .all(|part| *part == Some(false))
                    .then_some(false)
            }
            _ => None,
        }
    }

    pub(crate) fn responses<'a>(&'a self, into: &mut Vec<&'a UrlGlob>) {
        match self {
            Self::Response { url, .. } => into.push(url),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.responses(into);
                }
            }
            _ => {}
        }
    }
}

fn known(condition: &Condition, holds: bool) -> Value {
    json!({"is": "known", "holds": holds, "what": condition.to_string()})
}

fn list(parts: &[Condition], outside: &Outside<'_>) -> Vec<Value> {
    parts.iter().map(|part| part.to_script(outside)).collect()
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Visible(target) => write!(formatter, "{target} to be visible"),
            Self::Hidden(target) => write!(formatter, "{target} to be hidden"),
            Self::Enabled(target) => write!(formatter, "{target} to be enabled"),
            Self::Text { target, .. } => write!(formatter, "{target} to have a certain text"),
            Self::Value { target, .. } => write!(formatter, "{target} to have a certain value"),
            Self::AnyText(target) => write!(formatter, "{target} to say something"),
            Self::Url(glob) => write!(formatter, "the address {glob}"),
            Self::Response { url, .. } => write!(formatter, "an answer of {url}"),
            Self::All(parts) => join(formatter, parts, " and "),
            Self::Any(parts) => join(formatter, parts, " or "),
        }
    }
}

fn join(formatter: &mut fmt::Formatter<'_>, parts: &[Condition], word: &str) -> fmt::Result {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    write!(formatter, "({})", parts.join(word))
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let locators: Vec<String> = self.locators.iter().map(ToString::to_string).collect();
        formatter.write_str(&locators.join(" = "))
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Css(value) => formatter.write_str(value),
            Self::XPath(value) => write!(formatter, "xpath {value}"),
            Self::Text(value) => write!(formatter, "text \"{value}\""),
            Self::Label(value) => write!(formatter, "label \"{value}\""),
        }
    }
}

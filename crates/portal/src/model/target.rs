//! Which element is meant.

use std::fmt;

/// An element. Several locators must agree on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target(pub Vec<Locator>);

/// One way to find an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// A CSS selector.
    Css(String),
    /// An `XPath`.
    XPath(String),
    /// The text it shows, exactly.
    Text(String),
    /// The text of its label, exactly.
    Label(String),
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Css(css) => f.write_str(css),
            Self::XPath(path) => write!(f, "xpath={path}"),
            Self::Text(text) => write!(f, "text={text}"),
            Self::Label(text) => write!(f, "label={text}"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, locator) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" and ")?;
            }
            locator.fmt(f)?;
        }
        Ok(())
    }
}

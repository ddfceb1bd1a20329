//! The definition's words in the browser's.

use formhand_browser as browser;
use formhand_domain::FailureCode;
use formhand_portal as portal;
use url::Url;

use super::Stop;

/// An element.
pub(crate) fn target(target: &portal::Target) -> browser::Target {
    browser::Target {
        locators: target.0.iter().map(locator).collect(),
    }
}

/// One way to find it.
pub(crate) fn locator(locator: &portal::Locator) -> browser::Locator {
    match locator {
        portal::Locator::Css(text) => browser::Locator::Css(text.clone()),
        portal::Locator::XPath(text) => browser::Locator::XPath(text.clone()),
        portal::Locator::Text(text) => browser::Locator::Text(text.clone()),
        portal::Locator::Label(text) => browser::Locator::Label(text.clone()),
    }
}

/// Conditions, in their order.
pub(crate) fn conditions(base: &Url, of: &[portal::Condition]) -> Vec<browser::Condition> {
    of.iter().map(|one| condition(base, one)).collect()
}

/// One condition.
pub(crate) fn condition(base: &Url, of: &portal::Condition) -> browser::Condition {
    use portal::Condition as Of;
    match of {
        Of::Visible(at) => browser::Condition::Visible(target(at)),
        Of::Hidden(at) => browser::Condition::Hidden(target(at)),
        Of::Enabled(at) => browser::Condition::Enabled(target(at)),
        Of::Text { at, matches } => browser::Condition::Text {
            target: target(at),
            matches: text_match(matches),
        },
        Of::Value { at, matches } => {
            let matches = match matches {
                portal::ValueMatch::NonEmpty => browser::ValueMatch::NonEmpty,
                portal::ValueMatch::Equals(text) => browser::ValueMatch::Equals(text.clone()),
                portal::ValueMatch::Matches(pattern) => {
                    browser::ValueMatch::Matches(pattern.as_str().to_owned())
                }
            };
            browser::Condition::Value {
                target: target(at),
                matches,
            }
        }
        Of::Url(glob) => browser::Condition::Url(url_glob(base, glob)),
        Of::Response { url, statuses } => browser::Condition::Response {
            url: url_glob(base, url),
            statuses: statuses.clone(),
        },
        Of::All(all) => browser::Condition::All(conditions(base, all)),
        Of::Any(any) => browser::Condition::Any(conditions(base, any)),
    }
}

/// What shows that the elements of a condition are gone, if it is about elements.
pub(crate) fn absence(of: &portal::Condition) -> Option<browser::Condition> {
    use portal::Condition as Of;
    match of {
        Of::Visible(at) | Of::Enabled(at) | Of::Text { at, .. } | Of::Value { at, .. } => {
            Some(browser::Condition::Hidden(target(at)))
        }
        Of::All(all) => {
            let gone: Vec<_> = all.iter().filter_map(absence).collect();
            (!gone.is_empty()).then_some(browser::Condition::Any(gone))
        }
        Of::Any(any) => any
            .iter()
            .map(absence)
            .collect::<Option<_>>()
            .map(browser::Condition::All),
        Of::Hidden(_) | Of::Url(_) | Of::Response { .. } => None,
    }
}

/// How a text is compared.
pub(crate) fn text_match(of: &portal::TextMatch) -> browser::TextMatch {
    match of {
        portal::TextMatch::Equals(text) => browser::TextMatch::Equals(text.clone()),
        portal::TextMatch::Contains(text) => browser::TextMatch::Contains(text.clone()),
        portal::TextMatch::Matches(pattern) => {
            browser::TextMatch::Matches(pattern.as_str().to_owned())
        }
    }
}

/// An address pattern; a path is one of the portal's own base.
pub(crate) fn url_glob(base: &Url, glob: &portal::UrlGlob) -> browser::UrlGlob {
    if glob.0.starts_with('/') {
        let origin = base.origin().ascii_serialization();
        browser::UrlGlob::new(format!("{origin}{}", glob.0))
    } else {
        browser::UrlGlob::new(glob.0.clone())
    }
}

/// What is read of an element.
pub(crate) fn read_what(of: &portal::ReadWhat) -> browser::ReadWhat {
    match of {
        portal::ReadWhat::Value => browser::ReadWhat::Value,
        portal::ReadWhat::Text => browser::ReadWhat::Text,
        portal::ReadWhat::Checked => browser::ReadWhat::Checked,
        portal::ReadWhat::OptionText => browser::ReadWhat::OptionText,
        portal::ReadWhat::Attribute(name) => browser::ReadWhat::Attribute(name.clone()),
    }
}

/// An address of the portal, which the definition may write without its base.
pub(crate) fn absolute(base: &Url, address: &str) -> Result<Url, Stop> {
    base.join(address).map_err(|error| {
        let message = format!("{address:?} is no address: {error}");
        Stop::failed(FailureCode::DefinitionError, message)
    })
}

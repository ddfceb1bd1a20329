//! Locators and URL patterns.

use url::Url;

use super::Checker;
use crate::{
    diagnostic::Span,
    model::{Locator, Target, UrlGlob},
    raw::{self, Text},
};

impl Checker<'_> {
    pub(super) fn target(&self, raw: &raw::Target) -> Option<Target> {
        let span = raw.0.span;
        if raw.0.value.0.is_empty() {
            return self.error(span, "no locator is given", "such as \"#FirstName\"");
        }
        let found: Vec<Option<Locator>> = raw
            .0
            .value
            .0
            .iter()
            .map(|text| self.locator_at(span, text))
            .collect();
        found.into_iter().collect::<Option<Vec<_>>>().map(Target)
    }

    pub(super) fn locator(&self, text: &Text) -> Option<Locator> {
        self.locator_at(text.span, &text.value)
    }

    fn locator_at(&self, span: Span, text: &str) -> Option<Locator> {
        if text.contains("{{") {
            return self.error(
                span,
                "a locator has no values in it: values travel only as data",
                "find the element by what does not change, and compare what it holds",
            );
        }
        let locator = match text.split_once('=') {
            Some(("xpath", path)) => Locator::XPath(path.trim().to_owned()),
            Some(("text", words)) => Locator::Text(fold(words)),
            Some(("label", words)) => Locator::Label(fold(words)),
            _ => Locator::Css(text.trim().to_owned()),
        };
        match &locator {
            Locator::XPath(text) | Locator::Text(text) | Locator::Label(text)
                if text.is_empty() =>
            {
                self.error(span, "the locator is empty", "such as `text=Save`")
            }
            Locator::XPath(path) if !balanced(path) => self.error(
                span,
                "the XPath has an open bracket or quote",
                "such as `xpath=//li/a[.='Two Wheeler']`",
            ),
            Locator::Css(css) => match css_fault(css) {
                Some((message, help)) => self.error(span, message, help),
                None => Some(locator),
            },
            _ => Some(locator),
        }
    }

    /// A pattern of addresses that stays within the portal's origins.
    pub(super) fn url_glob(&self, text: &Text) -> Option<UrlGlob> {
        let pattern = text.value.trim();
        let fits = pattern.starts_with(['/', '*']) || self.within_origins(pattern);
        if pattern.is_empty() || !fits {
            return self.error(
                text.span,
                "is not an address of this portal",
                format!("start with `/`, `*` or one of: {}", self.origins.join(", ")),
            );
        }
        Some(UrlGlob(pattern.to_owned()))
    }

    /// The same as an absolute pattern, for what is guarded by it.
    pub(super) fn absolute_glob(&self, text: &Text) -> Option<UrlGlob> {
        let UrlGlob(pattern) = self.url_glob(text)?;
        if pattern.starts_with('*') {
            return self.error(
                text.span,
                "a commit request needs a definite address",
                "start with `/`; `*` may follow later",
            );
        }
        if pattern.starts_with('/') {
            return Some(UrlGlob(format!(
                "{}{pattern}",
                self.base.origin().ascii_serialization()
            )));
        }
        Some(UrlGlob(pattern))
    }

    /// Whether an absolute address, with `*` in it or not, is one of this portal's.
    pub(super) fn within_origins(&self, pattern: &str) -> bool {
        let scheme_end = pattern.find("://").map(|at| at + 3);
        let Some(start) = scheme_end else {
            return false;
        };
        let end = pattern[start..]
            .find('/')
            .map_or(pattern.len(), |at| at + start);
        let Ok(origin) = Url::parse(&pattern[..end]) else {
            return false;
        };
        self.origins
            .contains(&origin.origin().ascii_serialization())
    }
}

fn fold(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is plainly wrong with a CSS selector. The browser has the last word.
fn css_fault(css: &str) -> Option<(&'static str, &'static str)> {
    const JQUERY: [&str; 8] = [
        ":visible",
        ":hidden",
        ":contains(",
        ":eq(",
        ":first)",
        ":last)",
        ":input",
        ":button",
    ];
    if css.is_empty() {
        return Some(("the locator is empty", "such as \"#FirstName\""));
    }
    if css.starts_with("//") || css.starts_with("(//") || css.starts_with("./") {
        return Some(("this looks like an XPath", "write `xpath=` before it"));
    }
    if JQUERY.iter().any(|word| css.contains(word)) {
        return Some((
            "this is jQuery, not CSS",
            "use `text=…` for a text; visibility is what actions wait for by themselves",
        ));
    }
    let ends = css.ends_with(['>', '+', '~', ',', '.', '#', ':']) || css.starts_with([',', '>']);
    if !balanced(css) || ends || css.contains("##") || css.contains("..") {
        return Some((
            "this is not a CSS selector",
            "such as `#FirstName` or `input[name=\"a\"]`",
        ));
    }
    None
}

fn balanced(text: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(next) = chars.next() {
        match (quote, next) {
            (_, '\\') => {
                chars.next();
            }
            (Some(mark), next) if mark == next => quote = None,
            (None, '"' | '\'') => quote = Some(next),
            (None, '(' | '[') => open.push(next),
            (None, ')') if open.pop() != Some('(') => return false,
            (None, ']') if open.pop() != Some('[') => return false,
            _ => {}
        }
    }
    open.is_empty() && quote.is_none()
}

//! A line of a console.

use serde::Serialize;

use super::request::{blanked_place, place_of};
use crate::Sensitive;

/// What is kept of a line in the end.
const LONGEST_CHARACTERS: usize = 2_000;

/// What is held of it until it is redacted: a value must not be cut in two before it is found.
const HELD_CHARACTERS: usize = 2 * LONGEST_CHARACTERS;

/// A line of a console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsoleLine {
    /// When it came, in milliseconds since the beginning of the journal.
    pub at_ms: u64,
    /// `error`, `warning`, `info` and so on, in Chromium's words.
    pub level: String,
    /// Who wrote it, such as `console-api`, `network`, `security` or `page`.
    pub by: String,
    /// What it says.
    pub text: String,
    /// The script that wrote it, without a query.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The line of that script.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl ConsoleLine {
    pub(crate) fn new(
        at_ms: u64,
        level: &str,
        by: &str,
        text: &str,
        url: &str,
        line: Option<u64>,
    ) -> Self {
        Self {
            at_ms,
            level: level.to_owned(),
            by: by.to_owned(),
            text: text.chars().take(HELD_CHARACTERS).collect(),
            source: place_of(url),
            line,
        }
    }

    pub(super) fn redact(&mut self, sensitive: &Sensitive) {
        let text = sensitive.redact(&without_queries(&self.text));
        self.text = text.chars().take(LONGEST_CHARACTERS).collect();
        self.source = blanked_place(&self.source, sensitive);
    }
}

/// Addresses in a text without their queries: what was typed stands there in forms that no rule finds.
fn without_queries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, address) = rest.split_at(at + 3);
        let end = address
            .find(|c: char| c.is_whitespace() || "\"'<>`".contains(c))
            .unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        out.push_str(before);
        match address.find(['?', '#']) {
            Some(query) => {
                out.push_str(&address[..query]);
                out.push_str("?…");
            }
            None => out.push_str(address),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kf43_a_line_holds_no_value_and_no_query() {
        let sensitive = Sensitive {
            values: vec!["Asha Example".to_owned()],
        };
        let text =
            "saved Asha Example: GET http://a.example/x?name=QXNoYQ#y 'https://b.example/?q'";
        let mut line = ConsoleLine::new(
            5,
            "error",
            "console-api",
            text,
            "http://a.example/asha%20example.js?v=1",
            None,
        );
        line.redact(&sensitive);
        assert_eq!(
            line.text,
            "saved ▒▒▒: GET http://a.example/x?… 'https://b.example/?…'"
        );
        assert_eq!(line.source, "http://a.example/▒▒▒");
    }

    #[test]
    fn a_value_is_not_cut_in_two_before_it_is_found() {
        let sensitive = Sensitive {
            values: vec!["Asha Example".to_owned()],
        };
        let text = format!("{}Asha Example", "x ".repeat(LONGEST_CHARACTERS / 2 - 2));
        let mut line = ConsoleLine::new(0, "info", "console-api", &text, "", None);
        line.redact(&sensitive);
        assert!(line.text.ends_with("x ▒▒▒"), "{}", line.text);
    }
}

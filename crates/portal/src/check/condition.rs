//! Conditions, texts and patterns.

use regex::Regex;

use super::Checker;
use crate::{
    diagnostic::Span,
    model::{Condition, TextMatch, ValueMatch},
    parse::{Many, Spanned},
    raw::{self, Text},
};

impl Checker<'_> {
    pub(super) fn condition(&self, raw: &Spanned<raw::Condition>) -> Option<Condition> {
        Some(match &raw.value {
            raw::Condition::Visible(at) => Condition::Visible(self.target(at)?),
            raw::Condition::Hidden(at) => Condition::Hidden(self.target(at)?),
            raw::Condition::Enabled(at) => Condition::Enabled(self.target(at)?),
            raw::Condition::Text(text) => {
                let at = self.target(&text.at);
                let matches =
                    self.text_match(raw.span, [&text.equals, &text.contains, &text.matches]);
                Condition::Text {
                    at: at?,
                    matches: matches?,
                }
            }
            raw::Condition::Value(value) => {
                let at = self.target(&value.at);
                let matches = self.value_match(raw.span, value);
                Condition::Value {
                    at: at?,
                    matches: matches?,
                }
            }
            raw::Condition::Url(url) => Condition::Url(self.url_glob(url)?),
            raw::Condition::Response(sign) => {
                let url = self.url_glob(&sign.url);
                self.statuses(raw.span, &sign.status, false)?;
                Condition::Response {
                    url: url?,
                    statuses: sign.status.clone(),
                }
            }
            raw::Condition::All(list) => Condition::All(self.conditions(raw.span, list)?),
            raw::Condition::Any(list) => Condition::Any(self.conditions(raw.span, list)?),
        })
    }

    pub(super) fn conditions(
        &self,
        span: Span,
        list: &Many<Spanned<raw::Condition>>,
    ) -> Option<Vec<Condition>> {
        if list.0.is_empty() {
            return self.error(
                span,
                "the list of conditions is empty",
                "such as `- visible: \"#x\"`",
            );
        }
        let found: Vec<_> = list
            .0
            .iter()
            .map(|condition| self.condition(condition))
            .collect();
        found.into_iter().collect()
    }

    /// `equals`, `contains` or `matches`.
    pub(super) fn text_match(&self, span: Span, given: [&Option<Text>; 3]) -> Option<TextMatch> {
        const NAMES: [&str; 3] = ["equals", "contains", "matches"];
        let found = NAMES.iter().zip(given);
        let found = found
            .filter_map(|(name, text)| Some((*name, (*name, text.as_ref()?))))
            .collect();
        let (name, text) = self.exactly_one(span, found, &NAMES)?;
        if text.value.trim().is_empty() {
            return self.error(
                text.span,
                "an empty text matches everything",
                "say which words count",
            );
        }
        let folded = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(match name {
            "equals" => TextMatch::Equals(folded),
            "contains" => TextMatch::Contains(folded),
            _ => TextMatch::Matches(self.regex(text)?),
        })
    }

    fn value_match(&self, span: Span, raw: &raw::ValueCondition) -> Option<ValueMatch> {
        let mut found = Vec::new();
        if raw.non_empty == Some(true) {
            found.push(("non_empty", None));
        }
        found.extend(raw.equals.as_ref().map(|text| ("equals", Some(text))));
        found.extend(raw.matches.as_ref().map(|text| ("matches", Some(text))));
        let equals = raw.equals.is_some();
        match self.exactly_one(span, found, &["non_empty: true", "equals", "matches"])? {
            None => Some(ValueMatch::NonEmpty),
            Some(text) if equals => Some(ValueMatch::Equals(text.value.clone())),
            Some(text) => self.regex(text).map(ValueMatch::Matches),
        }
    }

    pub(super) fn regex(&self, text: &Text) -> Option<Regex> {
        match Regex::new(&text.value) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let last = error.to_string();
                let reason = last
                    .lines()
                    .last()
                    .unwrap_or_default()
                    .trim_start_matches("error: ");
                let message = format!("is not a valid pattern: {reason}");
                self.error(
                    text.span,
                    message,
                    "in double quotes a backslash is written twice",
                )
            }
        }
    }

    pub(super) fn statuses(&self, span: Span, statuses: &[u16], may_be_empty: bool) -> Option<()> {
        let sound = statuses.iter().all(|status| (100..=999).contains(status));
        if sound && (may_be_empty || !statuses.is_empty()) {
            return Some(());
        }
        self.error(
            span,
            "expected HTTP statuses from 100 to 999",
            "such as `status: [401]`",
        )
    }
}

//! Templates and expressions: well formed, and of nothing but what is there.

use std::collections::BTreeSet;

use super::{Checker, guard::self_guarded, place::Place};
use crate::{
    diagnostic::{Span, list_names, suggest},
    raw::Text,
    record::Found,
    value::{Expression, Template, Token, ValueError, tokens},
};

impl Checker<'_> {
    pub(super) fn template(&self, text: &Text, place: &Place<'_>) -> Option<Template> {
        let source = text.value.as_str();
        if source.contains("{%") || source.contains("{#") {
            return self.error(
                text.span,
                "a template has no statements",
                "put an `if:` on the step, or write `{{ … if … is defined else … }}`",
            );
        }
        let template = Template::new(source, &self.language)
            .map_err(|error| self.value_error(text.span, &error))
            .ok()?;
        let words = tokens(source, false);
        let sound = self.words(text.span, &words)
            & self.names(text.span, template.variables(), &words, place);
        sound.then_some(template)
    }

    pub(super) fn expression(&self, text: &Text, place: &Place<'_>) -> Option<Expression> {
        let source = text.value.as_str();
        if source.contains("{{") {
            return self.error(
                text.span,
                "an expression stands without braces",
                "such as `record.middleName is defined`",
            );
        }
        let expression = Expression::new(source, &self.language)
            .map_err(|error| self.value_error(text.span, &error))
            .ok()?;
        let words = tokens(source, true);
        let sound = self.words(text.span, &words)
            & self.names(text.span, expression.variables(), &words, place);
        sound.then_some(expression)
    }

    fn value_error(&self, span: Span, error: &ValueError) {
        self.error::<()>(
            span,
            error.to_string(),
            "such as `{{ record.firstName | upper }}`",
        );
    }

    /// Names are there at this place, for certain.
    fn names(
        &self,
        span: Span,
        names: &BTreeSet<String>,
        words: &[Token],
        place: &Place<'_>,
    ) -> bool {
        let guarded = self_guarded(words);
        let mut sound = true;
        for name in names {
            let certain = |name: &str| place.facts.defines(name) || guarded.contains(name);
            let (root, rest) = name.split_once('.').unwrap_or((name, ""));
            sound &= match root {
                "record" if place.fields.is_some() => self.record_name(span, rest, place, &certain),
                "account" if place.logs_in() => self.account_name(span, rest),
                "captures" => self.capture_name(span, rest, place, &certain),
                "item" if place.item => true,
                _ => self.no_name(span, root, name, place),
            };
        }
        sound
    }

    fn record_name(
        &self,
        span: Span,
        path: &str,
        place: &Place<'_>,
        certain: &dyn Fn(&str) -> bool,
    ) -> bool {
        let Some(fields) = place.fields else {
            return false;
        };
        if path.is_empty() {
            self.error::<()>(
                span,
                "`record` is the whole record",
                list_fields(fields.names()),
            );
            return false;
        }
        match fields.find(path) {
            Found::Nothing { part, valid } => {
                let help = suggest(&part, valid.iter().copied());
                self.error::<()>(span, format!("the record has no field `{part}`"), help);
                false
            }
            Found::Field { uncertain } => {
                let missing = uncertain
                    .iter()
                    .find(|part| !certain(&format!("record.{part}")));
                if let Some(part) = missing {
                    self.error::<()>(
                        span,
                        format!("record.{part} may be missing"),
                        format!(
                            "add `if: record.{part} is defined` to the step, or make it required"
                        ),
                    );
                }
                missing.is_none()
            }
        }
    }

    fn account_name(&self, span: Span, name: &str) -> bool {
        let known = matches!(name, "user" | "password");
        if !known {
            self.error::<()>(
                span,
                format!("there is no `account.{name}`"),
                "valid: account.user, account.password",
            );
        }
        known
    }

    fn capture_name(
        &self,
        span: Span,
        name: &str,
        place: &Place<'_>,
        certain: &dyn Fn(&str) -> bool,
    ) -> bool {
        let name = name.split('.').next().unwrap_or(name);
        match place.captures.get(name) {
            Some(true) => true,
            Some(false) if certain(&format!("captures.{name}")) => true,
            Some(false) => {
                self.error::<()>(
                    span,
                    format!(
                        "captures.{name} may be missing: the step that reads it is not always done"
                    ),
                    format!("add `if: captures.{name} is defined` to the step"),
                );
                false
            }
            None => {
                let help = suggest(name, place.captures.keys().map(String::as_str));
                self.error::<()>(
                    span,
                    format!("nothing was captured as `{name}` up to here"),
                    help,
                );
                false
            }
        }
    }

    fn no_name(&self, span: Span, root: &str, name: &str, place: &Place<'_>) -> bool {
        let (message, help) = match root {
            "account" => (
                "the account is known only in `session.login`".to_owned(),
                "a flow runs in a session that is logged in already".to_owned(),
            ),
            "record" => (
                "a login has no record".to_owned(),
                "valid: account.user, account.password, captures".to_owned(),
            ),
            "item" => (
                "`item` is known only inside `each`".to_owned(),
                "such as `each: {of: record.nominees, steps: […]}`".to_owned(),
            ),
            _ => {
                let near = place
                    .fields
                    .and_then(|fields| fields.names().find(|field| *field == name));
                let help = match near {
                    Some(field) => format!("did you mean `record.{field}`?"),
                    None => list_names(["record", "captures", "item"].into_iter()),
                };
                (format!("there is no `{root}`"), help)
            }
        };
        self.error::<()>(span, message, help);
        false
    }
}

fn list_fields<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let first: Vec<String> = names.take(3).map(|name| format!("record.{name}")).collect();
    format!("name a field, such as {}", first.join(", "))
}

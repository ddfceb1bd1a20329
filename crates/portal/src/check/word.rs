//! The words of the template language: filters, tests, functions, code lists. The engine finds them only when rendering.

use super::Checker;
use crate::{
    diagnostic::{Span, suggest},
    value::{Language, Token},
};

/// Words of the language that may stand before a bracket.
const WORDS: &[&str] = &["and", "or", "not", "in", "is", "if", "else"];

impl Checker<'_> {
    /// Filters, tests, functions and code lists are known.
    pub(super) fn words(&self, span: Span, words: &[Token]) -> bool {
        let mut sound = true;
        for (index, word) in words.iter().enumerate() {
            let Token::Name(name) = word else {
                continue;
            };
            let before = index.checked_sub(1).and_then(|index| words.get(index));
            let after = words.get(index + 1);
            let filter = matches!(before, Some(Token::Sign(sign)) if sign == "|");
            let test = matches!(before, Some(Token::Name(is)) if is == "is") && name != "not"
                || matches!(before, Some(Token::Name(not)) if not == "not")
                    && index >= 2
                    && matches!(&words[index - 2], Token::Name(is) if is == "is");
            let called = matches!(after, Some(Token::Sign(sign)) if sign == "(");
            sound &= if filter {
                self.filter(span, name, words.get(index + 2).filter(|_| called), called)
            } else if test {
                self.known(span, "test", name, Language::TESTS)
            } else if called && !WORDS.contains(&name.as_str()) {
                self.error::<()>(
                    span,
                    format!("there is no function `{name}`"),
                    format!("filters: {}", Language::FILTERS.join(", ")),
                );
                false
            } else {
                true
            };
        }
        sound
    }

    fn filter(&self, span: Span, name: &str, argument: Option<&Token>, called: bool) -> bool {
        if name == "default" || name == "d" {
            self.error::<()>(
                span,
                "there is no `default`: a value that the record lacks is never made up",
                "make the field required, or put `if: … is defined` on the step",
            );
            return false;
        }
        if !self.known(span, "filter", name, Language::FILTERS) {
            return false;
        }
        match (name, argument) {
            ("map", Some(Token::Text(list))) => {
                let lists = self.language.lists();
                if lists.contains_key(list) {
                    return true;
                }
                let help = suggest(list, lists.keys().map(String::as_str));
                self.error::<()>(
                    span,
                    format!("there is no code list `{list}` under `maps`"),
                    help,
                );
                false
            }
            ("map", _) => {
                self.error::<()>(
                    span,
                    "`map` needs the name of a code list",
                    "such as `map(\"states\")`",
                );
                false
            }
            ("date", Some(Token::Text(form))) => {
                let sound =
                    jiff::fmt::strtime::format(form, jiff::civil::date(2000, 1, 31)).is_ok();
                if !sound {
                    self.error::<()>(
                        span,
                        format!("{form:?} is not a form of dates"),
                        "such as `date(\"%d-%m-%Y\")`",
                    );
                }
                sound
            }
            ("date", _) => {
                self.error::<()>(
                    span,
                    "`date` needs the form of the date",
                    "such as `date(\"%d-%m-%Y\")`",
                );
                false
            }
            _ if called => {
                self.error::<()>(
                    span,
                    format!("`{name}` takes nothing in brackets"),
                    format!("write `| {name}`"),
                );
                false
            }
            _ => true,
        }
    }

    fn known(&self, span: Span, what: &str, name: &str, valid: &'static [&'static str]) -> bool {
        let known = valid.contains(&name);
        if !known {
            let help = suggest(name, valid.iter().copied());
            self.error::<()>(span, format!("there is no {what} `{name}`"), help);
        }
        known
    }
}

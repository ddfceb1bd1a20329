//! How a field that was set is read back.

use super::{
    Checker,
    place::Place,
    read::{compare, read_what},
};
use crate::{
    model::{Compare, ReadWhat, Readback, Target},
    parse::Spanned,
    raw,
    value::Template,
};

/// How a field is checked if the definition says nothing else.
pub(super) struct Usual {
    pub(super) read: ReadWhat,
    pub(super) equals: Option<Template>,
    pub(super) compare: Compare,
}

pub(super) type Rule = Option<Spanned<raw::ReadbackRule>>;

impl Checker<'_> {
    /// The outer `None` means a recorded error, the inner one that the field is not read back.
    #[expect(
        clippy::option_option,
        reason = "an error and an answer of none are two things"
    )]
    pub(super) fn field_readback(
        &self,
        label: &str,
        at: &Target,
        usual: Usual,
        rule: &Rule,
        secret: bool,
        place: &Place<'_>,
    ) -> Option<Option<Readback>> {
        let Some(rule) = rule else {
            return Some(usual.equals.map(|equals| Readback {
                label: label.to_owned(),
                at: at.clone(),
                read: usual.read,
                equals,
                compare: usual.compare,
            }));
        };
        let Spanned { span, value: rule } = rule;
        let changed = rule.at.is_some()
            || rule.read.is_some()
            || rule.equals.is_some()
            || rule.compare.is_some();
        if let Some(reason) = &rule.skip {
            if reason.value.trim().is_empty() || changed {
                return self.error(
                    reason.span,
                    "a field that is not read back needs a reason and nothing else",
                    "such as `readback: {skip: the portal empties it}`",
                );
            }
            return Some(None);
        }
        if secret {
            return self.error(
                *span,
                "a secret is compared as it is, and never shown",
                "leave `readback` out",
            );
        }
        let at = match &rule.at {
            Some(other) => self.target(other)?,
            None => at.clone(),
        };
        let equals = match (&rule.equals, usual.equals) {
            (Some(text), _) => self.template(text, place)?,
            (None, Some(usual)) => usual,
            (None, None) => {
                return self.error(
                    *span,
                    "what the field should hold is missing",
                    "add `equals:`",
                );
            }
        };
        // Another element holds a value; only the field itself is read as its action reads it.
        let elsewhere = rule.at.is_some();
        let read = match &rule.read {
            Some(read) => read_what(read),
            None if elsewhere => ReadWhat::Value,
            None => usual.read,
        };
        Some(Some(Readback {
            label: label.to_owned(),
            at,
            read,
            equals,
            compare: rule.compare.map_or(usual.compare, compare),
        }))
    }
}

pub(super) fn usual(read: ReadWhat, equals: &Template) -> Usual {
    Usual {
        read,
        equals: Some(equals.clone()),
        compare: Compare::Exact,
    }
}

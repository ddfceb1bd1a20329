//! What becomes of a value.

use std::mem::discriminant;

use serde_json::{Map, Value};

use super::Checker;
use crate::{
    diagnostic::Span,
    mapping::{
        model::{Convert, Kind, Scale},
        raw::{As, LongRule, Ordered, Scalar},
    },
    parse::Spanned,
};

impl Checker<'_> {
    pub(super) fn convert(&self, span: Span, rule: &LongRule) -> Option<Convert> {
        let LongRule {
            kind,
            date,
            values,
            multiply,
            divide,
            ..
        } = rule;
        let said = [
            ("date", date.is_some()),
            ("values", values.is_some()),
            ("multiply", multiply.is_some()),
            ("divide", divide.is_some()),
            // A number of other units may become a text, too.
            (
                "as",
                kind.is_some() && multiply.is_none() && divide.is_none(),
            ),
        ];
        let said: Vec<&str> = said
            .into_iter()
            .filter_map(|(name, said)| said.then_some(name))
            .collect();
        if let [first, second, ..] = said.as_slice() {
            return self.error(
                span,
                format!("`{first}` and `{second}` exclude each other"),
                "at most one of: date, values, multiply, divide, as; `as` may stand beside multiply or divide",
            );
        }
        if let Some(date) = date {
            return self.date(date).map(Convert::Date);
        }
        if let Some(values) = values {
            return self.values(values).map(Convert::Values);
        }
        let scale = multiply
            .as_ref()
            .map(|factor| (factor, Scale::Multiply(factor.value)))
            .or_else(|| {
                divide
                    .as_ref()
                    .map(|divisor| (divisor, Scale::Divide(divisor.value)))
            });
        match (scale, kind.map(Kind::from)) {
            (None, None) => Some(Convert::Keep),
            (None, Some(kind)) => Some(Convert::As(kind)),
            (Some((factor, _)), _) if factor.value < 2 => self.error(
                factor.span,
                "expected a whole number from 2",
                "such as `divide: 100` for an amount in paise",
            ),
            (Some(_), Some(Kind::Boolean)) => self.error(
                span,
                "a number of other units is neither true nor false",
                "`as` is text, number or integer here",
            ),
            (Some((_, scale)), kind) => Some(Convert::Scale(scale, kind.unwrap_or(Kind::Number))),
        }
    }

    fn values(&self, raw: &Spanned<Ordered<Spanned<Scalar>>>) -> Option<Map<String, Value>> {
        let values = &raw.value.0;
        let Some((_, first)) = values.first() else {
            return self.error(
                raw.span,
                "the list has no word",
                "such as `values: {M: male, F: female}`",
            );
        };
        let other = values
            .iter()
            .find(|(_, value)| discriminant(&value.value.0) != discriminant(&first.value.0));
        if let Some((_, other)) = other {
            return self.error(
                other.span,
                format!("is {}, and the first value of the list is {}", word(&other.value.0), word(&first.value.0)),
                "all values of a list are of one kind; a text that looks like a number or a yes/no is written in quotes",
            );
        }
        Some(
            values
                .iter()
                .map(|(word, value)| (word.clone(), value.value.0.clone()))
                .collect(),
        )
    }
}

impl From<As> for Kind {
    fn from(raw: As) -> Self {
        match raw {
            As::Text => Self::Text,
            As::Number => Self::Number,
            As::Integer => Self::Integer,
            As::Boolean => Self::Boolean,
        }
    }
}

fn word(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        _ => "a text",
    }
}

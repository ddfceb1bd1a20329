//! What must hold of a document.

use super::Checker;
use crate::{
    mapping::{
        model::{Condition, Demand},
        raw,
    },
    parse::Spanned,
};

const DEMANDS: &str = "exactly one of: is, in, exists";

impl Checker<'_> {
    pub(super) fn condition(&self, raw: &Spanned<raw::Condition>) -> Option<Condition> {
        let path = self.path(&raw.value.path);
        let raw::Condition {
            is, one_of, exists, ..
        } = &raw.value;
        let demand = match (is, one_of, exists) {
            (Some(value), None, None) => Some(Demand::OneOf(vec![value.value.0.clone()])),
            (None, Some(values), None) if values.value.0.is_empty() => self.error(
                values.span,
                "no document can ever be ready: the list is empty",
                "such as `in: [ready, corrected]`",
            ),
            (None, Some(values), None) => Some(Demand::OneOf(
                values
                    .value
                    .0
                    .iter()
                    .map(|value| value.value.0.clone())
                    .collect(),
            )),
            (None, None, Some(exists)) => Some(Demand::Exists(*exists)),
            (None, None, None) => {
                self.error(raw.span, "nothing is said of what must hold there", DEMANDS)
            }
            _ => self.error(
                raw.span,
                "a condition makes one demand, and this makes several",
                DEMANDS,
            ),
        };
        Some(Condition {
            path: path?,
            demand: demand?,
        })
    }
}

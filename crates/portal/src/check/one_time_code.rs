//! One-time codes: where one may be asked for, and that it is given.

use std::ops::RangeInclusive;

use super::{
    Checker,
    place::{Part, Place},
};
use crate::{
    diagnostic::Span,
    model::{OneTimeCode, OneTimeCodeRule, Step, StepAction},
    raw,
};

/// Four digits are the shortest that we know, and nobody types more than ten.
const DIGITS: RangeInclusive<usize> = 4..=10;

impl Checker<'_> {
    pub(super) fn one_time_code(&self, raw: &raw::OneTimeCode) -> Option<OneTimeCode> {
        let asked = self.condition(&raw.asked);
        let errors_before = self.sink.len();
        let steps = self.steps(&raw.steps.value.0, &mut Place::one_time_code());
        if self.sink.len() == errors_before && !gives_code(&steps) {
            return self.error(
                raw.steps.span,
                "the one-time code is typed nowhere",
                "one step is `otp: {into: \"#code\", digits: 6}`",
            );
        }
        Some(OneTimeCode {
            asked: asked?,
            steps,
        })
    }

    /// The step that types the code.
    pub(super) fn otp(
        &self,
        raw: &raw::Otp,
        span: Span,
        place: &Place<'_>,
    ) -> Option<OneTimeCodeRule> {
        if place.part != Part::OneTimeCode {
            return self.error(
                span,
                "a one-time code is given only where the portal asked for it",
                "move the step to `session.one_time_code.steps`",
            );
        }
        let into = self.target(&raw.into);
        if !DIGITS.contains(&raw.digits.value) {
            let (least, most) = (DIGITS.start(), DIGITS.end());
            return self.error(
                raw.digits.span,
                format!("expected {least} to {most} digits"),
                "such as `digits: 6`",
            );
        }
        Some(OneTimeCodeRule {
            into: into?,
            digits: raw.digits.value,
        })
    }
}

fn gives_code(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.action {
        StepAction::OneTimeCode(_) => true,
        StepAction::Within { steps, .. } | StepAction::Each { steps, .. } => gives_code(steps),
        StepAction::When {
            then, otherwise, ..
        } => gives_code(then) || gives_code(otherwise),
        _ => false,
    })
}

//! Steps that hold steps: groups, frames, choices and blocks.

use super::{Checker, order, place::Place};
use crate::{
    diagnostic::{Span, suggest},
    model::{FrameOf, Step, StepAction},
    parse::Spanned,
    raw,
    value::{Expression, tokens},
};

/// Blocks in blocks in blocks are a maze.
const DEEPEST_BLOCKS: usize = 8;

impl Checker<'_> {
    /// Several steps as one.
    pub(super) fn group(&self, raw: &[Spanned<raw::Step>], place: &mut Place<'_>) -> StepAction {
        let mut inside = place.deeper();
        let steps = self.steps(raw, &mut inside);
        place.learn(&inside, true);
        StepAction::Do { steps }
    }

    pub(super) fn within(
        &self,
        raw: &raw::Within,
        span: Span,
        place: &mut Place<'_>,
    ) -> Option<StepAction> {
        let frame = match (&raw.frame, raw.popup) {
            (Some(frame), None) => self.target(frame).map(FrameOf::Frame),
            (None, Some(true)) => Some(FrameOf::Popup),
            _ => self.error(
                span,
                "expected one place to work in",
                "exactly one of: frame, popup: true",
            ),
        };
        let errors_before = self.sink.len();
        let mut inside = place.deeper();
        let steps = self.steps(&raw.steps.0, &mut inside);
        place.learn(&inside, true);
        if self.sink.len() == errors_before
            && let Some(line) = order::unread_field(&steps)
        {
            let at = raw
                .steps
                .0
                .iter()
                .map(|step| step.span)
                .find(|at| at.line == line);
            self.error::<()>(
                at.unwrap_or(span),
                "the field is set inside `within` and never compared there before the last click",
                "add `- readback: {}` after it: once the window is closed nobody can look",
            );
        }
        Some(StepAction::Within {
            frame: frame?,
            steps,
        })
    }

    pub(super) fn when(
        &self,
        raw: &Spanned<raw::When>,
        place: &mut Place<'_>,
    ) -> Option<StepAction> {
        let Spanned { span, value: when } = raw;
        let (record, page) = match (&when.record, &when.page) {
            (Some(text), None) => (Some(self.expression(text, place)?), None),
            (None, Some(page)) => (None, Some(self.condition(page)?)),
            _ => {
                return self.error(
                    *span,
                    "expected one question",
                    "exactly one of: record, page",
                );
            }
        };
        let mut then = place.deeper();
        let mut otherwise = place.deeper();
        if let Some(record) = &record {
            let words = tokens(record.source(), true);
            then.facts = place.facts.and(&words, place.fields);
            otherwise.facts = place.facts.and_not(&words, place.fields);
        }
        let then_steps = self.steps(&when.then.0, &mut then);
        let other_steps = self.steps(&when.otherwise.0, &mut otherwise);
        place.learn(&then, false);
        place.learn(&otherwise, false);
        Some(StepAction::When {
            record,
            page,
            then: then_steps,
            otherwise: other_steps,
        })
    }

    /// Puts a block's steps in its place.
    pub(super) fn block(
        &self,
        raw: &Spanned<raw::Step>,
        block: &raw::Text,
        condition: Option<Expression>,
        place: &mut Place<'_>,
        steps: &mut Vec<Step>,
    ) {
        let name = &block.value;
        let Some(content) = self.blocks.get(name) else {
            let help = suggest(name, self.blocks.keys().map(String::as_str));
            self.error::<()>(
                block.span,
                format!("there is no block `{name}` under `blocks`"),
                help,
            );
            return;
        };
        if place.blocks.contains(name) || place.blocks.len() >= DEEPEST_BLOCKS {
            let way = place.blocks.join(" → ");
            self.error::<()>(
                block.span,
                format!("the block uses itself: {way} → {name}"),
                "take one `use` out",
            );
            return;
        }
        let step = &raw.value;
        if step.optional.is_some() || step.timeout.is_some() || step.tries.is_some() {
            let help = "put them on the block's steps, or on a `do` around the `use`";
            self.error::<()>(
                raw.span,
                "`optional`, `timeout` and `tries` have no effect on `use`",
                help,
            );
        }
        let mut inside = place.clone();
        inside.blocks.push(name.clone());
        inside.nested |= condition.is_some();
        let found = self.steps(&content.value.0, &mut inside);
        place.submits.clone_from(&inside.submits);
        place.learn(&inside, true);
        let Some(condition) = condition else {
            steps.extend(found);
            return;
        };
        steps.push(Step {
            name: raw
                .value
                .name
                .clone()
                .unwrap_or_else(|| format!("use {name}")),
            line: raw.span.line,
            condition: None,
            optional: false,
            timeout: None,
            tries: None,
            action: StepAction::When {
                record: Some(condition),
                page: None,
                then: found,
                otherwise: Vec::new(),
            },
        });
    }
}

//! Steps.

use super::{
    Checker,
    name::{ACTIONS, actions, name},
    place::{Part, Place},
};
use crate::{
    diagnostic::{Span, list_names},
    model::{Answer, CaptchaRule, Condition, Step, StepAction},
    parse::Spanned,
    raw,
    value::{Template, tokens},
};

impl Checker<'_> {
    pub(super) fn steps(&self, raw: &[Spanned<raw::Step>], place: &mut Place<'_>) -> Vec<Step> {
        let mut steps = Vec::with_capacity(raw.len());
        for step in raw {
            self.step(step, place, &mut steps);
        }
        steps
    }

    /// Adds the step; a `use` adds several.
    fn step(&self, raw: &Spanned<raw::Step>, place: &mut Place<'_>, steps: &mut Vec<Step>) {
        let Spanned { span, value: step } = raw;
        let action = match actions(step).as_slice() {
            [action] => *action,
            [] => {
                let help = list_names(ACTIONS.iter().copied());
                self.error::<()>(*span, "the step does nothing: it needs an action", help);
                return;
            }
            several => {
                let message = format!(
                    "a step has one action, and this has {}",
                    several.join(" and ")
                );
                self.error::<()>(*span, message, "write a step for each");
                return;
            }
        };
        if let Some(otherwise) = step.otherwise.as_ref().filter(|_| action != "expect") {
            self.error::<()>(
                otherwise.span,
                "`otherwise` explains an `expect`",
                "leave it out here",
            );
        }
        let condition = match &step.condition {
            Some(text) => match self.expression(text, place) {
                Some(expression) => Some(expression),
                None => return,
            },
            None => None,
        };
        let tries = step
            .tries
            .as_ref()
            .and_then(|tries| self.tries(tries, place));
        let mut inner = place.clone();
        if let Some(condition) = &condition {
            let words = tokens(condition.source(), true);
            inner.facts = place.facts.and(&words, place.fields);
        }
        let optional = step
            .optional
            .as_ref()
            .is_some_and(|optional| optional.value);
        let built = if let Some(block) = &step.block {
            self.block(raw, block, condition.clone(), &mut inner, steps);
            None
        } else {
            self.action(raw, condition.is_some() || optional, &mut inner, action)
        };
        place.submits.clone_from(&inner.submits);
        place.learn(&inner, condition.is_none() && !optional);
        if let Some(action_built) = built {
            steps.push(Step {
                name: name(step, action),
                line: span.line,
                condition,
                optional,
                timeout: step.timeout.map(|timeout| timeout.0),
                tries,
                action: action_built,
            });
        }
    }

    fn action(
        &self,
        raw: &Spanned<raw::Step>,
        uncertain: bool,
        place: &mut Place<'_>,
        action: &str,
    ) -> Option<StepAction> {
        let Spanned { span, value: step } = raw;
        let label = name(step, action);
        if let Some(url) = &step.goto {
            Some(StepAction::Goto {
                url: self.address(url, place)?,
            })
        } else if let Some(link) = &step.follow {
            Some(StepAction::Follow {
                link: self.target(&link.0)?,
            })
        } else if let Some(at) = &step.click {
            Some(StepAction::Click {
                at: self.target(&at.0)?,
            })
        } else if let Some(at) = &step.hover {
            Some(StepAction::Hover {
                at: self.target(&at.0)?,
            })
        } else if let Some(press) = &step.press {
            let at = self.target(&press.at)?;
            Some(StepAction::Press {
                at,
                key: press.key.clone(),
            })
        } else if let Some(fill) = &step.fill {
            self.fill(fill, &label, place)
        } else if let Some(select) = &step.select {
            self.select(select, *span, &label, place)
        } else if let Some(pick) = &step.pick {
            self.pick(pick, &label, place)
        } else if let Some(choose) = &step.choose {
            self.choose(choose, *span, &label, place)
        } else if let Some(check) = &step.check {
            self.check_box(check, &label, place)
        } else if let Some(date) = &step.date {
            self.date(date, &label, place)
        } else if let Some(upload) = &step.upload {
            self.upload(upload, *span, &label, place)
        } else if let Some(submit) = &step.submit {
            self.submit_step(submit, *span, uncertain, place)
        } else {
            self.flow_action(raw, place)
        }
    }

    /// The actions that look at the page or steer the flow.
    fn flow_action(&self, raw: &Spanned<raw::Step>, place: &mut Place<'_>) -> Option<StepAction> {
        let Spanned { span, value: step } = raw;
        if let Some(download) = &step.download {
            self.download(download, place).map(StepAction::Download)
        } else if let Some(group) = &step.group {
            Some(self.group(&group.0, place))
        } else if let Some(within) = &step.within {
            self.within(within, *span, place)
        } else if let Some(dialog) = &step.dialog {
            let raw::Dialog {
                equals,
                contains,
                matches,
                answer,
            } = &dialog.value;
            Some(StepAction::Dialog {
                text: self.text_match(dialog.span, [equals, contains, matches])?,
                answer: match answer {
                    raw::Answer::Accept => Answer::Accept,
                    raw::Answer::Dismiss => Answer::Dismiss,
                },
            })
        } else if let Some(condition) = &step.wait {
            let any = match self.condition(condition)? {
                Condition::Any(list) => list,
                one => vec![one],
            };
            Some(StepAction::Wait { any })
        } else if let Some(condition) = &step.expect {
            Some(StepAction::Expect {
                condition: self.condition(condition)?,
                otherwise: step.otherwise.as_ref().map(|text| text.value.clone()),
            })
        } else if let Some(capture) = &step.capture {
            self.capture(capture, place).map(StepAction::Capture)
        } else if let Some(when) = &step.when {
            self.when(when, place)
        } else if let Some(each) = &step.each {
            let of = self.expression(&each.of, place);
            let mut inside = place.deeper();
            inside.item = true;
            let steps = self.steps(&each.steps.0, &mut inside);
            place.learn(&inside, false);
            Some(StepAction::Each { of: of?, steps })
        } else if let Some(captcha) = &step.captcha {
            self.captcha(captcha).map(StepAction::Captcha)
        } else if let Some(otp) = &step.otp {
            self.otp(otp, *span, place).map(StepAction::OneTimeCode)
        } else if let Some(readback) = &step.readback {
            let fields: Vec<_> = readback
                .fields
                .0
                .iter()
                .map(|field| self.readback(field, place))
                .collect();
            let fields = fields.into_iter().collect::<Option<_>>()?;
            Some(StepAction::Readback { fields })
        } else {
            None
        }
    }

    /// An address of the portal, with no secret in it.
    pub(super) fn address(&self, url: &raw::Text, place: &Place<'_>) -> Option<Template> {
        let template = self.template(url, place)?;
        if template.is_secret() {
            return self.error(
                url.span,
                "a secret does not belong into an address",
                "fill it into a field",
            );
        }
        if url.value.contains("://")
            && !url.value.starts_with("{{")
            && !self.within_origins(&url.value)
        {
            let help = format!("start with `/` or one of: {}", self.origins.join(", "));
            return self.error(url.span, "is not an address of this portal", help);
        }
        Some(template)
    }

    fn submit_step(
        &self,
        submit: &raw::Submit,
        span: Span,
        uncertain: bool,
        place: &mut Place<'_>,
    ) -> Option<StepAction> {
        match place.part {
            Part::Flow => {}
            Part::Verify => {
                return self.error(span, "a search files nothing", "end it with a `click`");
            }
            Part::Login | Part::OneTimeCode => {
                return self.error(span, "a login files nothing", "end it with a `click`");
            }
        }
        if place.nested || uncertain {
            self.error::<()>(
                span,
                "`submit` stands at the top level of a flow and is always done",
                "put what differs into `when` before it, or make two flows",
            );
        }
        place.submits.push(span);
        Some(StepAction::Submit(Box::new(self.submit(submit, place)?)))
    }

    fn captcha(&self, raw: &raw::Captcha) -> Option<CaptchaRule> {
        let image = self.target(&raw.image);
        let into = self.target(&raw.into);
        if !(1..=16).contains(&raw.length.value) {
            return self.error(
                raw.length.span,
                "expected 1 to 16 characters",
                "such as `length: 4`",
            );
        }
        if raw.alphabet.value.is_empty() {
            return self.error(
                raw.alphabet.span,
                "the captcha shows some characters",
                "such as `alphabet: ABCDEFGHIJKLMNOPQRSTUVWXYZ`",
            );
        }
        Some(CaptchaRule {
            image: image?,
            into: into?,
            length: raw.length.value,
            alphabet: raw.alphabet.value.clone(),
            min_size: (raw.min_size[0], raw.min_size[1]),
        })
    }
}

//! `fill`, `select`, `pick`, `choose`, `check`, `date` and `upload`: sets fields and remembers what they must hold.

use std::{path::PathBuf, time::Duration};

use formhand_browser::{self as browser, Action, ActionKind, Deadline, Frame};
use formhand_domain::FailureCode;
use formhand_portal::{
    Field, FieldAction, ItemMatch, OptionBy, Step, StepAction, Typing, value::Scope,
};

use super::super::{Run, Stop, fields::expected, translate};

/// How many of the first steps can go to the page in one round trip: fields one after another. Among them may be some
/// that do not apply.
pub(crate) fn batch(steps: &[Step]) -> usize {
    let sets = |step: &&Step| {
        matches!(step.action, StepAction::Set(_)) && !step.optional && step.tries.is_none()
    };
    steps.iter().take_while(sets).count()
}

pub(crate) async fn fields(
    run: &mut Run,
    frame: &Frame,
    steps: &[&Step],
    deadline: Deadline,
) -> Result<(), Stop> {
    let mut fields = Vec::with_capacity(steps.len());
    let mut actions = Vec::with_capacity(steps.len());
    for step in steps {
        if let StepAction::Set(field) = &step.action {
            let action = action(field, &run.scope, run.timeout(step));
            actions.push(action.map_err(|stop| stop.at_step(&step.name))?);
            fields.push(field);
        }
    }
    if let Err(error) = frame.act(&actions, deadline).await {
        let step = steps[error.at];
        return Err(Stop::from(error).at_step(&step.name));
    }
    let document = frame.document();
    for field in fields {
        if let Some(expected) = expected(field, &run.scope, document.clone())? {
            run.fields.remember(expected);
        }
    }
    Ok(())
}

fn action(field: &Field, scope: &Scope, timeout: Duration) -> Result<Action, Stop> {
    let kind = match &field.action {
        FieldAction::Fill { value, typing } => ActionKind::Fill {
            value: value.render(scope)?,
            keys: match typing {
                Typing::Paste => browser::Typing::Paste,
                Typing::Keys => browser::Typing::Keys,
            },
        },
        FieldAction::Select {
            option: OptionBy::Value(value),
        } => ActionKind::Select {
            option: browser::OptionBy::ByValue(value.render(scope)?),
        },
        FieldAction::Select {
            option: OptionBy::Text(text),
        } => ActionKind::Select {
            option: browser::OptionBy::ByText(text.render(scope)?),
        },
        FieldAction::Pick { list, option } => ActionKind::Pick {
            list: translate::locator(list),
            option: option.render(scope)?,
        },
        FieldAction::Choose {
            text,
            list,
            option,
            by,
        } => {
            let wanted = option.render(scope)?;
            ActionKind::Choose {
                text: text.render(scope)?,
                list: translate::locator(list),
                option: match by {
                    ItemMatch::Exact => browser::TextMatch::Equals(wanted),
                    ItemMatch::Contains => browser::TextMatch::Contains(wanted),
                },
            }
        }
        FieldAction::Check { on } => ActionKind::Check {
            on: truth(&field.label, &on.render(scope)?)?,
        },
        FieldAction::Date { value } => ActionKind::Date {
            value: value.render(scope)?,
        },
        FieldAction::Upload { files } => {
            let files = files
                .iter()
                .map(|file| file.render(scope).map(PathBuf::from))
                .collect::<Result<Vec<_>, _>>()?;
            ActionKind::Upload { files }
        }
    };
    Ok(Action {
        target: translate::target(&field.at),
        kind,
        label: field.label.clone(),
        timeout: Some(timeout),
    })
}

/// Only these two words: anything else would be a guess.
fn truth(label: &str, text: &str) -> Result<bool, Stop> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(Stop::failed(
            FailureCode::DefinitionError,
            format!("{label}: a check must come out as `true` or `false`, not {other:?}"),
        )),
    }
}

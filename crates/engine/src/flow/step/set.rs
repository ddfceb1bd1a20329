//! `fill`, `select`, `pick`, `choose`, `check`, `date` and `upload`: sets fields and remembers what they must hold.

use std::path::PathBuf;

use formhand_browser::{self as browser, Action, ActionKind, Deadline, Frame};
use formhand_domain::FailureCode;
use formhand_portal::{
    Field, FieldAction, ItemMatch, OptionBy, Step, StepAction, Typing, value::Scope,
};

use super::super::{Run, Stop, fields::expected, translate};

/// How many of the first steps can go to the page in one round trip: fields one after another.
pub(crate) fn batch(scope: &Scope, steps: &[Step]) -> Result<usize, Stop> {
    let mut count = 0;
    for step in steps {
        let plain =
            matches!(step.action, StepAction::Set(_)) && !step.optional && step.timeout.is_none();
        if !plain || !applies(step, scope)? {
            break;
        }
        count += 1;
    }
    Ok(count)
}

fn applies(step: &Step, scope: &Scope) -> Result<bool, Stop> {
    match &step.condition {
        Some(condition) => Ok(condition.holds(scope)?),
        None => Ok(true),
    }
}

pub(crate) async fn fields(
    run: &mut Run,
    frame: &Frame,
    steps: &[Step],
    deadline: Deadline,
) -> Result<(), Stop> {
    let fields: Vec<&Field> = steps
        .iter()
        .filter_map(|step| match &step.action {
            StepAction::Set(field) => Some(field),
            _ => None,
        })
        .collect();
    let actions = fields
        .iter()
        .map(|field| action(field, &run.scope))
        .collect::<Result<Vec<_>, _>>()?;
    frame.act(&actions, deadline).await?;
    let document = frame.document();
    for field in fields {
        if let Some(expected) = expected(field, &run.scope, document.clone())? {
            run.fields.remember(expected);
        }
    }
    Ok(())
}

fn action(field: &Field, scope: &Scope) -> Result<Action, Stop> {
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

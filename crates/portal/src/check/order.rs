//! Whether what is set inside a window is looked at before the window closes.

use crate::model::{Step, StepAction};

/// The line of the first step that sets a field of which no `readback` follows before the block's last click.
///
/// Fields of the main page need none: the submit step compares them. A window that closes takes its fields with it.
pub(super) fn unread_field(steps: &[Step]) -> Option<u32> {
    let last_click = steps.iter().rposition(clicks);
    let read_between = |start: usize, end: usize| {
        steps[start..end]
            .iter()
            .any(|step| matches!(step.action, StepAction::Readback { .. }))
    };
    steps
        .iter()
        .enumerate()
        .filter(|(_, step)| sets(step))
        .find_map(|(index, step)| {
            let end = match last_click {
                Some(click) if click > index => click,
                _ => steps.len(),
            };
            (!read_between(index + 1, end)).then_some(step.line)
        })
}

fn sets(step: &Step) -> bool {
    match &step.action {
        StepAction::Set(field) => field.readback.is_some(),
        StepAction::When {
            then, otherwise, ..
        } => then.iter().chain(otherwise).any(sets),
        StepAction::Each { steps, .. } | StepAction::Do { steps } => steps.iter().any(sets),
        // An inner frame has its own rule.
        _ => false,
    }
}

fn clicks(step: &Step) -> bool {
    match &step.action {
        StepAction::Click { .. } => true,
        StepAction::When {
            then, otherwise, ..
        } => then.iter().chain(otherwise).any(clicks),
        StepAction::Each { steps, .. } | StepAction::Do { steps } => steps.iter().any(clicks),
        _ => false,
    }
}

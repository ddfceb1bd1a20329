//! The commit requests of a flow: what the gate watches on every page of a job.

use formhand_browser::CommitPattern;
use formhand_portal::{Flow, Portal, Step, StepAction, Submit};

use crate::flow::url_glob;

/// The commit requests of a flow.
pub(crate) fn commit_patterns(portal: &Portal, flow: &Flow) -> Vec<CommitPattern> {
    let mut submits = Vec::new();
    collect(&flow.steps, &mut submits);
    submits
        .into_iter()
        .map(|submit| CommitPattern {
            id: submit.pattern_id(),
            method: submit.method.clone(),
            url: url_glob(&portal.base, &submit.url),
        })
        .collect()
}

fn collect<'a>(steps: &'a [Step], into: &mut Vec<&'a Submit>) {
    for step in steps {
        match &step.action {
            StepAction::Submit(submit) => into.push(submit),
            StepAction::Within { steps, .. } | StepAction::Each { steps, .. } => {
                collect(steps, into);
            }
            StepAction::When {
                then, otherwise, ..
            } => {
                collect(then, into);
                collect(otherwise, into);
            }
            _ => {}
        }
    }
}

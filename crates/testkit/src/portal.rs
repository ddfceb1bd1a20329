//! The shipped definition of the practice portal, and changes of it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use formhand_portal::{
    Condition, Flow, LoadOptions, Locator, Portal, Step, StepAction, Submit, Target, load,
};
use url::Url;

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `portals/practice.yaml`, at this address.
pub fn practice_portal(base: &str) -> Portal {
    let path = repository().join("portals/practice.yaml");
    let base = Url::parse(base).expect("the practice portal has an address");
    let options = LoadOptions { base: Some(base) };
    match load(&path, &|path: &Path| std::fs::read_to_string(path), options) {
        Ok(portal) => portal,
        Err(diagnostics) => panic!("the shipped definition has errors:\n{diagnostics}"),
    }
}

/// The only flow of a portal.
pub fn flow_of(portal: &mut Portal) -> &mut Flow {
    portal.flows.values_mut().next().expect("there is a flow")
}

/// The submit step of a portal's only flow.
pub fn submit_of(portal: &mut Portal) -> &mut Submit {
    flow_of(portal)
        .steps
        .iter_mut()
        .find_map(|step| match &mut step.action {
            StepAction::Submit(submit) => Some(&mut **submit),
            _ => None,
        })
        .expect("there is a submit step")
}

/// No step of the flow may take longer than this.
pub fn limit_steps(portal: &mut Portal, limit: Duration) {
    limit_all(&mut flow_of(portal).steps, limit);
}

fn limit_all(steps: &mut [Step], limit: Duration) {
    for step in steps {
        step.timeout = step.timeout.map(|timeout| timeout.min(limit));
        match &mut step.action {
            StepAction::Within { steps, .. }
            | StepAction::Each { steps, .. }
            | StepAction::Do { steps } => limit_all(steps, limit),
            StepAction::When {
                then, otherwise, ..
            } => {
                limit_all(then, limit);
                limit_all(otherwise, limit);
            }
            _ => {}
        }
    }
}

/// A step that waits for something that never comes.
pub fn hopeless_step(optional: bool) -> Step {
    let nowhere = Target(vec![Locator::Css("#nowhere".to_owned())]);
    Step {
        name: "something after the filing".to_owned(),
        line: 0,
        condition: None,
        optional,
        timeout: Some(Duration::from_millis(200)),
        tries: None,
        action: StepAction::Wait {
            any: vec![Condition::Visible(nowhere)],
        },
    }
}

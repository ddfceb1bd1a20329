//! The practice portal as it is filed into here: for many logins and parallel jobs, and with a document that is kept after
//! the filing.

use crate::cli::demo;

/// What servers are told to load.
pub(super) const NAME: &str = "chaos.yaml";

/// Where the flow is; its steps are the end of it.
const FLOW: &str = "reliance-smartzone.yaml";

const PORTAL: &str = "\
formhand: 1
portal: practice
title: Practice portal, under fire
extends: practice.yaml
session:
  budget: {logins: 100, per: 10s}
  max_parallel: 16
  recovery:
    soft: {pause: 50ms}
    hard: {pause: 50ms}
    nuclear: {pause: 50ms}
    cool_down: 1s
";

/// One more step. A storm that takes it away leaves the form filed, with errors.
const LAST_STEP: &str = r#"
      - name: the draft schedule
        optional: true
        tries: {times: 3, pause: 20ms}
        download:
          goto: "/Motor/GenerateMotorSchedule?ProposalNo={{ captures.proposalNumber }}&Draft=true"
          name: schedule.pdf
          type: pdf
"#;

/// Each file's name and text.
pub(super) fn files() -> Vec<(&'static str, String)> {
    let shipped = demo::DEFINITIONS.into_iter().map(|(name, text)| {
        let last = if name == FLOW { LAST_STEP } else { "" };
        (name, format!("{text}{last}"))
    });
    shipped.chain([(NAME, PORTAL.to_owned())]).collect()
}

#[cfg(test)]
mod tests {
    use std::{io, path::Path};

    use formhand_portal::{LoadOptions, load};

    use super::*;

    #[test]
    fn after_the_filing_comes_one_step_that_keeps_a_document() {
        let read = |path: &Path| {
            let wanted = path.file_name().and_then(|name| name.to_str());
            let found = files().into_iter().find(|(name, _)| Some(*name) == wanted);
            found
                .map(|(_, text)| text)
                .ok_or_else(|| io::ErrorKind::NotFound.into())
        };
        let portal = load(Path::new(NAME), &read, LoadOptions::default()).unwrap();
        let flow = portal.flows.values().next().unwrap();
        let last: Vec<&str> = flow
            .after_submit()
            .iter()
            .map(|step| step.name.as_str())
            .collect();
        assert_eq!(last, ["the draft schedule"]);
    }
}

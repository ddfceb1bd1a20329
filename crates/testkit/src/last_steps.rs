//! Steps after a filing, written as in a definition.

use std::path::Path;

use formhand_portal::{LoadOptions, Step, load};

/// Enough of a definition that steps can be written at its end.
const BEFORE: &str = r##"formhand: 1
portal: borrowed
title: Steps for another definition
base: http://127.0.0.1
session:
  login: [{click: "#a"}]
  logged_in: [{visible: "#a"}]
  logged_out: [{visible: "#b"}]
  check: {goto: /}
messages: {at: ["#c"], rules: []}
flows:
  borrowed:
    title: Borrowed
    business_key: "{{ record.chassisNumber }}"
    label: "{{ record.chassisNumber }}"
    record:
      type: object
      required: [chassisNumber, firstName]
      properties: {chassisNumber: {type: string}, firstName: {type: string}}
    steps:
      - submit:
          click: "#d"
          request: {method: POST, url: /e}
          succeeded:
            - response: {status: [200]}
              receipt: {proposalNumber: {json: /f}}
"##;

/// These steps, as a definition has them after its submit. They know `captures.proposalNumber`.
pub fn last_steps(yaml: &str) -> Vec<Step> {
    let lines = yaml.lines().map(|line| format!("      {line}\n"));
    let text = format!("{BEFORE}{}", lines.collect::<String>());
    let read = |_: &Path| Ok(text.clone());
    let loaded = load(Path::new("borrowed.yaml"), &read, LoadOptions::default());
    let portal = loaded.unwrap_or_else(|errors| panic!("the steps have errors:\n{errors}"));
    let flow = portal.flows.values().next().expect("there is a flow");
    flow.after_submit().to_vec()
}

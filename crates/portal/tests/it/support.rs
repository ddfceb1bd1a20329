//! A small definition that is right, and ways to break it.

use std::{io, path::Path};

use formhand_domain::FlowName;
use formhand_portal::{Diagnostics, Flow, LoadOptions, Portal, SessionRules, Step, load};

/// A definition that is right.
pub(crate) const GOOD: &str = r##"formhand: 1
portal: small
title: Small portal
base: https://small.example
time_zone: Asia/Kolkata
session:
  login:
    - goto: /login
    - fill: {at: "#user", value: "{{ account.user }}"}
    - fill: {at: "#password", value: "{{ account.password }}"}
    - click: "#go"
  logged_in:
    - visible: "#logout"
  logged_out:
    - visible: "#user"
  check: {goto: /home}
messages:
  at: ["#errors span"]
  rules:
    - {contains: "wrong password", class: bad_credentials}
maps:
  states: {Karnataka: "17", Tamil Nadu: "30", Puducherry: "26"}
flows:
  policy:
    title: Policy
    business_key: "{{ record.chassis | upper }}"
    label: "{{ record.name }}"
    record:
      type: object
      required: [name, state, chassis]
      properties:
        name: {type: string}
        middleName: {type: string}
        state: {type: string, map: states}
        chassis: {type: string}
    steps:
      - goto: /form
      - fill: {at: "#name", value: "{{ record.name }}"}
      - select: {at: "#state", value: '{{ record.state | map("states") }}'}
      - submit:
          click: "#save"
          request: {method: POST, url: /save}
          succeeded:
            - response: {status: [200]}
"##;

/// Loads one text.
pub(crate) fn load_text(text: &str) -> Result<Portal, Diagnostics> {
    load_files(&[("small.yaml", text)])
}

/// Loads the first of several texts, which may extend the others.
pub(crate) fn load_files(files: &[(&str, &str)]) -> Result<Portal, Diagnostics> {
    let read = |path: &Path| {
        files
            .iter()
            .find(|(name, _)| Path::new(name) == path)
            .map(|(_, text)| (*text).to_owned())
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such file"))
    };
    load(Path::new(files[0].0), &read, LoadOptions::default())
}

/// The good definition with a part of it replaced.
pub(crate) fn broken(part: &str, by: &str) -> String {
    assert!(
        GOOD.contains(part),
        "{part:?} is not in the good definition"
    );
    GOOD.replace(part, by)
}

/// What is said of the good definition with a part of it replaced.
pub(crate) fn complaint(part: &str, by: &str) -> String {
    match load_text(&broken(part, by)) {
        Ok(_) => "(nothing)".to_owned(),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

const LAST: &str = "            - response: {status: [200]}\n";

/// The good definition with these steps after its submit.
pub(crate) fn with_last_steps(steps: &str) -> String {
    let lines = steps.lines().map(|line| format!("      {line}\n"));
    broken(LAST, &format!("{LAST}{}", lines.collect::<String>()))
}

/// What is said of the good definition with these steps after its submit.
pub(crate) fn last_steps_said(steps: &str) -> String {
    match load_text(&with_last_steps(steps)) {
        Ok(_) => "(nothing)".to_owned(),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

/// The good definition's steps after its submit, if these are written there.
pub(crate) fn last_steps(steps: &str) -> Vec<Step> {
    match load_text(&with_last_steps(steps)) {
        Ok(portal) => portal
            .flows
            .values()
            .next()
            .map(|flow| flow.after_submit().to_vec())
            .unwrap_or_default(),
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

const CHECK: &str = "  check: {goto: /home}";

/// What is said of the good definition with these keys in its session, too.
pub(crate) fn session_said(keys: &str) -> String {
    complaint(CHECK, &with_session(keys))
}

/// What the good definition means with these keys in its session, too.
pub(crate) fn session_rules(keys: &str) -> SessionRules {
    match load_text(&broken(CHECK, &with_session(keys))) {
        Ok(portal) => portal.session,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

fn with_session(keys: &str) -> String {
    let lines =
        std::iter::once(CHECK.to_owned()).chain(keys.lines().map(|line| format!("  {line}")));
    lines.collect::<Vec<_>>().join("\n")
}

/// A shipped definition.
pub(crate) fn shipped(name: &str) -> Result<Portal, Diagnostics> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../portals");
    load(
        &folder.join(name),
        &|path| std::fs::read_to_string(path),
        LoadOptions::default(),
    )
}

/// The flow of the shipped definitions.
pub(crate) fn two_wheeler(portal: &Portal) -> &Flow {
    let name = FlowName::new("two-wheeler").expect("a valid name");
    &portal.flows[&name]
}

/// The shipped practice portal.
pub(crate) fn practice() -> Portal {
    shipped("practice.yaml").unwrap_or_else(|errors| panic!("{errors}"))
}

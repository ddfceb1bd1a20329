//! What is told before and after.

use std::{fmt::Write as _, time::Duration};

use super::{customers::Customers, ledger::Verdict, stage::Stage};
use crate::http::JobView;

/// What is about to happen.
pub(super) fn beginning(stage: &Stage, customers: &Customers) -> String {
    let servers = match stage.database() {
        Some(database) => format!(
            "  servers    {}\n  database   {database}, a MongoDB replica set of this demo",
            stage.addresses().join(" and ")
        ),
        None => format!("  server     {}", stage.addresses().join(" and ")),
    };
    format!(
        "\
Formhand demo: {count} invented customers are filed into a practice portal by real browsers.
One of them lacks a field, one lives in a state that the portal does not know, one comes twice,
and one the portal refuses. All others must be filed, each exactly once.

  customers  {origin}
  portal     {portal}
{servers}
  data       {data}
",
        count = customers.count(),
        origin = customers.origin,
        portal = stage.portal(),
        data = stage.data().display(),
    )
}

/// Where to look, as long as it runs. The token is this demo's own and ends with it.
pub(super) fn staying(stage: &Stage) -> String {
    let address = stage.addresses().first().copied().unwrap_or_default();
    let token = stage.token();
    let token = token.as_ref().map_or("", |token| token.expose());
    format!(
        "\
\nThe dashboard is at  {address}\n  its token is       {token}\n  the portal is at   {portal}\nCtrl-C ends all of it.",
        portal = stage.portal()
    )
}

/// Why some were not filed.
pub(super) fn reasons(jobs: &[JobView]) -> String {
    let mut text = "\nNot filed, and why:".to_owned();
    for job in jobs.iter().filter(|job| !job.is_done()) {
        let why = job
            .failure
            .as_ref()
            .map_or("it has not ended", |failure| &failure.message);
        // Writing to a String cannot fail.
        let _ = write!(text, "\n  {:24} {why}", job.label);
    }
    text
}

/// What happened, and what to try next.
pub(super) fn end(stage: &Stage, verdict: &Verdict, took: Duration) -> String {
    let data = stage.data().display();
    let proof = if verdict.agrees() {
        format!(
            "The portal's own ledger agrees: {} proposals, one for each filed customer, none for anybody else.",
            verdict.kept()
        )
    } else {
        format!(
            "The portal's own ledger does NOT agree: {} jobs say that they were filed, and it keeps {} proposals.",
            verdict.filed(),
            verdict.kept()
        )
    };
    format!(
        "
{proof}
It took {seconds} s.

What was kept: {data}
  formhand.log   what the server did, without anybody's data
  {evidence}  pictures of what failed, masked

Try next:
  formhand demo --stay               the same, and its dashboard to look at
  formhand practice                  the portal by itself, to click through
  formhand portal check FILE         what a definition says, and what is wrong with it
  formhand config print-default      all that a server of your own can be told
  formhand doctor                    whether this machine has what it needs",
        seconds = took.as_secs(),
        evidence = match stage.database() {
            Some(_) => "*/evidence/ ",
            None => "evidence/   ",
        },
    )
}

//! `POST /api/jobs/{id}/resolve`: a person has found out whether a job of unknown outcome was filed.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Extension, Json, body::Bytes, extract::State};
use formhand_domain::{FencingToken, Job, JobEvent, Outcome, Receipt, Settlement, Undone};
use formhand_portal::Flow;
use serde::Deserialize;

use super::{
    ApiState, JobView, Problem, body,
    names::{self, RawPath},
    show_job::{find, whole},
    wish::{line, person},
};
use crate::access::Caller;

/// More than any portal gives.
const MOST_NUMBERS: usize = 20;

/// What the person says.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Finding {
    /// `submitted` or `not_submitted`.
    outcome: Outcome,
    /// What the portal calls what was filed.
    receipt: Option<Numbers>,
    /// How it is known that it was not.
    reason: Option<String>,
    /// Of which attempt that is known: the job's fencing token when the portal was searched.
    fencing_token: Option<FencingToken>,
    /// Who, as the audit shows it.
    by: Option<String>,
}

/// The portal's numbers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Numbers {
    /// The only one that the flow keeps.
    One(String),
    /// By name.
    Named(BTreeMap<String, String>),
}

/// Settles it. The domain decides whether the job takes that.
pub(crate) async fn resolve(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<String>,
    bytes: Bytes,
) -> Result<Json<JobView>, Problem> {
    let id = names::job_id(path)?;
    let finding: Finding = body::read(&bytes)?;
    let writer = person(&caller, finding.by)?;
    let job = find(&state, id).await?;
    let reason = line("reason", finding.reason)?;
    let settlement = match (
        finding.outcome,
        finding.receipt,
        reason,
        finding.fencing_token,
    ) {
        (Outcome::Submitted, Some(numbers), None, _) => filed(&state, &job, numbers)?,
        (Outcome::NotSubmitted, None, Some(reason), Some(token)) => Settlement::NotFiled {
            token,
            reason,
            again_at: None,
        },
        (Outcome::Submitted, ..) => {
            return Err(malformed(
                "outcome \"submitted\" takes a receipt and no reason: the number that the portal shows",
            ));
        }
        (Outcome::NotSubmitted, ..) => {
            return Err(malformed(
                "outcome \"not_submitted\" takes no receipt, a reason (how it is known, such as what was searched) and \
                 the job's fencingToken when that was done",
            ));
        }
        (Outcome::Unknown, ..) => {
            return Err(malformed(
                "outcome \"unknown\" settles nothing: expected submitted or not_submitted",
            ));
        }
    };
    let event = JobEvent::Settle { settlement };
    let what = event.name();
    let now = state.clock.now();
    let job = state.store.apply(id, writer, event, now).await?;
    tracing::info!(job = %id, caller = caller.name, event = what, "a person settled a job");
    whole(&state, &job).await.map(Json)
}

fn filed(state: &ApiState, job: &Job, numbers: Numbers) -> Result<Settlement, Problem> {
    // A definition that is gone knows no names to check by.
    let flow = state.flow_of(job);
    Ok(Settlement::Filed {
        receipt: receipt(numbers, flow.map(Flow::receipt_names).as_ref())?,
        undone: flow.map_or(Undone::Required, Flow::undone),
    })
}

fn receipt(numbers: Numbers, known: Option<&BTreeSet<&str>>) -> Result<Receipt, Problem> {
    let numbers = match (numbers, known) {
        (Numbers::Named(numbers), _) => numbers,
        (Numbers::One(number), Some(known)) if known.len() == 1 => known
            .iter()
            .map(|name| ((*name).to_owned(), number.clone()))
            .collect(),
        (Numbers::One(_), known) => {
            let names = known.map_or("the flow's receipt".to_owned(), listed);
            let why = format!("the receipt needs the name of each number: expected {names}");
            return Err(malformed(&why));
        }
    };
    if numbers.is_empty() || numbers.len() > MOST_NUMBERS {
        let why = format!(
            "the receipt has {} numbers: expected 1 to {MOST_NUMBERS}",
            numbers.len()
        );
        return Err(malformed(&why));
    }
    for (name, number) in &numbers {
        if let Some(known) = known
            && !known.contains(name.as_str())
        {
            let name: String = name.chars().take(80).collect();
            let why = format!("the receipt has no {name:?}: expected {}", listed(known));
            return Err(malformed(&why));
        }
        line(name, Some(number.clone()))?;
    }
    Ok(Receipt(numbers))
}

fn listed(names: &BTreeSet<&str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}

fn malformed(why: &str) -> Problem {
    Problem::bad_request("malformed_body", why)
}

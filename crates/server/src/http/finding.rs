//! What a person has found out of a job of unknown outcome.

use std::collections::{BTreeMap, BTreeSet};

use formhand_domain::{FencingToken, Job, Outcome, Receipt, Settlement, Undone};
use formhand_portal::Flow;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    ApiState, Problem,
    wish::{LINE, line},
};

/// More than any portal gives.
const MOST_NUMBERS: usize = 20;

/// What the person says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "JobFinding")]
pub(super) struct Finding {
    /// `submitted` or `not_submitted`.
    outcome: Outcome,
    /// What the portal calls what was filed.
    receipt: Option<Numbers>,
    /// How it is known that it was not.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    reason: Option<String>,
    /// Of which attempt that is known: the job's fencing token when the portal was searched.
    fencing_token: Option<FencingToken>,
    /// Who, as the audit shows it.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    pub(super) by: Option<String>,
}

/// The portal's numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "ReceiptNumbers")]
pub(super) enum Numbers {
    /// The only one that the flow keeps.
    One(#[schemars(length(min = 1, max = 500), extend("pattern" = LINE))] String),
    /// By name.
    #[schemars(extend("minProperties" = 1, "maxProperties" = MOST_NUMBERS))]
    Named(BTreeMap<String, String>),
}

impl Finding {
    /// Says what is wrong with it, whatever the job is.
    pub(super) fn check(&self) -> Result<(), Problem> {
        line("by", self.by.clone())?;
        line("reason", self.reason.clone())?;
        // No store counts further.
        if self
            .fencing_token
            .is_some_and(|token| i64::try_from(token.0).is_err())
        {
            return Err(malformed("the fencingToken is none that a job can have"));
        }
        match &self.receipt {
            Some(Numbers::One(number)) => line("receipt", Some(number.clone())).map(drop),
            Some(Numbers::Named(numbers)) => counted(numbers),
            None => Ok(()),
        }
    }

    /// What it says of this job, or what would be right.
    pub(super) fn settlement(self, state: &ApiState, job: &Job) -> Result<Settlement, Problem> {
        let reason = line("reason", self.reason)?;
        match (self.outcome, self.receipt, reason, self.fencing_token) {
            (Outcome::Submitted, Some(numbers), None, _) => filed(state, job, numbers),
            (Outcome::NotSubmitted, None, Some(reason), Some(token)) => Ok(Settlement::NotFiled {
                token,
                reason,
                again_at: None,
            }),
            (Outcome::Submitted, ..) => Err(malformed(
                "outcome \"submitted\" takes a receipt and no reason: the number that the portal shows",
            )),
            (Outcome::NotSubmitted, ..) => Err(malformed(
                "outcome \"not_submitted\" takes no receipt, a reason (how it is known, such as what was searched) and \
                     the job's fencingToken when that was done",
            )),
            (Outcome::Unknown, ..) => Err(malformed(
                "outcome \"unknown\" settles nothing: expected submitted or not_submitted",
            )),
        }
    }
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
    counted(&numbers)?;
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

fn counted(numbers: &BTreeMap<String, String>) -> Result<(), Problem> {
    if numbers.is_empty() || numbers.len() > MOST_NUMBERS {
        let why = format!(
            "the receipt has {} numbers: expected 1 to {MOST_NUMBERS}",
            numbers.len()
        );
        return Err(malformed(&why));
    }
    Ok(())
}

fn listed(names: &BTreeSet<&str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}

fn malformed(why: &str) -> Problem {
    Problem::bad_request("malformed_body", why)
}

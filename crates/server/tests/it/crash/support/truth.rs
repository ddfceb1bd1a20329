//! What is said of a job against what the portal's ledger shows.

use formhand_domain::{Outcome, Status};
use formhand_practice::{Entry, Event, Practice, Save, Step};
use formhand_server::http::JobView;
use formhand_testkit::chassis;

/// Where a job stands, in the two words that count.
pub(crate) fn stands(job: &JobView) -> (Status, Outcome) {
    (job.status, job.outcome)
}

/// What the portal keeps of a customer.
pub(crate) fn committed(practice: &Practice, number: u32) -> Vec<Save> {
    let mut saves = practice.saves_of(&chassis(number));
    saves.retain(|save| save.committed);
    saves
}

/// The job says what is true: filed once with this very number, not filed, or not known and filed at most once.
pub(crate) fn assert_truthful(practice: &Practice, job: &JobView, number: u32) {
    let saves = committed(practice, number);
    let count = saves.len();
    match job.outcome {
        Outcome::Submitted => {
            assert_eq!(count, 1, "customer {number} is said to be filed");
            let receipt = job.receipt.as_ref().map(|receipt| &receipt.0);
            let given = receipt.and_then(|receipt| receipt.get("proposalNumber"));
            assert_eq!(given, saves[0].proposal_no.as_ref(), "customer {number}");
        }
        Outcome::NotSubmitted => assert_eq!(count, 0, "customer {number} is said not to be filed"),
        Outcome::Unknown => assert!(count <= 1, "customer {number} was filed {count} times"),
    }
}

/// Whether a request for this step is held.
pub(crate) fn is_held(entry: &Entry, step: Step) -> bool {
    matches!(&entry.event, Event::Held { path } if path == step.path())
}

/// Whether a customer's form was filed.
pub(crate) fn is_filed(entry: &Entry, number: u32) -> bool {
    matches!(&entry.event, Event::Save(save) if save.committed && save.chassis == chassis(number))
}

//! What the jobs say, against what the portal has.

use formhand_domain::{FailureCode, Outcome, Status};
use formhand_practice::Practice;

use super::{customers::chassis, report::Found, settle::Ended};
use crate::cli::board::receipt_number;

/// Compares what became of the jobs, of which `taken` were acknowledged.
pub(super) fn compare(practice: &Practice, ended: &[Ended], taken: usize) -> Found {
    let mut found = Found {
        jobs: taken,
        lost: taken - ended.len(),
        filed_twice: practice.duplicates().len(),
        ..Found::default()
    };
    for Ended { number, view } in ended {
        let proposals = proposals(practice, *number);
        let history: Vec<Status> = view
            .status_history
            .iter()
            .flatten()
            .map(|change| change.status)
            .collect();
        found.unknown += unknown(&history);
        // Whatever follows on `needs_review` settles it.
        found.settled += unknown(&history[..history.len().saturating_sub(1)]);
        match view.outcome {
            Outcome::Submitted => {
                found.filed += 1;
                let is_true = proposals.len() == 1
                    && receipt_number(view) == proposals.first().map(String::as_str);
                found.falsely_completed += usize::from(!is_true);
            }
            Outcome::NotSubmitted if view.is_settled() => {
                let code = view.failure.as_ref().map(|failure| failure.code);
                let code = code.unwrap_or(FailureCode::Internal);
                *found.unfiled.entry(code).or_default() += 1;
                found.falsely_unfiled += usize::from(!proposals.is_empty());
            }
            _ => found.open += 1,
        }
    }
    found
}

fn unknown(history: &[Status]) -> usize {
    let unknown = history
        .iter()
        .filter(|status| **status == Status::NeedsReview);
    unknown.count()
}

/// The numbers under which the portal keeps a customer.
pub(super) fn proposals(practice: &Practice, number: u32) -> Vec<String> {
    let saves = practice.saves_of(&chassis(number)).into_iter();
    saves
        .filter(|save| save.committed)
        .filter_map(|save| save.proposal_no)
        .collect()
}

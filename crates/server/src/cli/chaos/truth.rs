//! What the jobs say, against what the portal has.

use formhand_domain::{FailureCode, Outcome, Status};
use formhand_practice::Practice;

use super::{customers::chassis, report::Found};
use crate::{cli::board::receipt_number, http::JobView};

/// Compares. `views` are in the order of the customers, of whom there are `count`.
pub(super) fn compare(practice: &Practice, views: &[JobView], count: u32) -> Found {
    let mut found = Found {
        jobs: views.len(),
        lost: count as usize - views.len().min(count as usize),
        filed_twice: practice.duplicates().len(),
        ..Found::default()
    };
    for (number, view) in (1..).zip(views) {
        let proposals = proposals(practice, number);
        let history = view.status_history.iter().flatten();
        found.unknown += history
            .filter(|change| change.status == Status::NeedsReview)
            .count();
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

/// The numbers under which the portal keeps a customer.
pub(super) fn proposals(practice: &Practice, number: u32) -> Vec<String> {
    let saves = practice.saves_of(&chassis(number)).into_iter();
    saves
        .filter(|save| save.committed)
        .filter_map(|save| save.proposal_no)
        .collect()
}

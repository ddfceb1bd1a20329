//! Does the portal's own ledger say the same as the jobs?

use formhand_practice::Save;

use super::customers::Customers;
use crate::{cli::board::receipt_number, http::JobView};

/// What the comparison found.
pub(super) struct Verdict {
    lines: Vec<Line>,
    saves: Vec<Save>,
    filed: usize,
}

/// The ledger beside one job.
pub(super) struct Line {
    /// The proposals that the portal keeps for this job's customer and that no other job accounts for.
    pub(super) proposals: Vec<String>,
    /// Whether that is what the job says.
    pub(super) agrees: bool,
}

/// Compares. `jobs` are in the order of the customers.
pub(super) fn compare(customers: &Customers, jobs: &[JobView], saves: &[Save]) -> Verdict {
    let kept: Vec<Save> = saves
        .iter()
        .filter(|save| save.committed)
        .cloned()
        .collect();
    let chassis: Vec<&str> = (0..jobs.len())
        .map(|index| customers.chassis(index))
        .collect();
    let lines = jobs
        .iter()
        .zip(&chassis)
        .map(|(job, own)| {
            let others_filed = jobs
                .iter()
                .zip(&chassis)
                .any(|(other, its)| its == own && other.id != job.id && other.is_done());
            let proposals: Vec<String> = kept
                .iter()
                .filter(|save| save.chassis == **own && (job.is_done() || !others_filed))
                .map(|save| save.proposal_no.clone().unwrap_or_default())
                .collect();
            let agrees = if job.is_done() {
                proposals.len() == 1 && receipt_number(job) == Some(proposals[0].as_str())
            } else {
                proposals.is_empty()
            };
            Line { proposals, agrees }
        })
        .collect();
    let filed = jobs.iter().filter(|job| job.is_done()).count();
    Verdict {
        lines,
        saves: kept,
        filed,
    }
}

impl Verdict {
    /// Every filed job has its one proposal, nobody else has one, and something was filed at all.
    pub(super) fn agrees(&self) -> bool {
        self.filed > 0
            && self.saves.len() == self.filed
            && self.lines.iter().all(|line| line.agrees)
    }

    /// The ledger beside each job.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The proposals that the portal keeps.
    pub(super) fn saves(&self) -> serde_json::Value {
        let one = |save: &Save| serde_json::json!({"chassis": save.chassis, "proposalNumber": save.proposal_no});
        self.saves.iter().map(one).collect()
    }

    /// How many proposals the portal keeps.
    pub(super) fn kept(&self) -> usize {
        self.saves.len()
    }

    /// How many jobs say that they were filed.
    pub(super) fn filed(&self) -> usize {
        self.filed
    }
}

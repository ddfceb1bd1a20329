//! How many jobs ended in each stretch of a time, and how.

use formhand_domain::Status;
use formhand_store::HourOutcomes;
use jiff::{SignedDuration, Timestamp};

/// What became of the jobs that ended in one stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bar {
    /// When it began.
    pub(super) from: Timestamp,
    /// Jobs that were filed.
    pub(super) filed: u64,
    /// Jobs that a browser has tried to file, in vain.
    pub(super) unfiled: u64,
    /// Jobs that never got to a browser: refused at intake, or cancelled.
    pub(super) refused: u64,
}

impl Bar {
    /// All of them.
    pub(super) fn total(&self) -> u64 {
        self.filed + self.unfiled + self.refused
    }

    fn add(&mut self, status: Status, jobs: u64) {
        match status {
            Status::Completed | Status::CompletedWithErrors => self.filed += jobs,
            Status::FailedLoginForm | Status::FailedPostSubmission => self.unfiled += jobs,
            Status::FailedValidation | Status::FailedDuplicate | Status::Cancelled => {
                self.refused += jobs;
            }
            // These have not ended.
            Status::Pending | Status::Processing | Status::OnHold | Status::NeedsReview => {}
        }
    }
}

/// `count` stretches of this length from `from` on, also those in which nothing ended.
pub(super) fn bars(
    outcomes: &[HourOutcomes],
    from: Timestamp,
    length: SignedDuration,
    count: u16,
) -> Vec<Bar> {
    let mut bars: Vec<Bar> = (0..i32::from(count))
        .map(|place| Bar {
            from: from + length * place,
            filed: 0,
            unfiled: 0,
            refused: 0,
        })
        .collect();
    for outcome in outcomes {
        // The last one that does not begin behind the hour.
        let behind = bars.partition_point(|bar| bar.from <= outcome.hour);
        let is_within = outcome.hour < from + length * i32::from(count);
        if let Some(bar) = behind.checked_sub(1).filter(|_| is_within) {
            bars[bar].add(outcome.status, outcome.jobs);
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use formhand_domain::PortalName;

    use super::*;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).unwrap()
    }

    fn outcome(at: i64, status: Status, jobs: u64) -> HourOutcomes {
        HourOutcomes {
            hour: hour(at),
            portal: PortalName::new("garden").unwrap(),
            status,
            jobs,
        }
    }

    #[test]
    fn each_hour_is_in_the_stretch_that_it_began_in() {
        let outcomes = [
            outcome(9, Status::Completed, 100),
            outcome(10, Status::Completed, 1),
            outcome(11, Status::FailedPostSubmission, 2),
            outcome(12, Status::FailedDuplicate, 4),
            outcome(12, Status::NeedsReview, 8),
            outcome(16, Status::Completed, 100),
        ];
        let bars = bars(&outcomes, hour(10), SignedDuration::from_hours(2), 3);
        let shown: Vec<_> = bars
            .iter()
            .map(|bar| (bar.from, bar.filed, bar.unfiled, bar.refused))
            .collect();
        assert_eq!(
            shown,
            [
                (hour(10), 1, 2, 0),
                (hour(12), 0, 0, 4),
                (hour(14), 0, 0, 0)
            ]
        );
    }
}

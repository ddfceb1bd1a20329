//! The end of every attempt, by the audit: told once, with its reason.

use std::collections::BTreeSet;

use formhand_domain::JobId;
use formhand_store::AuditEntry;

/// How many attempts have an end that was not told, was told twice, or does not say why it came.
pub(super) fn told_wrongly(audit: &[AuditEntry]) -> usize {
    let mut under_way: BTreeSet<JobId> = BTreeSet::new();
    let mut wrong = 0;
    for entry in audit {
        let right = match entry.event.as_str() {
            "claim" => under_way.insert(entry.job),
            "complete" | "release" | "give_up" => under_way.remove(&entry.job),
            "fail" | "reject" | "lease_ended" => {
                under_way.remove(&entry.job) && entry.failure.is_some()
            }
            // Within an attempt, or of a job that nobody works on.
            _ => true,
        };
        wrong += usize::from(!right);
    }
    wrong + under_way.len()
}

#[cfg(test)]
mod tests {
    use formhand_domain::{Failure, FailureCode, Status, Writer};
    use jiff::Timestamp;

    use super::*;

    /// Wrong ends of one job's attempts; a `!` stands for the reason.
    fn wrong(events: &str) -> usize {
        let failure = || Failure::new(FailureCode::WorkerLost, "the server is gone");
        let entries = events.split(' ').zip(1..).map(|(event, seq)| AuditEntry {
            seq,
            at: Timestamp::UNIX_EPOCH,
            job: JobId::new(Timestamp::UNIX_EPOCH, 1),
            event: event.trim_end_matches('!').to_owned(),
            writer: Writer::Queue,
            from: None,
            to: Status::Processing,
            stage: None,
            attempt: 1,
            failure: event.ends_with('!').then(failure),
            note: None,
        });
        told_wrongly(&entries.collect::<Vec<_>>())
    }

    #[test]
    fn kf40_an_end_that_is_told_once_with_its_reason_is_right() {
        let life = "submit claim enter_form fail! claim release claim arm lease_ended! search search_ended \
                    settle_not_submitted! retry claim arm cross receive complete";
        assert_eq!(wrong(life), 0);
    }

    #[test]
    fn kf40_an_end_that_is_lost_or_told_twice_or_without_its_reason_is_found() {
        assert_eq!(wrong("submit claim enter_form"), 1);
        assert_eq!(wrong("submit claim claim complete"), 1);
        assert_eq!(wrong("submit claim fail! fail! claim complete"), 1);
        assert_eq!(wrong("submit claim fail claim complete"), 1);
    }
}

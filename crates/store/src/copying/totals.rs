//! How much there is, to compare the two databases by.

use std::collections::BTreeMap;

use formhand_domain::Status;

/// How much there is of everything that is copied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Totals {
    pub(crate) jobs: BTreeMap<Status, u64>,
    pub(crate) idempotency_keys: u64,
    /// As the jobs count them.
    pub(crate) entries_of_jobs: u64,
    pub(crate) audit_entries: u64,
    /// Entries, acts, and links of entries whose jobs were removed.
    pub(crate) links: u64,
    /// The beginning of the last link.
    pub(crate) last_link: u64,
    /// No entry ever had a higher number, also none that is removed.
    pub(crate) last_audit_number: u64,
    pub(crate) accounts: u64,
    pub(crate) sessions: u64,
    pub(crate) generations: u64,
    pub(crate) logins: u64,
    pub(crate) wishes: u64,
    pub(crate) starts: u64,
    pub(crate) session_events: u64,
    pub(crate) last_session_event: u64,
    pub(crate) questions: u64,
    /// For the progress alone: a target may have some of its own.
    pub(crate) slates: u64,
    pub(crate) webhooks: u64,
    pub(crate) deliveries: u64,
    /// Hours, each by portal and status.
    pub(crate) outcomes: u64,
    /// Jobs that ended in them.
    pub(crate) ended: u64,
}

/// One thing that there is more of on one side.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) what: String,
    pub(crate) source: u64,
    pub(crate) target: u64,
}

impl Totals {
    /// All jobs.
    pub(crate) fn all_jobs(&self) -> u64 {
        self.jobs.values().sum()
    }

    /// The first thing in which the target is not like this.
    pub(crate) fn difference(&self, target: &Self) -> Option<Difference> {
        let pairs = self.named().into_iter().zip(target.named());
        pairs
            .map(|((what, source), (_, target))| Difference {
                what,
                source,
                target,
            })
            .find(|pair| pair.source != pair.target)
    }

    fn named(&self) -> Vec<(String, u64)> {
        let of_status = |status: &Status| {
            let jobs = self.jobs.get(status).copied().unwrap_or_default();
            (format!("jobs that are {status}"), jobs)
        };
        let rest = [
            ("idempotency keys", self.idempotency_keys),
            ("entries that jobs count", self.entries_of_jobs),
            ("audit entries", self.audit_entries),
            ("links of the audit", self.links),
            ("the last link of the audit", self.last_link),
            ("the last number of the audit", self.last_audit_number),
            ("accounts", self.accounts),
            ("sessions", self.sessions),
            ("generations of sessions", self.generations),
            ("logins", self.logins),
            ("wishes", self.wishes),
            ("accounts that have begun a job", self.starts),
            ("session events", self.session_events),
            ("the last number of session events", self.last_session_event),
            ("open questions", self.questions),
            ("webhooks", self.webhooks),
            ("messages of webhooks", self.deliveries),
            ("counts of ended jobs by hour", self.outcomes),
            ("ended jobs by hour", self.ended),
        ];
        let rest = rest.map(|(what, count)| (what.to_owned(), count));
        Status::ALL.iter().map(of_status).chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_job_of_another_status_is_a_difference() {
        let source = Totals {
            jobs: [(Status::Pending, 2), (Status::Completed, 1)].into(),
            ..Totals::default()
        };
        assert_eq!(source.difference(&source), None);
        let target = Totals {
            jobs: [(Status::Pending, 3)].into(),
            ..Totals::default()
        };
        let difference = source.difference(&target).unwrap();
        assert_eq!(difference.what, "jobs that are pending");
        assert_eq!((difference.source, difference.target), (2, 3));
    }
}

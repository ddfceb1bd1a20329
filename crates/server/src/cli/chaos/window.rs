//! The time in which a job is armed, by the audit: from the record that it is, to the record of what came of it.

use std::collections::BTreeMap;

use formhand_domain::JobId;
use formhand_store::AuditEntry;
use jiff::Timestamp;

/// When jobs were armed.
#[derive(Debug, Default)]
pub(super) struct Windows(Vec<(Timestamp, Timestamp)>);

impl Windows {
    /// Reads them off a whole audit.
    pub(super) fn of(audit: &[AuditEntry]) -> Self {
        let mut windows = Self::default();
        let mut open = BTreeMap::new();
        for entry in audit {
            windows.take(&mut open, entry);
        }
        windows
    }

    fn take(&mut self, open: &mut BTreeMap<JobId, Timestamp>, entry: &AuditEntry) {
        match entry.event.as_str() {
            "arm" => drop(open.insert(entry.job, entry.at)),
            // What comes between the arming and its end.
            "cross" | "renew" => {}
            _ => {
                let armed = open.remove(&entry.job);
                self.0.extend(armed.map(|since| (since, entry.at)));
            }
        }
    }

    /// Whether any job was armed at that time.
    pub(super) fn contain(&self, at: Timestamp) -> bool {
        self.0
            .iter()
            .any(|(since, until)| *since <= at && at < *until)
    }
}

#[cfg(test)]
mod tests {
    use formhand_domain::{Status, Writer};

    use super::*;

    #[test]
    fn a_job_is_armed_from_the_record_of_that_to_the_record_of_what_came_of_it() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let jobs = [1, 2].map(|number| JobId::new(Timestamp::UNIX_EPOCH, number));
        let events = [
            (1, 0, "claim"),
            (2, 0, "arm"),
            (3, 0, "cross"),
            (4, 1, "arm"),
            (5, 1, "disarm"),
            (6, 0, "renew"),
            (7, 0, "receive"),
            (9, 0, "complete"),
            (9, 1, "arm"),
        ];
        let audit = events.map(|(second, job, event)| AuditEntry {
            seq: 0,
            at: at(second),
            job: jobs[job],
            event: event.to_owned(),
            writer: Writer::Queue,
            from: None,
            to: Status::Processing,
            stage: None,
            attempt: 1,
            failure: None,
            note: None,
        });
        let windows = Windows::of(&audit);
        let inside = (0..10).filter(|second| windows.contain(at(*second)));
        assert!(inside.eq(2..7));
    }
}

//! What is to be done next with a source, and from where it is read. Pure.

use formhand_store::{DocumentChange, DocumentId, Position, Reached, Scan};
use jiff::{SignedDuration, Timestamp};

use super::envelope;
use crate::setup::{Existing, SourceKind};

/// An id may be made long before its document is stored: by a form that is open all day, or a phone without a network. So
/// a scan of what was made since some time begins so much earlier.
const EARLIER: SignedDuration = SignedDuration::from_hours(24);

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The source was never looked at.
    Begin,
    /// The scan goes on.
    Scan(Reached, Scan),
    /// The changes are followed.
    Follow(Reached),
}

/// What is to be done next with a source that was read so far.
pub(super) fn next(reached: Option<Reached>) -> Next {
    match reached {
        None => Next::Begin,
        Some(mut reached) => match reached.scan.take() {
            Some(scan) => Next::Scan(reached, scan),
            None => Next::Follow(reached),
        },
    }
}

/// Where a source is read from that was never looked at. What is there already lies before the position.
pub(super) fn begin(existing: Existing, position: Position, at: Timestamp) -> Reached {
    let scan = match existing {
        Existing::Skip => None,
        Existing::Take => Some(Scan::default()),
    };
    Reached { position, at, scan }
}

/// Where a source is read from whose history is lost behind `lost`: what is there at the new position is looked at, and
/// then what happens behind that.
///
/// Where only new documents matter and ids tell when they were made, those that were seen long before are left out.
pub(super) fn after_loss(
    lost: &Reached,
    only_new: bool,
    position: Position,
    at: Timestamp,
) -> Reached {
    let scan = Some(Scan {
        since: unseen_since(lost.scan.as_ref(), lost.at, only_new),
        after: None,
    });
    Reached { position, at, scan }
}

/// Since when there may be documents that were not looked at; nothing if since ever. A scan that was not done has left
/// out as much as it was to look at.
fn unseen_since(scan: Option<&Scan>, at: Timestamp, only_new: bool) -> Option<Timestamp> {
    match scan {
        _ if !only_new => None,
        Some(scan) => scan.since,
        None => Some(at.saturating_sub(EARLIER).unwrap_or(Timestamp::MIN)),
    }
}

/// How far a source was read when a scan has come so far; without a document the scan is done.
pub(super) fn scanned(reached: &Reached, scan: &Scan, last: Option<&DocumentId>) -> Reached {
    let scan = last.map(|last| Scan {
        since: scan.since,
        after: Some(last.clone()),
    });
    Reached {
        scan,
        ..reached.clone()
    }
}

/// Whether documents of this kind can become ready by a change.
pub(super) fn has_updates(kind: &SourceKind) -> bool {
    match kind {
        SourceKind::Mapping(mapping) => !mapping.updates().is_empty(),
        SourceKind::Queue => true,
    }
}

/// Whether a change can have made its document ready.
pub(super) fn is_worth_a_look(kind: &SourceKind, change: &DocumentChange) -> bool {
    match (change, kind) {
        (DocumentChange::Inserted, _) => true,
        (DocumentChange::Replaced, kind) => has_updates(kind),
        (DocumentChange::Updated(places), SourceKind::Mapping(mapping)) => {
            places.iter().any(|place| mapping.is_touched_by(place))
        }
        (DocumentChange::Updated(places), SourceKind::Queue) => {
            let field = |place: &str| place.split('.').next().unwrap_or_default().to_owned();
            places
                .iter()
                .any(|place| envelope::FIELDS.contains(&field(place).as_str()))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use formhand_portal::mapping;

    use super::*;

    fn mapping(when: &str) -> SourceKind {
        let text = format!(
            "formhand: 1\nportal: small\nflow: policy\naccount: main\n{when}record: {{name: name}}\n"
        );
        SourceKind::Mapping(Box::new(mapping::load(Path::new("m.yaml"), &text).unwrap()))
    }

    fn updated(places: &[&str]) -> DocumentChange {
        DocumentChange::Updated(places.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_change_is_worth_a_look_if_the_mapping_says_so() {
        let only_new = mapping("");
        assert!(is_worth_a_look(&only_new, &DocumentChange::Inserted));
        assert!(!is_worth_a_look(&only_new, &DocumentChange::Replaced));
        assert!(!is_worth_a_look(&only_new, &updated(&["status"])));
        assert!(!has_updates(&only_new));
        let by_status = mapping("when: [{path: status, is: ready}]\nupdates: [status]\n");
        assert!(is_worth_a_look(&by_status, &DocumentChange::Replaced));
        assert!(is_worth_a_look(&by_status, &updated(&["name", "status"])));
        assert!(!is_worth_a_look(
            &by_status,
            &updated(&["name", "formhand.status"])
        ));
        assert!(has_updates(&by_status));
    }

    #[test]
    fn a_scan_after_a_loss_goes_back_as_far_as_anything_may_be_unseen() {
        let at: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
        let day = at - SignedDuration::from_hours(24);
        let scan = |since| Scan { since, after: None };
        assert_eq!(unseen_since(None, at, true), Some(day));
        assert_eq!(unseen_since(None, at, false), None);
        // One that was lost before its scan was done.
        let week = at - SignedDuration::from_hours(7 * 24);
        assert_eq!(unseen_since(Some(&scan(Some(week))), at, true), Some(week));
        assert_eq!(unseen_since(Some(&scan(None)), at, true), None);
        assert_eq!(unseen_since(Some(&scan(Some(week))), at, false), None);
    }

    #[test]
    fn what_formhand_writes_into_a_queue_is_no_work() {
        assert!(is_worth_a_look(
            &SourceKind::Queue,
            &updated(&["record.name"])
        ));
        assert!(is_worth_a_look(&SourceKind::Queue, &updated(&["account"])));
        assert!(!is_worth_a_look(
            &SourceKind::Queue,
            &updated(&["formhand.status", "recorded"])
        ));
    }
}

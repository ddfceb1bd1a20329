//! What became of a request that had crossed the gate when its page, or its time, was lost.

use std::time::Duration;

use tokio::sync::watch;

use crate::submit::{Answer, GateEvent};

/// What the gate says in the end.
pub(super) enum Settled {
    /// The receipt is recorded.
    Filed,
    /// The refusal is recorded.
    Rejected,
    /// It is not known.
    Unknown,
}

/// The gate is the browser's, not the page's: it sees the answer even if the page is gone. So it is asked until the
/// answer's own time is over.
pub(super) async fn settle(events: &mut watch::Receiver<GateEvent>, patience: Duration) -> Settled {
    let decided = events.wait_for(|event| !matches!(event, GateEvent::Quiet | GateEvent::Crossed));
    match tokio::time::timeout(patience, decided).await {
        Ok(Ok(event)) => match &*event {
            GateEvent::Answered(Answer::Filed(_)) => Settled::Filed,
            GateEvent::Answered(Answer::Rejected(_)) => Settled::Rejected,
            _ => Settled::Unknown,
        },
        _ => Settled::Unknown,
    }
}

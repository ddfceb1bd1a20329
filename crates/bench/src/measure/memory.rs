//! The most memory that a browser held during a round.

use std::time::Duration;

use tokio::{sync::watch, task::JoinHandle};

use super::Group;

/// Seldom enough to cost nothing beside a browser.
const EVERY: Duration = Duration::from_millis(200);

/// Looks at a browser's memory until it is asked for the peak.
pub(crate) struct MemoryWatch {
    peak: watch::Receiver<f64>,
    watching: JoinHandle<()>,
}

impl MemoryWatch {
    pub(crate) fn start(group: Group) -> Self {
        let (highest, peak) = watch::channel(0.0_f64);
        let watching = tokio::spawn(async move {
            loop {
                let now = group.memory_mb();
                highest.send_modify(|peak| *peak = peak.max(now));
                tokio::time::sleep(EVERY).await;
            }
        });
        Self { peak, watching }
    }

    pub(crate) fn peak_mb(self) -> f64 {
        self.watching.abort();
        *self.peak.borrow()
    }
}

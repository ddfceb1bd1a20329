//! What the gate costs a job when it is switched off: its submit is recorded too late.

use std::sync::{Arc, Mutex, PoisonError};

use formhand_domain::JobEvent;

/// Events that wait for the next one, and are lost if the process dies before that.
#[derive(Clone, Default)]
pub(crate) struct Late(Arc<Mutex<Vec<JobEvent>>>);

impl Late {
    /// Keeps an event that has to be durable before the request leaves. Says whether it is one.
    pub(super) fn keep(&self, event: &JobEvent) -> bool {
        let first = matches!(event, JobEvent::Arm { .. } | JobEvent::Cross { .. });
        if first {
            self.with(|kept| kept.push(event.clone()));
        }
        first
    }

    /// What was kept, if this event shows that the submit is behind it. A renewal shows nothing.
    pub(super) fn before(&self, event: &JobEvent) -> Vec<JobEvent> {
        match event {
            JobEvent::Renew { .. } => Vec::new(),
            _ => self.with(std::mem::take),
        }
    }

    fn with<T>(&self, change: impl FnOnce(&mut Vec<JobEvent>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

//! The gate of a place that is made before it is known which job will have it.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use formhand_browser::{CommitGate, CommitRequest, CommitResponse, Verdict};

/// Refuses everything until a job's own gate is put in, once.
#[derive(Default)]
pub(super) struct GateSlot(OnceLock<Arc<dyn CommitGate>>);

impl GateSlot {
    /// Puts a job's gate in. A slot that has one keeps it.
    pub(super) fn fill(&self, gate: Arc<dyn CommitGate>) {
        // A place has one job in its life, so there is no second gate to lose.
        let _ = self.0.set(gate);
    }
}

#[async_trait]
impl CommitGate for GateSlot {
    async fn request(&self, request: &CommitRequest) -> Verdict {
        match self.0.get() {
            Some(gate) => gate.request(request).await,
            None => Verdict::Refuse {
                reason: "no job has this place yet".to_owned(),
            },
        }
    }

    async fn response(&self, response: &CommitResponse) {
        if let Some(gate) = self.0.get() {
            gate.response(response).await;
        }
    }

    async fn lost(&self, request: &CommitRequest, why: String) {
        if let Some(gate) = self.0.get() {
            gate.lost(request, why).await;
        }
    }
}

//! A gate that a test decides for, and which remembers what it was asked and told.

use std::sync::{Arc, Mutex};

use formhand_browser::{
    CommitGate, CommitPattern, CommitRequest, CommitResponse, GateOptions, UrlGlob, Verdict,
};
use tokio::sync::watch;

/// Passes the first request, or as many as it is told to.
pub(crate) struct TestGate {
    passes: Mutex<usize>,
    pub(crate) asked: Mutex<Vec<CommitRequest>>,
    pub(crate) answers: Mutex<Vec<CommitResponse>>,
    pub(crate) lost: Mutex<Vec<(CommitRequest, String)>>,
    changed: watch::Sender<u64>,
    /// While false, questions wait for an answer.
    pub(crate) open: watch::Sender<bool>,
    /// While false, answers wait on their way to the page.
    pub(crate) let_answers_in: watch::Sender<bool>,
    panics: bool,
}

impl TestGate {
    pub(crate) fn passing(count: usize) -> Arc<Self> {
        Arc::new(Self::new(count, false))
    }

    pub(crate) fn panicking() -> Arc<Self> {
        Arc::new(Self::new(usize::MAX, true))
    }

    fn new(count: usize, panics: bool) -> Self {
        Self {
            passes: Mutex::new(count),
            asked: Mutex::default(),
            answers: Mutex::default(),
            lost: Mutex::default(),
            changed: watch::Sender::new(0),
            open: watch::Sender::new(true),
            let_answers_in: watch::Sender::new(true),
            panics,
        }
    }

    pub(crate) fn options(self: &Arc<Self>, path: &str) -> GateOptions {
        let pattern = CommitPattern {
            id: "save".to_owned(),
            method: "POST".to_owned(),
            url: UrlGlob::new(path),
        };
        GateOptions {
            patterns: vec![pattern],
            gate: Arc::clone(self) as Arc<dyn CommitGate>,
        }
    }

    pub(crate) fn asked(&self) -> Vec<CommitRequest> {
        self.asked.lock().expect("not poisoned").clone()
    }

    pub(crate) fn answers(&self) -> Vec<CommitResponse> {
        self.answers.lock().expect("not poisoned").clone()
    }

    pub(crate) fn lost(&self) -> Vec<(CommitRequest, String)> {
        self.lost.lock().expect("not poisoned").clone()
    }

    /// Waits until something holds.
    pub(crate) async fn until(&self, holds: impl Fn(&Self) -> bool) {
        let mut changed = self.changed.subscribe();
        let waiting = async {
            while !holds(self) {
                changed.changed().await.expect("the gate lives");
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), waiting)
            .await
            .expect("the gate is asked or told");
    }

    fn touch(&self) {
        self.changed.send_modify(|version| *version += 1);
    }
}

#[async_trait::async_trait]
impl CommitGate for TestGate {
    async fn request(&self, request: &CommitRequest) -> Verdict {
        self.asked
            .lock()
            .expect("not poisoned")
            .push(request.clone());
        self.touch();
        assert!(!self.panics, "the gate is broken on purpose");
        let _ = self.open.subscribe().wait_for(|open| *open).await;
        let mut passes = self.passes.lock().expect("not poisoned");
        if *passes == 0 {
            return Verdict::Refuse {
                reason: "one has passed".to_owned(),
            };
        }
        *passes -= 1;
        Verdict::Pass
    }

    async fn response(&self, response: &CommitResponse) {
        self.answers
            .lock()
            .expect("not poisoned")
            .push(response.clone());
        self.touch();
        let _ = self.let_answers_in.subscribe().wait_for(|open| *open).await;
    }

    async fn lost(&self, request: &CommitRequest, why: String) {
        self.lost
            .lock()
            .expect("not poisoned")
            .push((request.clone(), why));
        self.touch();
    }
}

//! The end of a history: everything runs again, and what is open comes to its end.

use formhand_domain::{JobEvent, Status};
use jiff::SignedDuration;

use crate::{history::NODES, node::Condition, searcher::Searcher, world::World};

/// A job has three attempts with at most an hour between them, and a person answers in time.
const ROUNDS: usize = 200;

/// Steps that an attempt may take in one round: more than it has.
const STEPS: usize = 12;

impl World {
    /// Lets everything run and nothing go wrong until every job has ended.
    pub(crate) async fn calm_down(&mut self) {
        self.note("from now on nothing goes wrong");
        self.calm = true;
        for node in 0..self.nodes.len() {
            self.nodes[node].skew = SignedDuration::ZERO;
            match self.nodes[node].condition {
                Condition::Dead => self.start(node).await,
                _ => self.nodes[node].condition = Condition::Running,
            }
        }
        for _ in 0..ROUNDS {
            if self.is_over().await {
                return;
            }
            self.round().await;
            self.check_filed();
        }
        self.broke("a job did not end in time");
    }

    async fn is_over(&mut self) -> bool {
        let idle = self.nodes.iter().all(|node| node.attempt.is_none());
        let network = &self.network;
        let quiet = network.flights.is_empty() && network.let_in.is_empty();
        let quiet = quiet && self.searchers.iter().all(Searcher::is_idle);
        if !idle || !quiet {
            return false;
        }
        let open = [Status::OnHold, Status::NeedsReview];
        for status in open {
            if !self.of_status(status).await.is_empty() {
                return false;
            }
        }
        // Nothing waits, and nothing is worked on.
        matches!(self.store.next_due_at().await, Ok(None))
    }

    async fn round(&mut self) {
        for node in 0..self.nodes.len() {
            self.recover_expired(node).await;
            if self.nodes[node].attempt.is_none() {
                self.claim(node).await;
            }
            for _ in 0..STEPS {
                self.step(node).await;
                self.arrive();
                self.file();
            }
        }
        while !self.network.flights.is_empty() {
            self.arrive();
        }
        for job in self.of_status(Status::OnHold).await {
            self.say(job.id, JobEvent::Unhold).await;
        }
        for who in 0..=NODES {
            // One looks, then says what was seen.
            self.search(who).await;
            self.search(who).await;
        }
        self.wait_for(SignedDuration::from_mins(10));
    }
}

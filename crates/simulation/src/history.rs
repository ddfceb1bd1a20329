//! A history: what happens in it, one thing after the other.

use formhand_domain::{Job, JobEvent, RecoveryRule, RetryPolicy, Status, Writer};
use formhand_store::{Capacity, ClaimRequest, JobFilter};
use jiff::SignedDuration;

use crate::{
    Mutation,
    attempt::{At, Attempt},
    node::Condition,
    searcher::Searcher,
    world::{LEASE, World},
    writing::Written,
};

/// Servers of a history.
pub(crate) const NODES: usize = 3;

/// More jobs than a history has.
const MOST: u32 = 500;

/// What happens in a history before it calms down.
const EVENTS: usize = 120;

impl World {
    /// Things happen, then everything calms down and comes to its end.
    pub(crate) async fn live(&mut self) {
        self.submit().await;
        for _ in 0..EVENTS {
            self.happen().await;
            if self.broken.is_some() {
                return;
            }
        }
        self.calm_down().await;
        self.check_ends().await;
    }

    /// One thing happens.
    async fn happen(&mut self) {
        let node = self.chance.below(NODES);
        let runs = self.nodes[node].condition == Condition::Running;
        let works = self.nodes[node].attempt.is_some();
        match self.chance.below(100) {
            0..52 if runs && works => self.step(node).await,
            0..52 if runs => self.claim(node).await,
            52..56 if works || self.chance.percent(20) => self.kill(node),
            56..60 if works || self.chance.percent(20) => self.pause(node),
            0..66 => self.bring_back(node).await,
            66..70 => self.arrive(),
            70..72 => self.file(),
            72..76 => self.lose(),
            76..80 if runs => self.recover_expired(node).await,
            80..83 if runs => self.renew(node).await,
            83..86 => self.submit().await,
            86..88 => self.meddle().await,
            88..92 => {
                let who = self.chance.below(NODES + 1);
                self.search(who).await;
            }
            92..94 => self.jump(node),
            _ => self.pass_time(),
        }
        self.check_filed();
    }

    pub(crate) async fn claim(&mut self, node: usize) {
        let request = ClaimRequest {
            owner: self.nodes[node].id.clone(),
            now: self.clock(node),
            lease_for: LEASE,
            accounts: vec![Capacity {
                account: self.account.clone(),
                max_parallel: 2,
                pace: None,
            }],
        };
        let claimed = match self.store.claim(request).await {
            Ok(Some(job)) => job,
            Ok(None) => return,
            Err(error) => return self.broke(format_args!("a claim failed: {error}")),
        };
        self.attempts += 1;
        let (id, number) = (self.nodes[node].id.clone(), self.attempts);
        self.note(format_args!(
            "{id}: claims {} as attempt {number}",
            claimed.id
        ));
        if self.mishap(3) {
            self.note(format_args!("{id}: does not hear of it"));
            return;
        }
        self.nodes[node].attempt = Some(Attempt {
            number,
            job: claimed.id,
            token: claimed.fence,
            session: self.network.session,
            at: At::Claimed,
        });
    }

    fn kill(&mut self, node: usize) {
        if self.nodes[node].condition == Condition::Dead {
            return;
        }
        let id = self.nodes[node].id.clone();
        self.note(format_args!("{id}: is killed"));
        self.summary.kills += 1;
        self.nodes[node].condition = Condition::Dead;
        self.searchers[node] = Searcher::default();
        let Some(attempt) = self.nodes[node].attempt.take() else {
            return;
        };
        self.summary.kills_at_submit += u64::from(attempt.at.is_at_submit());
        // A browser lets go of what was held when nobody holds it any more, and may get that far before it dies.
        if attempt.at.holds_a_request() && self.chance.percent(50) {
            self.let_go(&attempt);
        }
    }

    /// Its browsers are dead, and what it left is judged by the table.
    pub(crate) async fn start(&mut self, node: usize) {
        let id = self.nodes[node].id.clone();
        self.note(format_args!("{id}: starts"));
        self.nodes[node].condition = Condition::Running;
        for job in self.of_status(Status::Processing).await {
            if job.lease().is_some_and(|lease| lease.owner == id) {
                let rule = RecoveryRule::OwnerDead { token: job.fence };
                self.recover(node, &job, rule).await;
            }
        }
    }

    fn pause(&mut self, node: usize) {
        if self.nodes[node].condition == Condition::Running {
            let id = self.nodes[node].id.clone();
            self.note(format_args!("{id}: stands still"));
            self.summary.pauses += 1;
            self.nodes[node].condition = Condition::Paused;
        }
    }

    async fn bring_back(&mut self, node: usize) {
        match self.nodes[node].condition {
            Condition::Dead if self.chance.percent(30) => self.start(node).await,
            Condition::Paused if self.chance.percent(20) => {
                let id = self.nodes[node].id.clone();
                self.note(format_args!("{id}: goes on"));
                self.nodes[node].condition = Condition::Running;
            }
            _ => {}
        }
    }

    pub(crate) async fn recover_expired(&mut self, node: usize) {
        match self.store.expired(self.clock(node), MOST).await {
            Ok(expired) => {
                for job in expired {
                    self.recover(node, &job, RecoveryRule::Expired).await;
                }
            }
            Err(error) => self.broke(format_args!("leases cannot be read: {error}")),
        }
    }

    async fn recover(&mut self, node: usize, job: &Job, rule: RecoveryRule) {
        let event = JobEvent::LeaseEnded {
            retry: RetryPolicy::default(),
            random: self.chance.share(),
            rule,
        };
        let now = self.clock(node);
        let recovered = self.store.apply(job.id, Writer::Queue, event, now).await;
        let Ok(after) = recovered else { return };
        let id = self.nodes[node].id.clone();
        self.note(format_args!(
            "{id}: takes {} over: {}",
            job.id,
            after.status()
        ));
        if self.is(Mutation::RequeueArmed) {
            self.requeue_armed(&after).await;
        }
    }

    async fn renew(&mut self, node: usize) {
        let expires_at = self.clock(node) + LEASE;
        let renewed = self.write(node, JobEvent::Renew { expires_at }).await;
        if matches!(renewed, Written::Stale) {
            // It learns that the job is another's, and closes its clone.
            self.nodes[node].attempt = None;
        }
    }

    pub(crate) fn arrive(&mut self) {
        if self.network.flights.is_empty() {
            return;
        }
        let index = self.chance.below(self.network.flights.len());
        let job = self.network.flights[index].job;
        let refuses = self.mishap(10);
        let made = self.network.arrive(index, refuses, self.now);
        self.note(format_args!("the portal gets {job}: {made}"));
    }

    /// The portal is done with one of the requests that it has let in.
    pub(crate) fn file(&mut self) {
        let open = self.network.let_in.len();
        if open > 0 {
            let index = self.chance.below(open);
            self.file_one(index);
        }
    }

    fn file_one(&mut self, index: usize) {
        let job = self.network.file(index);
        self.note(format_args!("the portal files {job}"));
    }

    /// Time passes; what the portal has let in is filed in time.
    pub(crate) fn wait_for(&mut self, time: SignedDuration) {
        self.now += time;
        while let Some(index) = self.network.overdue(self.now) {
            self.file_one(index);
        }
    }

    /// A request or an answer is lost on its way.
    fn lose(&mut self) {
        let network = &mut self.network;
        if !network.flights.is_empty() && self.chance.percent(50) {
            let flight = network.flights.remove(0);
            self.note(format_args!("a request of {} is lost", flight.job));
        } else if !network.answers.is_empty() {
            let (attempt, _) = network.answers.remove(0);
            self.note(format_args!("the answer to attempt {attempt} is lost"));
        }
    }

    fn jump(&mut self, node: usize) {
        let skews = [-3600, -20, 0, 20, 3600];
        let seconds = self.chance.one_of(&skews).unwrap_or_default();
        self.nodes[node].skew = SignedDuration::from_secs(seconds);
        let id = self.nodes[node].id.clone();
        self.note(format_args!("{id}: its clock is {seconds} s off"));
    }

    fn pass_time(&mut self) {
        let waits = [1, 3, 10, 40, 120];
        let seconds = self.chance.one_of(&waits).unwrap_or_default();
        self.wait_for(SignedDuration::from_secs(seconds));
    }

    /// The jobs of this status. What other histories left has ended.
    pub(crate) async fn of_status(&mut self, status: Status) -> Vec<Job> {
        let filter = JobFilter {
            statuses: vec![status],
            ..JobFilter::default()
        };
        match self.store.jobs(filter, None, MOST).await {
            Ok(page) => page.jobs,
            Err(error) => {
                self.broke(format_args!("jobs cannot be listed: {error}"));
                Vec::new()
            }
        }
    }

    /// The jobs of this history as they are stored.
    pub(crate) async fn stored(&mut self) -> Vec<Job> {
        let mut found = Vec::with_capacity(self.jobs.len());
        for (id, _) in self.jobs.clone() {
            match self.store.job(id).await {
                Ok(Some(job)) => found.push(job),
                Ok(None) => self.broke(format_args!("{id} was acknowledged and is gone")),
                Err(error) => self.broke(format_args!("{id} cannot be read: {error}")),
            }
        }
        found
    }
}

//! The loop that searches portals for jobs of unknown outcome. It wakes by signals, as the dispatcher does.

use std::{sync::Arc, time::Duration};

use formhand_domain::{
    FlowName, Job, JobEvent, JobState, PortalName, Status, Writer,
    job::{Judgement, SearchCase, Sight},
};
use formhand_portal::{Flow, Portal, Verify};
use formhand_store::{ApplyError, Change};
use jiff::SignedDuration;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::Instant,
};

use super::{
    super::{Shop, shop::Account},
    newer::Newer,
    search::{LIMIT, Search},
};

/// Searches portals until the server drains. One search at a time: nothing waits for it but a person.
pub(crate) struct Verifier {
    pub(crate) shop: Arc<Shop>,
}

/// A job with all that a search for it needs.
struct Suspect<'a> {
    job: Job,
    account: &'a Account,
    portal: &'a Arc<Portal>,
    flow: &'a Flow,
    verify: &'a Verify,
}

/// Jobs that are looked at in one go.
const BATCH: u32 = 1000;

/// Only a net under the signals: what another server wrote comes without one.
const SWEEP: Duration = Duration::from_secs(5);

impl Verifier {
    /// Works until the server drains.
    pub(crate) async fn run(self) {
        let flows = self.flows();
        if flows.is_empty() {
            return;
        }
        let mut newer = Newer::default();
        let mut changes = self.shop.store.changes();
        while !self.shop.draining.is_cancelled() {
            let pause = self.look(&flows, &mut newer).await;
            tokio::select! {
                () = self.shop.draining.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
                () = news(&mut changes) => {}
            }
        }
    }

    fn flows(&self) -> Vec<(PortalName, FlowName)> {
        let portals = self.shop.portals.values();
        let flows = portals.flat_map(|portal| {
            let searched = portal.flows.values().filter(|flow| flow.verify.is_some());
            searched.map(|flow| (portal.name.clone(), flow.name.clone()))
        });
        flows.collect()
    }

    /// Searches for all that is due, and says how long until the next is.
    async fn look(&self, flows: &[(PortalName, FlowName)], newer: &mut Newer) -> Duration {
        let jobs = match self.shop.store.to_search(flows, BATCH).await {
            Ok(jobs) => jobs,
            Err(error) => {
                tracing::error!(%error, "jobs of unknown outcome could not be read");
                return SWEEP;
            }
        };
        newer.keep(&jobs);
        let mut pause = SWEEP;
        for job in jobs {
            let now = self.shop.clock.now();
            let Some(due_at) = job.search_at() else {
                continue;
            };
            if due_at > now {
                let wait = Duration::try_from(due_at.duration_since(now)).unwrap_or_default();
                return pause.min(wait);
            }
            if self.shop.is_closed() {
                return pause;
            }
            if let Some(suspect) = self.suspect(job)
                && suspect.account.is_ready(now).await
            {
                self.search(&suspect, newer).await;
                // What it said may make another search due; it is looked at at once.
                pause = Duration::ZERO;
            }
        }
        pause
    }

    /// Nothing if the job is not of this server's portals and accounts.
    fn suspect(&self, job: Job) -> Option<Suspect<'_>> {
        let (portal, flow) = self.shop.flow_of(&job)?;
        Some(Suspect {
            account: self.shop.account_of(&job)?,
            verify: flow.verify.as_ref()?,
            portal,
            flow,
            job,
        })
    }

    async fn search(&self, suspect: &Suspect<'_>, newer: &mut Newer) {
        let (began, began_here) = (self.shop.clock.now(), Instant::now());
        let most = LIMIT + self.shop.timing.session_wait;
        let until = began.saturating_add(most).unwrap_or(began);
        // One search at a time over all servers; one that dies is followed by another when its time is over.
        let Some(job) = self.say(&suspect.job, JobEvent::Search { until }).await else {
            return;
        };
        let JobState::NeedsReview {
            since,
            commit,
            search,
            ..
        } = &job.state
        else {
            return;
        };
        let sight = self.look_for(suspect, &job).await;
        let newer_for = match &sight {
            Sight::Nothing { session } if commit.session() < Some(*session) => {
                newer.at(&job, began_here)
            }
            _ => SignedDuration::ZERO,
        };
        let case = SearchCase {
            token: job.fence,
            rules: suspect.verify.rules(),
            undone: suspect.flow.undone(),
            commit,
            since: *since,
            began,
            newer_for,
            tries: search.tries,
            attempts: job.attempts,
            retry: self.shop.timing.retry,
            random: rand::random(),
        };
        self.conclude(suspect, &job, case.judge(sight)).await;
    }

    async fn look_for(&self, suspect: &Suspect<'_>, job: &Job) -> Sight {
        let search = Search {
            shop: &self.shop,
            account: suspect.account,
            portal: suspect.portal,
            flow: suspect.flow,
            verify: suspect.verify,
            job,
        };
        search.look().await
    }

    async fn conclude(&self, suspect: &Suspect<'_>, job: &Job, judgement: Judgement) {
        let event = match judgement {
            Judgement::Settled(settlement) => JobEvent::Settle { settlement },
            Judgement::Again(at, said) => JobEvent::SearchEnded {
                next_at: Some(at),
                said,
            },
            Judgement::AfterLogin(session, at, said) => {
                suspect.account.keeper.retire(session).await;
                JobEvent::SearchEnded {
                    next_at: Some(at),
                    said,
                }
            }
            Judgement::Person(said) => JobEvent::SearchEnded {
                next_at: None,
                said,
            },
        };
        let what = event.name();
        if let Some(job) = self.say(job, event).await {
            tracing::info!(job = %job.id, event = what, outcome = %job.outcome(), "searched the portal");
        }
    }

    /// The job as it is then, or nothing if it is settled already, or another searches for it.
    async fn say(&self, job: &Job, event: JobEvent) -> Option<Job> {
        let writer = Writer::Searcher { token: job.fence };
        let now = self.shop.clock.now();
        match self.shop.store.apply(job.id, writer, event, now).await {
            Ok(job) => Some(job),
            Err(ApplyError::Store(error)) => {
                tracing::error!(job = %job.id, %error, "what a search came to was not recorded");
                None
            }
            Err(_) => None,
        }
    }
}

/// Resolves when a job's outcome has become unknown, somebody wants one searched for, or the signals were too many to
/// tell. A search that says that another is due later is none.
async fn news(changes: &mut Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Job(entry)) if entry.to == Status::NeedsReview => return,
            Ok(Change::Session | Change::Missed) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

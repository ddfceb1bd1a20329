//! Who searches the portal for jobs of unknown outcome: the servers, and a person. They see what the portal shows at a
//! moment and say it later, when it may no longer be so.

use std::collections::BTreeMap;

use formhand_domain::{
    Commit, FencingToken, Generation, Job, JobEvent, JobId, JobState, Receipt, RetryPolicy,
    SearchRules, Settlement, Status, Undone, WhenNotFound, Writer,
    job::{Judgement, SearchCase, Sight},
};
use jiff::{SignedDuration, Timestamp};

use crate::{Mutation, history::NODES, network::WORKS_ON_IT, node::Condition, world::World};

/// How the portal of all histories is searched.
const RULES: SearchRules = SearchRules {
    settle: WORKS_ON_IT,
    when_not_found: WhenNotFound::Retry,
};

/// When another search may begin if one has said nothing by then.
const SEARCH_LIMIT: SignedDuration = SignedDuration::from_mins(2);

/// The person, after the servers.
pub(crate) const MEERA: usize = NODES;

/// One who searches.
#[derive(Debug, Default)]
pub(crate) struct Searcher {
    /// Since when it knows that its session is newer than that of an attempt.
    newer: BTreeMap<(JobId, FencingToken), Timestamp>,
    /// What it has seen and not yet said.
    finding: Option<Finding>,
}

impl Searcher {
    pub(crate) fn is_idle(&self) -> bool {
        self.finding.is_none()
    }
}

/// What the portal has shown.
#[derive(Debug)]
struct Finding {
    job: Job,
    number: Option<String>,
    session: Generation,
    /// When it was looked, by the searcher's clock.
    began: Timestamp,
    newer_for: SignedDuration,
}

impl World {
    /// Somebody looks for a job of unknown outcome in the portal, or says what was found there.
    pub(crate) async fn search(&mut self, who: usize) {
        if who < NODES && self.nodes[who].condition != Condition::Running {
            return;
        }
        match self.searchers[who].finding.take() {
            Some(finding) => self.tell(who, finding).await,
            None => self.look(who).await,
        }
    }

    async fn look(&mut self, who: usize) {
        let unknown = self.of_status(Status::NeedsReview).await;
        let ids: Vec<JobId> = unknown.iter().map(|job| job.id).collect();
        let Some(id) = self.chance.one_of(&ids) else {
            return;
        };
        let Some(mut job) = unknown.into_iter().find(|job| job.id == id) else {
            return;
        };
        let began = self.time_of(who);
        if who != MEERA {
            let until = began + SEARCH_LIMIT;
            let Some(searched) = self.say_as(who, &job, JobEvent::Search { until }).await else {
                return;
            };
            job = searched;
        }
        let session = Generation(self.network.session);
        let number = self.network.filed(id).first().cloned();
        let newer_for = self.newer_for(who, &job, session);
        self.note(format_args!("{id} is looked for: {number:?}"));
        self.searchers[who].finding = Some(Finding {
            job,
            number,
            session,
            began,
            newer_for,
        });
    }

    /// By the true time: a server measures lengths of time by a clock that does not jump.
    fn newer_for(&mut self, who: usize, job: &Job, session: Generation) -> SignedDuration {
        if commit(job).session() >= Some(session) {
            return SignedDuration::ZERO;
        }
        let now = self.now;
        let newer = &mut self.searchers[who].newer;
        now.duration_since(*newer.entry((job.id, job.fence)).or_insert(now))
    }

    async fn tell(&mut self, who: usize, finding: Finding) {
        let judgement = self.judge(&finding);
        let job = &finding.job;
        let event = match judgement {
            Judgement::Settled(settlement) => {
                self.settle(who, job, settlement).await;
                return;
            }
            Judgement::Again(at, said) => ended(Some(at), said),
            Judgement::AfterLogin(_, at, said) => {
                self.network.log_in();
                self.note("a new login ends the session");
                ended(Some(at), said)
            }
            Judgement::Person(said) => ended(None, said),
        };
        if who != MEERA {
            self.say_as(who, job, event).await;
        }
    }

    fn judge(&mut self, finding: &Finding) -> Judgement {
        let Finding { job, session, .. } = finding;
        let sight = match &finding.number {
            Some(number) => Sight::Found(Receipt([("number".to_owned(), number.clone())].into())),
            None if self.is(Mutation::LookupWithoutSettling) => {
                return Judgement::Settled(not_filed(job.fence, finding.began));
            }
            None => Sight::Nothing { session: *session },
        };
        let commit = if self.is(Mutation::SettleWithoutLogin) {
            &Commit::Armed {
                armed_at: finding.began,
                session: Some(Generation::default()),
            }
        } else {
            commit(job)
        };
        let (tries, since) = match &job.state {
            JobState::NeedsReview { search, since, .. } => (search.tries, *since),
            _ => (0, finding.began),
        };
        let case = SearchCase {
            token: job.fence,
            rules: RULES,
            undone: Undone::Nothing,
            commit,
            since,
            began: finding.began,
            newer_for: finding.newer_for,
            tries,
            attempts: job.attempts,
            retry: RetryPolicy::default(),
            random: self.chance.share(),
        };
        case.judge(sight)
    }

    async fn settle(&mut self, who: usize, job: &Job, settlement: Settlement) {
        self.summary.settled += 1;
        if who != MEERA {
            self.say_as(who, job, JobEvent::Settle { settlement }).await;
            return;
        }
        let settlement = match settlement {
            Settlement::NotFiled { token, reason, .. } => Settlement::NotFiled {
                token,
                reason,
                again_at: None,
            },
            filed @ Settlement::Filed { .. } => filed,
        };
        let again = matches!(settlement, Settlement::NotFiled { .. });
        let said = self.say(job.id, JobEvent::Settle { settlement }).await;
        if said && again && self.chance.percent(60) {
            self.say(job.id, JobEvent::Retry).await;
        }
    }

    /// Says what a server has seen of the attempt that it looked for.
    async fn say_as(&mut self, who: usize, job: &Job, event: JobEvent) -> Option<Job> {
        let (id, name) = (self.nodes[who].id.clone(), event.name());
        if self.mishap(3) {
            self.note(format_args!("{id}: {name} does not reach the store"));
            return None;
        }
        let writer = Writer::Searcher { token: job.fence };
        let said = self
            .store
            .apply(job.id, writer, event, self.clock(who))
            .await;
        match said {
            Ok(after) => {
                self.note(format_args!(
                    "{id}: {name} of {}: {}",
                    job.id,
                    after.status()
                ));
                Some(after)
            }
            Err(error) => {
                self.note(format_args!(
                    "{id}: {name} of {} is refused: {error}",
                    job.id
                ));
                None
            }
        }
    }

    fn time_of(&self, who: usize) -> Timestamp {
        if who == MEERA {
            self.now
        } else {
            self.clock(who)
        }
    }
}

fn ended(next_at: Option<Timestamp>, said: String) -> JobEvent {
    JobEvent::SearchEnded { next_at, said }
}

/// A search that finds nothing counts at once, in the broken protocol.
fn not_filed(token: FencingToken, again_at: Timestamp) -> Settlement {
    Settlement::NotFiled {
        token,
        reason: "it is not in the list".to_owned(),
        again_at: Some(again_at),
    }
}

fn commit(job: &Job) -> &Commit {
    match &job.state {
        JobState::NeedsReview { commit, .. } => commit,
        other => unreachable!("a job that is searched for is unknown, and this is {other:?}"),
    }
}

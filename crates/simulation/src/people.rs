//! What people do: hand records in, hold and cancel jobs, and settle what is unknown.

use formhand_domain::{
    AccountName, BusinessKey, CallerId, Commit, FencingToken, FlowName, Job, JobEvent, JobId,
    JobState, NewJob, PortalName, Receipt, Settlement, Status, Undone, Writer,
};
use formhand_store::Submitted;

use crate::{Mutation, world::World};

/// What a search of the portal has shown, until it is said.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    job: JobId,
    number: Option<String>,
}

impl World {
    /// Hands a record in. The same business case comes more than once.
    pub(crate) async fn submit(&mut self) {
        let known = self.jobs.len();
        let business_key = if known > 0 && self.mishap(25) {
            self.jobs[self.chance.below(known)].1.clone()
        } else {
            let text = format!("{} case {known}", self.account.account);
            BusinessKey::new(text).expect("a plain text")
        };
        let id = JobId::new(self.now, self.chance.bits());
        let job = Job {
            id,
            portal: self.account.portal.clone(),
            flow: FlowName::new("motor").expect("a name"),
            account: self.account.account.clone(),
            caller_id: CallerId::new(id.to_string()).expect("a plain text"),
            business_key: Some(business_key.clone()),
            label: "Asha Example".to_owned(),
            record: serde_json::json!({}),
            created_at: self.now,
            attempts: 0,
            fence: FencingToken::default(),
            state: JobState::Pending { due_at: self.now },
        };
        let idempotency_key = None;
        let new = NewJob {
            job,
            idempotency_key,
        };
        match self.store.submit(new).await {
            Ok(Submitted::Stored(id)) => self.note(format_args!("{id} is handed in")),
            Ok(submitted) => self.note(format_args!("{submitted:?}")),
            Err(error) => self.broke(format_args!("a record was not taken: {error}")),
        }
        self.jobs.push((id, business_key));
    }

    /// Somebody does something to some job that may or may not take it.
    pub(crate) async fn meddle(&mut self) {
        let ids: Vec<JobId> = self.jobs.iter().map(|(id, _)| *id).collect();
        let Some(id) = self.chance.one_of(&ids) else {
            return;
        };
        let event = match self.chance.below(4) {
            0 => JobEvent::Hold,
            1 => JobEvent::Unhold,
            2 => JobEvent::Cancel {
                reason: "a mistake".to_owned(),
            },
            _ => JobEvent::Retry,
        };
        self.say(id, event).await;
    }

    /// Looks for a job of unknown outcome in the portal, or says what was found there.
    pub(crate) async fn settle(&mut self) {
        if let Some(finding) = self.finding.take() {
            self.tell(finding).await;
            return;
        }
        let unknown = self.of_status(Status::NeedsReview).await;
        let unknown: Vec<JobId> = unknown.iter().map(|job| job.id).collect();
        let Some(job) = self.chance.one_of(&unknown) else {
            return;
        };
        if !self.is(Mutation::LookupWithoutSettling) {
            // Whatever of the old attempt is still under way is turned away from now on.
            self.network.revoke();
        }
        let number = self.network.filed(job).first().cloned();
        self.note(format_args!("{job} is looked for: {number:?}"));
        self.finding = Some(Finding { job, number });
    }

    async fn tell(&mut self, finding: Finding) {
        self.summary.settled += 1;
        let settlement = match finding.number {
            Some(number) => Settlement::Filed {
                receipt: Receipt([("number".to_owned(), number)].into()),
                undone: Undone::Nothing,
            },
            None => Settlement::NotFiled {
                reason: "it is not in the list".to_owned(),
            },
        };
        let again = matches!(settlement, Settlement::NotFiled { .. });
        self.say(finding.job, JobEvent::Settle { settlement }).await;
        if again && self.chance.percent(60) {
            self.say(finding.job, JobEvent::Retry).await;
        }
    }

    /// Puts a job whose submit was allowed back into the queue, as no person may.
    pub(crate) async fn requeue_armed(&mut self, job: &Job) {
        let JobState::NeedsReview {
            commit: Commit::Armed { .. },
            ..
        } = job.state
        else {
            return;
        };
        let settlement = Settlement::NotFiled {
            reason: "it was only armed".to_owned(),
        };
        self.say(job.id, JobEvent::Settle { settlement }).await;
        self.say(job.id, JobEvent::Retry).await;
    }

    pub(crate) async fn say(&mut self, id: JobId, event: JobEvent) {
        let name = event.name();
        let writer = Writer::Person {
            name: "Meera".to_owned(),
        };
        let said = self.store.apply(id, writer, event, self.now).await;
        if let Ok(job) = said {
            self.note(format_args!("Meera: {name} of {id}: {}", job.status()));
        }
    }
}

/// The portal of all histories.
pub(crate) fn portal() -> PortalName {
    PortalName::new("simulated").expect("a name")
}

/// An account of one history alone, so that histories in one store do not meet.
pub(crate) fn account(history: u64) -> AccountName {
    AccountName::new(format!("account-{history}")).expect("a name")
}

//! What people do: hand records in, hold and cancel jobs.

use formhand_domain::{
    AccountName, BusinessKey, CallerId, Commit, FencingToken, FlowName, Job, JobEvent, JobId,
    JobState, NewJob, PortalName, Settlement, Writer,
};
use formhand_store::Submitted;

use crate::world::World;

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
            token: job.fence,
            reason: "it was only armed".to_owned(),
            again_at: None,
        };
        self.say(job.id, JobEvent::Settle { settlement }).await;
        self.say(job.id, JobEvent::Retry).await;
    }

    /// Says it, and tells whether the job has taken it.
    pub(crate) async fn say(&mut self, id: JobId, event: JobEvent) -> bool {
        let name = event.name();
        let writer = Writer::Person {
            name: "Meera".to_owned(),
        };
        let said = self.store.apply(id, writer, event, self.now).await;
        if let Ok(job) = &said {
            self.note(format_args!("Meera: {name} of {id}: {}", job.status()));
        }
        said.is_ok()
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

//! A server writes what happened in its attempt. The store is the real one; what may get lost is the word of it.

use formhand_domain::{Job, JobEvent, Refusal, Writer};
use formhand_store::ApplyError;

use crate::{Mutation, world::World};

/// What came of a write, as its server knows it.
pub(crate) enum Written {
    Done(Box<Job>),
    /// The job is another's by now, or over.
    Stale,
    /// The job did not take it.
    Refused,
    /// No answer: it may be written or not.
    Unsure,
}

impl World {
    /// Writes with the token of the server's attempt.
    pub(crate) async fn write(&mut self, node: usize, event: JobEvent) -> Written {
        let Some(attempt) = &self.nodes[node].attempt else {
            return Written::Stale;
        };
        let (job, own) = (attempt.job, attempt.token);
        let (id, name) = (self.nodes[node].id.clone(), event.name());
        if self.mishap(3) {
            self.note(format_args!("{id}: {name} does not reach the store"));
            return Written::Unsure;
        }
        let token = if self.is(Mutation::ClaimWithoutToken) {
            let stored = self.store.job(job).await;
            stored.ok().flatten().map_or(own, |job| job.fence)
        } else {
            own
        };
        let now = self.clock(node);
        let writer = Writer::Worker { token };
        let written = self.store.apply(job, writer, event, now).await;
        match written {
            Ok(after) if after.fence != own => {
                self.broke(format_args!("{id} wrote {name} with a token that is over"));
                Written::Done(Box::new(after))
            }
            Ok(_) if self.mishap(3) => {
                self.note(format_args!(
                    "{id}: {name} is stored, and nobody hears of it"
                ));
                Written::Unsure
            }
            Ok(after) => {
                self.note(format_args!("{id}: {name} of {job}: {}", after.status()));
                Written::Done(Box::new(after))
            }
            Err(ApplyError::Refused(Refusal::StaleToken { .. })) => {
                self.note(format_args!(
                    "{id}: {name} of {job} is refused: stale token"
                ));
                Written::Stale
            }
            Err(error) => {
                self.note(format_args!("{id}: {name} of {job} is refused: {error}"));
                Written::Refused
            }
        }
    }
}

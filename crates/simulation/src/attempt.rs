//! An attempt, in the order in which the engine writes, clicks and lets a request pass.

use formhand_domain::{
    Failure, FailureCode, FencingToken, Generation, JobEvent, JobId, Receipt, RetryPolicy,
};
use jiff::Timestamp;

use crate::{
    Mutation,
    network::{Answer, Flight},
    world::{MARGIN, World},
    writing::Written,
};

/// An attempt of a server that may not know that it is over.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) number: u64,
    pub(crate) job: JobId,
    pub(crate) token: FencingToken,
    /// The session that its clone was made of.
    pub(crate) session: u64,
    pub(crate) at: At,
}

/// Where it is. Between two of these its server may be killed or stand still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum At {
    Claimed,
    InForm,
    /// The click may be made.
    Armed,
    /// The click has made a request, and the gate holds it.
    Held,
    /// The pass is recorded. The lease is looked at once more, for the server may have stood still meanwhile.
    Recorded {
        lease_until: Timestamp,
    },
    /// The request is about to be let go.
    LettingGo,
    Waiting,
    Answered(Answer),
    Filed,
    /// The gate is closed for good and nothing has passed it. Said only when the clone is closed.
    Unsent,
    Failing(FailureCode),
}

impl At {
    /// Whether a browser that dies may let a request go that was held.
    pub(crate) fn holds_a_request(&self) -> bool {
        matches!(self, Self::Held | Self::Recorded { .. } | Self::LettingGo)
    }

    /// Whether the submit is under way.
    pub(crate) fn is_at_submit(&self) -> bool {
        self.holds_a_request() || matches!(self, Self::Armed | Self::Waiting | Self::Answered(_))
    }
}

impl World {
    /// Lets a server take the next step of its attempt.
    pub(crate) async fn step(&mut self, node: usize) {
        let Some(attempt) = self.nodes[node].attempt.clone() else {
            return;
        };
        let next = match attempt.at.clone() {
            At::Claimed => self.enter(node).await,
            At::InForm => self.arm(node, &attempt).await,
            At::Armed if self.mishap(15) => Some(At::Unsent),
            At::Armed => Some(At::Held),
            At::Held => self.cross(node).await,
            At::Recorded { lease_until } if lease_until <= self.clock(node) => Some(At::Unsent),
            At::Recorded { .. } => Some(At::LettingGo),
            At::LettingGo => {
                self.let_go(&attempt);
                Some(At::Waiting)
            }
            At::Waiting => Some(self.wait(&attempt)),
            At::Answered(answer) => self.answered(node, answer).await,
            At::Filed => self.complete(node).await,
            At::Unsent => match self.write(node, JobEvent::Disarm).await {
                Written::Stale => None,
                // Where there was nothing to disarm, what is recorded stands.
                _ => Some(At::Failing(FailureCode::NothingSent)),
            },
            At::Failing(code) => {
                self.fail(node, code).await;
                None
            }
        };
        match (next, &mut self.nodes[node].attempt) {
            (Some(at), Some(attempt)) => attempt.at = at,
            (_, attempt) => *attempt = None,
        }
    }

    async fn enter(&mut self, node: usize) -> Option<At> {
        if self.mishap(8) {
            return Some(At::Failing(FailureCode::Network));
        }
        if self.mishap(5) {
            let due_at = self.clock(node);
            self.write(node, JobEvent::Release { due_at }).await;
            return None;
        }
        match self.write(node, JobEvent::EnterForm).await {
            Written::Done(_) => Some(At::InForm),
            Written::Stale => None,
            _ => Some(At::Failing(FailureCode::Internal)),
        }
    }

    async fn arm(&mut self, node: usize, attempt: &Attempt) -> Option<At> {
        if self.mishap(10) {
            return Some(At::Failing(FailureCode::Network));
        }
        if self.is(Mutation::ArmAfterClick) {
            self.let_go(attempt);
        }
        match self
            .write(
                node,
                JobEvent::Arm {
                    margin: MARGIN,
                    session: Some(Generation(attempt.session)),
                },
            )
            .await
        {
            Written::Done(_) if self.is(Mutation::ArmAfterClick) => Some(At::Waiting),
            Written::Done(_) => Some(At::Armed),
            Written::Stale => None,
            Written::Refused => Some(At::Failing(FailureCode::LeaseTooShort)),
            Written::Unsure => Some(At::Unsent),
        }
    }

    async fn cross(&mut self, node: usize) -> Option<At> {
        if self.is(Mutation::CrossWithoutWrite) {
            return Some(At::LettingGo);
        }
        let cross = JobEvent::Cross {
            fingerprint: "ab".repeat(32),
            margin: MARGIN,
        };
        match self.write(node, cross).await {
            Written::Done(job) => {
                let lease_until = job.lease().map_or(Timestamp::MIN, |lease| lease.expires_at);
                Some(At::Recorded { lease_until })
            }
            // The gate holds it back for good. Whether anything is left to say is for the store to judge.
            _ => Some(At::Unsent),
        }
    }

    pub(crate) fn let_go(&mut self, attempt: &Attempt) {
        let flight = Flight {
            job: attempt.job,
            attempt: attempt.number,
            session: attempt.session,
        };
        self.network.send(flight);
        self.note(format_args!(
            "attempt {}: the request has left",
            attempt.number
        ));
    }

    fn wait(&mut self, attempt: &Attempt) -> At {
        let answers = &mut self.network.answers;
        let ours = answers.iter().position(|(to, _)| *to == attempt.number);
        if let Some(index) = ours {
            return At::Answered(answers.swap_remove(index).1);
        }
        if self.network.is_under_way(attempt.number) && !self.mishap(25) {
            return At::Waiting;
        }
        // Whoever keeps no record of the pass takes silence for a click that made no request.
        if self.is(Mutation::CrossWithoutWrite) {
            At::Unsent
        } else {
            At::Failing(FailureCode::OutcomeUnknown)
        }
    }

    async fn answered(&mut self, node: usize, answer: Answer) -> Option<At> {
        let event = match answer {
            Answer::Filed(number) => JobEvent::Receive {
                receipt: Receipt([("number".to_owned(), number)].into()),
            },
            Answer::Rejected => JobEvent::Reject {
                failure: Failure::new(FailureCode::Rejected, "the portal refuses it"),
            },
        };
        let is_receipt = matches!(event, JobEvent::Receive { .. });
        match self.write(node, event).await {
            Written::Done(_) if is_receipt => Some(At::Filed),
            Written::Done(_) | Written::Stale => None,
            Written::Refused | Written::Unsure => Some(At::Failing(FailureCode::OutcomeUnknown)),
        }
    }

    async fn complete(&mut self, node: usize) -> Option<At> {
        if self.mishap(5) {
            return Some(At::Failing(FailureCode::StepTimedOut));
        }
        let optional_failure = None;
        let complete = JobEvent::Complete { optional_failure };
        // What is stored of the filing stays, whatever becomes of this.
        self.write(node, complete).await;
        None
    }

    async fn fail(&mut self, node: usize, code: FailureCode) {
        let random = self.chance.share();
        let fail = JobEvent::Fail {
            failure: Failure::new(code, "it failed"),
            retry: RetryPolicy::default(),
            random,
        };
        self.write(node, fail).await;
    }
}

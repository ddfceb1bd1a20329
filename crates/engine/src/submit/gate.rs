//! The gate of one attempt: lets one commit request out, after that is durable, and nothing else ever.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use formhand_browser::{CommitGate, CommitRequest, CommitResponse, Verdict};
use formhand_domain::JobEvent;
use formhand_portal::Submit;
use jiff::SignedDuration;
use tokio::sync::watch;

use super::{Answer, JobWriter, read_response};

/// What the gate has seen, newest state only.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum GateEvent {
    /// Nothing of note.
    Quiet,
    /// A request that nobody asked for was refused.
    Unexpected(String),
    /// The pass of the commit request is recorded; it leaves.
    Crossed,
    /// The commit request was stopped, for it could not be recorded or too little was left of the lease.
    Stopped(String),
    /// The portal answered, and what it proves is recorded.
    Answered(Answer),
    /// The portal answered and proved it, but that could not be recorded.
    Unrecorded(String),
    /// The request left and its answer was never seen.
    Lost(String),
}

/// The states of the gate. Only `Armed` lets a request pass, and it does so once.
enum State {
    Shut,
    Armed(Box<Submit>, String),
    /// A request stands at the gate while its pass is being recorded.
    Crossing,
    Crossed(Box<Submit>),
    /// For good.
    Closed,
}

/// The gate of one attempt.
pub(crate) struct JobGate {
    writer: JobWriter,
    margin: SignedDuration,
    state: Mutex<State>,
    events: watch::Sender<GateEvent>,
    /// Whether `armed` was asked to be recorded; it may be durable even if nobody has seen that it is.
    arming: AtomicBool,
    /// Whether a person has the page. What the page sends then is that person's doing.
    lent: AtomicBool,
}

impl JobGate {
    pub(crate) fn new(writer: JobWriter, margin: SignedDuration) -> Self {
        Self {
            writer,
            margin,
            state: Mutex::new(State::Shut),
            events: watch::Sender::new(GateEvent::Quiet),
            arming: AtomicBool::new(false),
            lent: AtomicBool::new(false),
        }
    }

    /// To be called before `armed` is recorded.
    pub(crate) fn arming(&self) {
        self.arming.store(true, Ordering::SeqCst);
    }

    /// Whether the job may be recorded as armed although nothing has passed, nor ever will.
    pub(crate) fn is_unsent(&self) -> bool {
        self.arming.load(Ordering::SeqCst) && matches!(*self.state(), State::Closed)
    }

    /// A person gets the page. The gate stays as it is: shut.
    pub(crate) fn lend(&self) {
        self.lent.store(true, Ordering::SeqCst);
    }

    /// The steps have the page again.
    pub(crate) fn take_back(&self) {
        self.lent.store(false, Ordering::SeqCst);
    }

    /// Opens the gate for one request of `pattern`. Call it only after `armed` is durable.
    pub(crate) fn arm(&self, submit: &Submit, pattern: &str) {
        let mut state = self.state();
        if matches!(*state, State::Shut) {
            *state = State::Armed(Box::new(submit.clone()), pattern.to_owned());
        }
    }

    /// Closes the gate for good. True if it can be said that no request has passed and none will.
    pub(crate) fn close(&self) -> bool {
        let mut state = self.state();
        match *state {
            State::Shut | State::Armed(..) | State::Closed => {
                *state = State::Closed;
                true
            }
            State::Crossing | State::Crossed(_) => false,
        }
    }

    /// Closes the gate for good if it was never opened. True if it was not.
    pub(crate) fn close_if_shut(&self) -> bool {
        let mut state = self.state();
        let shut = matches!(*state, State::Shut | State::Closed);
        if shut {
            *state = State::Closed;
        }
        shut
    }

    /// What the gate sees from now on.
    pub(crate) fn events(&self) -> watch::Receiver<GateEvent> {
        self.events.subscribe()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the one pass, if this request may have it.
    fn take(&self, request: &CommitRequest) -> Result<Box<Submit>, String> {
        let mut state = self.state();
        match std::mem::replace(&mut *state, State::Crossing) {
            State::Armed(submit, pattern) if pattern == request.pattern => Ok(submit),
            other => {
                let reason = match &other {
                    State::Shut if self.lent.load(Ordering::SeqCst) => "a person has the page",
                    State::Shut => "the form is not being submitted",
                    State::Armed(..) => "it is not the request of this submit step",
                    State::Crossing | State::Crossed(_) => "the form was submitted already",
                    State::Closed => "the submit is over",
                };
                *state = other;
                Err(reason.to_owned())
            }
        }
    }

    async fn cross(&self, request: &CommitRequest, submit: Box<Submit>) -> Verdict {
        let fingerprint = request.body_sha256.clone();
        let event = JobEvent::Cross {
            fingerprint,
            margin: self.margin,
        };
        tracing::debug!(job = %self.writer.job, "a commit request stands at the gate");
        let passed = match self.writer.write(event).await {
            // Asked again: the process may have stood still while it was recorded. If so, `crossed` stays, and the
            // job is unknown, which is the safe word.
            Ok(job)
                if job
                    .lease()
                    .is_none_or(|lease| lease.expired(self.writer.clock.now())) =>
            {
                Err("the lease ended while the pass was being recorded".to_owned())
            }
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        };
        match passed {
            Ok(()) => {
                *self.state() = State::Crossed(submit);
                self.events.send_replace(GateEvent::Crossed);
                Verdict::Pass
            }
            Err(reason) => {
                tracing::warn!(job = %self.writer.job, reason, "stopped the commit request at the gate");
                *self.state() = State::Closed;
                self.events.send_replace(GateEvent::Stopped(reason.clone()));
                Verdict::Refuse { reason }
            }
        }
    }

    /// Records what an answer proves, before anything else is done with it.
    async fn record(&self, answer: Answer) -> GateEvent {
        let event = match &answer {
            Answer::Filed(receipt) => JobEvent::Receive {
                receipt: receipt.clone(),
            },
            Answer::Rejected(failure) => JobEvent::Reject {
                failure: failure.clone(),
            },
            Answer::Undecided => return GateEvent::Answered(answer),
        };
        match self.writer.write(event).await {
            Ok(_) => GateEvent::Answered(answer),
            Err(error) => GateEvent::Unrecorded(error.to_string()),
        }
    }
}

#[async_trait]
impl CommitGate for JobGate {
    async fn request(&self, request: &CommitRequest) -> Verdict {
        match self.take(request) {
            Ok(submit) => self.cross(request, submit).await,
            Err(reason) => {
                tracing::warn!(job = %self.writer.job, pattern = request.pattern, reason, "refused a commit request");
                let early =
                    matches!(*self.state(), State::Shut) && !self.lent.load(Ordering::SeqCst);
                if early {
                    self.events
                        .send_replace(GateEvent::Unexpected(reason.clone()));
                }
                Verdict::Refuse { reason }
            }
        }
    }

    async fn response(&self, response: &CommitResponse) {
        let answer = match &*self.state() {
            State::Crossed(submit) => read_response(submit, response),
            _ => return,
        };
        let event = self.record(answer).await;
        self.events.send_replace(event);
    }

    async fn lost(&self, _request: &CommitRequest, why: String) {
        let crossed = matches!(*self.state(), State::Crossed(_));
        // An answer that was already read and recorded is not taken back by what the page does afterwards.
        let answered = matches!(
            &*self.events.borrow(),
            GateEvent::Answered(Answer::Filed(_) | Answer::Rejected(_)) | GateEvent::Unrecorded(_)
        );
        if crossed && !answered {
            self.events.send_replace(GateEvent::Lost(why));
        }
    }
}

//! How the work of a clone has ended: the gate knows what left the browser, the page at most what it wanted.

use std::time::Duration;

use formhand_browser::Deadline;
use formhand_domain::{Failure, FailureCode};
use tokio::sync::watch;

use super::{
    clone::{Clone, Cloned},
    end::{End, stopped},
    evidence::Seen,
    settle::{Settled, settle},
};
use crate::{
    flow::{Stop, message_signals},
    setup::OnSuccess,
    submit::GateEvent,
};

/// What the picture of a failed attempt is called.
const FAILURE: &str = "failure";

/// What the picture of the page is called that a person gave up on.
const GIVEN_UP: &str = "given-up";

/// What the picture of what was filed is called.
const SUCCESS: &str = "filed";

/// A page shows an answer within a few frames.
const PAGE_SAYS_SO: Duration = Duration::from_secs(1);

impl Clone<'_> {
    /// Judges by the gate how the work of a clone has ended.
    pub(super) async fn conclude(
        &self,
        result: Result<Option<Failure>, Stop>,
        events: &mut watch::Receiver<GateEvent>,
    ) -> Cloned {
        let stop = match result {
            Ok(optional_failure) => {
                self.keep_success().await;
                return Cloned::Ended(End::Complete(optional_failure));
            }
            Err(Stop::Rejected) => {
                self.keep_rejection().await;
                return Cloned::Ended(End::Nothing);
            }
            Err(Stop::LeaseLost) => {
                self.desk.gate.close();
                return Cloned::Ended(End::Nothing);
            }
            Err(stop) => stop,
        };
        if !self.desk.gate.close() {
            return self.conclude_crossed(stop, events).await;
        }
        self.conclude_unsent(stop, events).await
    }

    /// Nothing has passed the gate and nothing will.
    async fn conclude_unsent(&self, stop: Stop, events: &mut watch::Receiver<GateEvent>) -> Cloned {
        let seen = events.borrow().clone();
        if let GateEvent::Unexpected(reason) = seen {
            let message =
                format!("the page tried to send the form by itself, and was stopped: {reason}");
            let failure = Failure::new(FailureCode::UnexpectedSubmit, message);
            return Cloned::Ended(self.failed(failure, "").await);
        }
        match stop {
            Stop::SessionGone => Cloned::SessionGone,
            Stop::Drained | Stop::Left => Cloned::Ended(End::GivenBack(self.shop.clock.now())),
            Stop::GivenUp(given_up) => {
                self.keep_all(GIVEN_UP, "").await;
                Cloned::Ended(End::GivenUp(*given_up))
            }
            Stop::Failed(failed) => {
                let failed = *failed;
                Cloned::Ended(self.failed(failed.failure, &failed.log).await)
            }
            stop => Cloned::Ended(stopped(stop)),
        }
    }

    /// A request stands in the gate or has left it.
    async fn conclude_crossed(
        &self,
        stop: Stop,
        events: &mut watch::Receiver<GateEvent>,
    ) -> Cloned {
        let patience = match &stop {
            // The submit step has waited for the answer already.
            Stop::Failed(failed) if failed.failure.code == FailureCode::OutcomeUnknown => {
                Duration::ZERO
            }
            _ => self
                .flow
                .submit()
                .map_or(Duration::ZERO, |submit| submit.answer_timeout),
        };
        let settled = tokio::select! {
            settled = settle(events, patience) => settled,
            _ = self.place.browser.gone() => Settled::Unknown,
        };
        match settled {
            Settled::Rejected => {
                self.keep_rejection().await;
                Cloned::Ended(End::Nothing)
            }
            Settled::Filed if self.flow.ends_with_submit() => {
                self.keep_success().await;
                Cloned::Ended(End::Complete(None))
            }
            Settled::Filed | Settled::Unknown => {
                let (failure, log) = match stop {
                    Stop::Failed(failed) => (failed.failure, failed.log),
                    stop => match stopped(stop) {
                        End::Failed(failure) => (failure, String::new()),
                        end => return Cloned::Ended(end),
                    },
                };
                Cloned::Ended(self.failed(failure, &log).await)
            }
        }
    }

    /// The refusal is recorded already; this keeps the page that shows it.
    async fn keep_rejection(&self) {
        let said: Vec<_> = message_signals(self.portal).collect();
        if !said.is_empty() {
            // The page gets the answer a moment after the gate. If it shows nothing, that is what is kept.
            drop(
                self.page
                    .main()
                    .first_of(&said, Deadline::after(PAGE_SAYS_SO))
                    .await,
            );
        }
        self.keep_all(FAILURE, "").await;
    }

    async fn failed(&self, mut failure: Failure, log: &str) -> End {
        failure.evidence = self.keep_all(FAILURE, log).await;
        End::Failed(failure)
    }

    /// The page that shows what was filed, as far as that is wanted. The receipt is recorded already.
    async fn keep_success(&self) {
        match self.shop.keeping.on_success {
            OnSuccess::Nothing => {}
            OnSuccess::Picture => drop(self.seen().keep_picture(SUCCESS).await),
            OnSuccess::All => drop(self.keep_all(SUCCESS, "").await),
        }
    }

    async fn keep_all(&self, what: &'static str, log: &str) -> Vec<String> {
        let context = &self.place.context;
        self.seen().keep_all(what, log, context, &self.trace).await
    }

    fn seen(&self) -> Seen<'_> {
        Seen {
            shop: self.shop,
            job: self.job,
            flow: self.flow,
            page: &self.page,
            typed: &self.desk.writer.typed,
        }
    }
}

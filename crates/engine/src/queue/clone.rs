//! Works on a job in one clone of its account's session.

use std::sync::Arc;

use formhand_browser::{ContextOptions, JournalScope, Page, TRACE};
use formhand_domain::{AccountKey, Failure, FailureCode, Generation, Job, JobEvent, Receipt};
use formhand_portal::{Flow, Portal, value::Scope};
use tokio::sync::watch;
use tracing::Instrument as _;

use super::{
    Shop,
    end::{End, stopped, unwritable},
    evidence::{Filing, keep_receipt, sensitive},
    lease::{Heartbeat, Pulse},
};
use crate::{
    browsers::{Order, Place},
    flow::{Documents, Run, RunSetup, Stop, Trace},
    session::{Copied, Lent, NoSession, NotLoggedIn, parts},
    submit::{Answer, GateEvent, JobGate, JobWriter, SubmitDesk, WriteError, commit_patterns},
    takeover::Hands,
};

/// What became of one clone.
pub(super) enum Cloned {
    /// The attempt is over.
    Ended(End),
    /// The portal no longer knew the session, and nothing was submitted: a fresh clone may go on.
    SessionGone,
}

/// Works on a job in one clone. When this returns, no request of the clone can leave the browser any more.
pub(super) async fn work_on_clone(
    shop: &Shop,
    job: &Job,
    portal: &Arc<Portal>,
    flow: &Flow,
    writer: &JobWriter,
    heartbeat: &Heartbeat,
    lent: &Lent,
) -> Cloned {
    let gate = Arc::new(JobGate::new(writer.clone(), shop.timing.margin));
    let mut order = order(job.account_key(), portal, lent);
    order.options.journal = if shop.keeping.network_log {
        JournalScope::All
    } else {
        JournalScope::Consoles
    };
    let span = tracing::info_span!(target: TRACE, "place");
    let placing = shop.workers.place(order, gate.clone()).instrument(span);
    let place = match placing.await {
        Ok(place) => place,
        Err(reason) => return Cloned::Ended(stopped(reason)),
    };
    let _showing = shop.sight.show(
        job.id,
        place.page.clone(),
        sensitive(flow, job),
        writer.typed.clone(),
    );
    if let Some(end) = logged_in(shop, job, heartbeat, &place).await {
        place.close().await;
        return Cloned::Ended(end);
    }
    let desk = SubmitDesk {
        gate,
        writer: writer.clone(),
        margin: shop.timing.margin,
        session: lent.session(),
    };
    let clone = Clone {
        shop,
        job,
        portal,
        flow,
        page: place.page.clone(),
        place,
        generation: lent.generation,
        desk,
        trace: Trace::new(Arc::clone(&shop.clock)),
    };
    clone.work(heartbeat).await
}

/// The place for a clone of this session.
pub(super) fn order(account: AccountKey, portal: &Portal, lent: &Lent) -> Order {
    let (profile, storage) = match &lent.copy {
        Copied::Profile(source) => (Some(source.path.clone()), None),
        Copied::Storage(storage) => (None, Some((**storage).clone())),
        Copied::Nothing => (None, None),
    };
    let rests_at = match &storage {
        Some(_) if parts(&portal.session.carries).need_documents() => {
            portal.origins.first().cloned()
        }
        _ => None,
    };
    Order {
        account,
        profile,
        storage,
        rests_at,
        options: ContextOptions {
            origins: portal.origins.clone(),
            locale: portal.locale.clone(),
            time_zone: portal.time_zone.clone(),
            ..ContextOptions::default()
        },
        patterns: commit_patterns(portal),
    }
}

/// Logs the clone in, if it has to do that by itself. Says how the attempt ended if it was not.
async fn logged_in(shop: &Shop, job: &Job, heartbeat: &Heartbeat, place: &Place) -> Option<End> {
    let account = shop.account_of(job)?;
    let login = account.login.as_ref()?;
    let now = || shop.clock.now();
    tokio::select! {
        biased;
        () = heartbeat.lost() => Some(End::Nothing),
        () = shop.draining.cancelled() => Some(End::GivenBack(now())),
        gone = place.browser.gone() => {
            let message = format!("the browser died: {gone:?}");
            Some(End::Failed(Failure::new(FailureCode::BrowserCrashed, message)))
        }
        tried = login.log_in(&place.context, &place.page) => match tried {
            Ok(()) => None,
            Err(NotLoggedIn::NoSession(NoSession::Until(until, _))) => Some(End::GivenBack(until)),
            // The account takes no claims until a person has helped; the job keeps its place.
            Err(NotLoggedIn::NoSession(_)) => Some(End::GivenBack(now())),
            Err(NotLoggedIn::Failed(failure)) => Some(End::Failed(failure)),
        }
    }
}

/// A clone at work.
pub(super) struct Clone<'a> {
    pub(super) shop: &'a Shop,
    pub(super) job: &'a Job,
    pub(super) portal: &'a Arc<Portal>,
    pub(super) flow: &'a Flow,
    pub(super) place: Place,
    pub(super) page: Page,
    /// The login that its session comes from.
    generation: Generation,
    pub(super) desk: SubmitDesk,
    pub(super) trace: Trace,
}

impl Clone<'_> {
    async fn work(self, heartbeat: &Heartbeat) -> Cloned {
        if let Err(error) = self.desk.writer.write(JobEvent::EnterForm).await {
            self.place.close().await;
            return Cloned::Ended(unwritable(&error));
        }
        let mut events = self.desk.gate.events();
        heartbeat.pulse().moved();
        let hands = Arc::new(self.hands(heartbeat));
        let result = self.steps(heartbeat, &hands).await;
        hands.cut_off().await;
        drop(hands);
        heartbeat.pulse().moved();
        if matches!(result, Err(Stop::SessionGone)) {
            // Whatever becomes of this job, the next session need not wait until this clone is cleared away.
            self.tell_stale().await;
        }
        let traffic = self.place.browser.traffic();
        let (sent, received) = (traffic.sent, traffic.received);
        tracing::debug!(job = %self.job.id, sent, received, "steps are over");
        let cloned = self.conclude(result, &mut events).await;
        let filed = self
            .trace
            .receipt()
            .or_else(|| receipt_in(&events.borrow()));
        let filing = filed.map(|receipt| Filing {
            shop: self.shop,
            job: self.job,
            portal: self.portal,
            flow: self.flow,
            trace: &self.trace,
            receipt,
        });
        // Beside each other: the bundle is made of what is kept, and needs no page.
        let bundling = async {
            if let Some(filing) = filing {
                keep_receipt(filing).await;
            }
        };
        let (proven, ()) = tokio::join!(self.place.close(), bundling);
        if proven && self.desk.gate.is_unsent() {
            disarm(&self.desk.writer).await;
        }
        cloned
    }

    /// Does the steps, unless something ends them from outside.
    async fn steps(
        &self,
        heartbeat: &Heartbeat,
        hands: &Arc<Hands>,
    ) -> Result<Option<Failure>, Stop> {
        let over = watch::Sender::new(false);
        let mut run = Run::new(RunSetup {
            portal: Arc::clone(self.portal),
            context: self.place.context.clone(),
            page: self.page.clone(),
            scope: Scope::for_record(self.job.record.clone()),
            step_timeout: self.shop.timing.step,
            desk: Some(self.desk.clone()),
            solver: None,
            codes: None,
            documents: Some(self.documents()),
            session_over: Some(over.subscribe()),
            trace: Some(self.trace.clone()),
            hands: Some(Arc::clone(hands)),
            progress: self.progress(heartbeat.pulse()),
        });
        let timeout = self.flow.timeout;
        let patience = hands.patience();
        tokio::select! {
            biased;
            result = run.all(&self.flow.steps) => result.map(|()| run.shrugged_after_filing()),
            () = heartbeat.lost() => Err(Stop::LeaseLost),
            gone = self.place.browser.gone() => {
                Err(Stop::failed(FailureCode::BrowserCrashed, format!("the browser died: {gone:?}")))
            }
            crash = self.page.crashed() => {
                Err(Stop::failed(FailureCode::BrowserCrashed, format!("the page crashed: {crash:?}")))
            }
            () = patience.is_over(timeout) => {
                let message = format!("the job was not done within {timeout:?}");
                Err(Stop::failed(FailureCode::JobTimedOut, message))
            }
            () = self.drained() => Err(Stop::Drained),
            () = self.watch_session(over.clone()) => Err(Stop::SessionGone),
        }
    }

    fn documents(&self) -> Documents {
        Documents {
            evidence: self.shop.evidence.clone(),
            job: self.job.id,
            attempt: self.job.attempts,
            personal: self.flow.record.sensitive(&self.job.record),
        }
    }

    async fn tell_stale(&self) {
        if let Some(account) = self.shop.account_of(self.job) {
            account.keeper.stale(self.generation).await;
        }
    }

    fn progress(&self, pulse: &Pulse) -> Arc<dyn Fn(&str) + Send + Sync> {
        let (job, pulse) = (self.job.id, pulse.clone());
        let browser = self.place.browser.clone();
        // The traffic so far stands beside each step: the benchmark counts by it what a step costs.
        Arc::new(move |step| {
            pulse.moved();
            let traffic = browser.traffic();
            let (sent, received) = (traffic.sent, traffic.received);
            tracing::debug!(%job, step, sent, received, "step");
        })
    }
}

/// The receipt that the gate has recorded, though the steps did not live to see it.
fn receipt_in(event: &GateEvent) -> Option<Receipt> {
    match event {
        GateEvent::Answered(Answer::Filed(receipt)) => Some(receipt.clone()),
        _ => None,
    }
}

/// The steps may have been cut off between arming and sending. Said only now: a context that closed in order, in a
/// browser that lived to say so, has sent nothing and never will. One whose browser was lost may have let go of a
/// request that the gate never saw.
async fn disarm(writer: &JobWriter) {
    match writer.write(JobEvent::Disarm).await {
        // Refused: it was not armed after all. Lost: its state is another's to judge.
        Ok(_) | Err(WriteError::Refused(_) | WriteError::LeaseLost(_)) => {}
        // What is recorded says `unknown` then, which is the safe word.
        Err(error) => tracing::error!(job = %writer.job, %error, "a job was not disarmed"),
    }
}

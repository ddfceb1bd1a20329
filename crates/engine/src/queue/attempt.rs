//! One attempt at one job, from its claim to its end.

use std::{sync::Arc, time::Duration};

use formhand_browser::TRACE;
use formhand_domain::{Failure, FailureCode, Job, JobEvent, Writer};
use tracing::{Instrument as _, Span, field};

use super::{
    Shop,
    clone::{Cloned, work_on_clone},
    end::{End, unwritable},
    evidence::failure_words,
    lease::{Heartbeat, Rhythm},
};
use crate::{
    session::{CloneLogin, NoSession},
    setup::GateSwitch,
    submit::{FailureWords, JobWriter, Late},
    takeover::{GivenUp, Typed},
};

/// Works on a job that this server has claimed.
pub(super) async fn attempt(shop: Arc<Shop>, job: Job) {
    let span = tracing::info_span!(
        target: TRACE,
        parent: None,
        "attempt",
        job = %job.id,
        portal = job.portal.as_str(),
        flow = job.flow.as_str(),
        account = job.account.as_str(),
        attempt = job.attempts,
        code = field::Empty,
        status = field::Empty,
        outcome = field::Empty,
    );
    work(shop, job).instrument(span).await;
}

async fn work(shop: Arc<Shop>, job: Job) {
    let writer = JobWriter {
        store: Arc::clone(&shop.store),
        clock: Arc::clone(&shop.clock),
        job: job.id,
        token: job.fence,
        words: Arc::new(words_of(&shop, &job)),
        typed: Typed::default(),
        late: match shop.gate {
            GateSwitch::On => None,
            GateSwitch::Off => Some(Late::default()),
        },
    };
    let rhythm = Rhythm {
        lease: shop.timing.lease,
        every: shop.timing.renew_every,
        silence: longest_wait(&shop, &job),
    };
    let heartbeat = Heartbeat::start(writer.clone(), rhythm);
    tracing::info!(job = %job.id, attempt = job.attempts, "begins");
    let end = with_sessions(&shop, &job, &writer, &heartbeat).await;
    record(&shop, &job, &writer, end).await;
}

/// What a failure may say of a job. Of one whose flow is not defined any more, no page is ever seen.
fn words_of(shop: &Shop, job: &Job) -> FailureWords {
    let flow = shop.flow_of(job);
    flow.map(|(portal, flow)| failure_words(portal, flow, job))
        .unwrap_or_default()
}

async fn with_sessions(shop: &Shop, job: &Job, writer: &JobWriter, heartbeat: &Heartbeat) -> End {
    let Some((portal, flow)) = shop.flow_of(job) else {
        let message = format!(
            "portal {} with flow {} is not defined here any more",
            job.portal, job.flow
        );
        return End::Failed(Failure::new(FailureCode::DefinitionError, message));
    };
    let Some(account) = shop.account_of(job) else {
        let message = format!(
            "account {} is not configured here any more",
            job.account_key()
        );
        return End::Failed(Failure::new(FailureCode::DefinitionError, message));
    };
    for _ in 0..=shop.timing.stale_sessions {
        let lent = tokio::select! {
            biased;
            () = heartbeat.lost() => return End::Nothing,
            () = shop.draining.cancelled() => return End::GivenBack(shop.clock.now()),
            lent = account.keeper.lend() => lent,
        };
        heartbeat.pulse().moved();
        let lent = match lent {
            Ok(lent) => lent,
            Err(NoSession::Until(until, _)) => return End::GivenBack(until),
            // The account takes no claims until a person has helped; the job keeps its place.
            Err(NoSession::Human(_) | NoSession::Closing) => {
                return End::GivenBack(shop.clock.now());
            }
        };
        match work_on_clone(shop, job, portal, flow, writer, heartbeat, &lent).await {
            Cloned::Ended(end) => return end,
            Cloned::SessionGone => {
                if let Err(error) = writer.write(JobEvent::Restart).await {
                    return unwritable(&error);
                }
            }
        }
    }
    let message = format!(
        "the session ended {} times while the job worked",
        shop.timing.stale_sessions + 1
    );
    End::Failed(Failure::new(FailureCode::SessionExpired, message))
}

/// What one part of an attempt may take at most: waiting for a session, a login of its own, or its steps with the
/// portal's answer.
fn longest_wait(shop: &Shop, job: &Job) -> Duration {
    let steps = shop.flow_of(job).map_or(Duration::ZERO, |(_, flow)| {
        let answer = flow.submit().map(|submit| submit.answer_timeout);
        flow.timeout + answer.unwrap_or_default()
    });
    let account = shop.account_of(job);
    let login = account.and_then(|account| account.login.as_ref());
    let login = login.map_or(Duration::ZERO, CloneLogin::limit);
    let person = &shop.timing.take_over;
    let person = person.idle.max(person.wait_on_failure.unwrap_or_default());
    steps.max(login).max(shop.timing.session_wait).max(person) + CLEARING_UP
}

/// Keeping evidence, closing a clone and opening the next one take seconds.
const CLEARING_UP: Duration = Duration::from_mins(1);

async fn record(shop: &Shop, job: &Job, writer: &JobWriter, end: End) {
    let event = match end {
        End::Complete(optional_failure) => JobEvent::Complete { optional_failure },
        End::Failed(failure) => {
            tracing::warn!(job = %job.id, code = %failure.code, step = failure.step, "failed");
            Span::current().record("code", failure.code.as_str());
            let retry = shop.timing.retry;
            JobEvent::Fail {
                failure,
                retry,
                random: rand::random(),
            }
        }
        End::GivenBack(due_at) => JobEvent::Release { due_at },
        End::GivenUp(given_up) => return give_up(job, writer, given_up).await,
        End::Nothing => return,
    };
    match writer.write(event).await {
        Ok(job) => {
            let span = Span::current();
            span.record("status", job.status().as_str());
            span.record("outcome", job.outcome().as_str());
            tracing::info!(job = %job.id, status = %job.status(), outcome = %job.outcome(), "ended");
        }
        // What was durable before stays so; when the lease ends, recovery goes by that.
        Err(error) => {
            tracing::error!(job = %job.id, %error, "the end of an attempt was not recorded");
        }
    }
}

/// Records what a person said who gave up.
async fn give_up(job: &Job, writer: &JobWriter, given_up: GivenUp) {
    let GivenUp { by, acts, reason } = given_up;
    let event = JobEvent::GiveUp {
        token: writer.token,
        acts,
        reason,
    };
    let person = Writer::Person { name: by };
    match writer.write_as(person, event).await {
        Ok(job) => tracing::info!(job = %job.id, status = %job.status(), "a person gave up"),
        // The lease ends, and recovery tries again what was not filed.
        Err(error) => {
            tracing::error!(job = %job.id, %error, "that a person gave up was not recorded");
        }
    }
}

//! One recovery: level after level, as the ladder says, and its history.

use formhand_domain::{
    Failure, FailureCode, Generation, RecoveryId,
    account::{
        AttemptResult, Ladder, RecoveryCause, RecoveryEnd, SessionHappening, SessionState, Verdict,
    },
};
use tokio::time::Instant;

use super::{
    Fault, NoSession,
    establish::Establisher,
    held::{Live, ms},
};

/// Brings the session back, or says that there is none for now.
pub(super) async fn recover(
    establisher: &mut Establisher,
    cause: RecoveryCause,
) -> Result<Live, NoSession> {
    let register = establisher.register.clone();
    let rules = establisher.setup.portal.session.recovery;
    let recovery = RecoveryId::new(register.now(), rand::random());
    let (since, began) = (register.now(), Instant::now());
    let mut captchas = establisher.setup.portal.session.captcha_tries.max(1);
    let mut last = Err(Fault::Broke(Failure::new(
        FailureCode::LoginFailed,
        "every level of the recovery is switched off",
    )));
    let mut verdict = Ladder::begin(cause, rules);
    let end = loop {
        let (ladder, level, attempt, pause, limit) = match verdict {
            Verdict::Ended(end) => break end,
            Verdict::Try {
                ladder,
                level,
                attempt,
                pause,
                limit,
            } => (ladder, level, attempt, pause, limit),
        };
        tokio::time::sleep(pause).await;
        let recovering = SessionState::Recovering {
            level,
            attempt,
            since,
        };
        register.save(recovering).await;
        let tried_at = Instant::now();
        last = establisher.attempt(level, limit, &mut captchas).await;
        let result = match &last {
            Ok(_) => AttemptResult::Recovered,
            Err(fault) => fault.result(),
        };
        let tried = SessionHappening::RecoveryAttempt {
            recovery,
            cause,
            level,
            attempt,
            duration_ms: ms(tried_at.elapsed()),
            result,
        };
        register.record(generation_of(&last), tried).await;
        verdict = match &last {
            Err(Fault::Hopeless(_)) => Verdict::Ended(RecoveryEnd::Exhausted),
            _ => ladder.next(result),
        };
    };
    let ended = SessionHappening::RecoveryEnded {
        recovery,
        cause,
        verdict: end,
        duration_ms: ms(began.elapsed()),
    };
    register.record(generation_of(&last), ended).await;
    conclude(establisher, last).await
}

/// Saves what a recovery came to.
async fn conclude(
    establisher: &mut Establisher,
    last: Result<Live, Fault>,
) -> Result<Live, NoSession> {
    let register = establisher.register.clone();
    let fault = match last {
        Ok(live) => {
            register.save(live.state()).await;
            return Ok(live);
        }
        Err(fault) => fault,
    };
    Err(match fault.settled() {
        Ok(no_session) => no_session,
        Err(failure) => {
            // What is in an unknown condition is not kept for the probe.
            establisher.close().await;
            let rest = establisher.setup.portal.session.recovery.cool_down;
            register.down(failure, rest).await
        }
    })
}

fn generation_of(tried: &Result<Live, Fault>) -> Generation {
    tried
        .as_ref()
        .map_or_else(|_| Generation::default(), |live| live.generation)
}

//! A proof a day, by whichever server finds that it is time.

use std::time::Duration;

use jiff::SignedDuration;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::AuditDesk;

/// How old a verdict may get.
const AGE: SignedDuration = SignedDuration::from_hours(24);

/// How often it is looked how old it is.
const LOOK: Duration = Duration::from_mins(10);

/// Proves the audit whenever the last proof is a day old, until it is stopped.
pub(crate) async fn daily(desk: AuditDesk, stop: CancellationToken) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = tick.tick() => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = prove_if_due(&desk) => {}
        }
    }
}

async fn prove_if_due(desk: &AuditDesk) {
    let is_due = match desk.verdict().await {
        Ok(verdict) => {
            let now = desk.clock().now();
            verdict.is_none_or(|verdict| now.duration_since(verdict.at) >= AGE)
        }
        Err(error) => {
            tracing::warn!(code = "store_failed", %error, "it is not known when the audit was proved");
            false
        }
    };
    if !is_due {
        return;
    }
    let Some(turn) = desk.take_turn() else { return };
    if let Err(error) = turn.prove().await {
        tracing::warn!(code = "store_failed", %error, "the audit could not be proved");
    }
}

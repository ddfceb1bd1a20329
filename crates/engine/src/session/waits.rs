//! What the actor waits for.

use formhand_domain::Status;
use formhand_store::Change;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until},
};

use super::follow::Role;

/// Resolves when the right to keep the session is lost.
pub(super) async fn right_lost(role: &Role) {
    match role {
        Role::Keeper(right) => right.lost().await,
        Role::Open | Role::Follower(_) => std::future::pending().await,
    }
}

/// Resolves when some job is not in progress any more, or the signals were too many to tell.
pub(super) async fn job_ended(changes: &mut Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Job(entry)) if entry.to != Status::Processing => return,
            Ok(Change::Missed) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Resolves when something about sessions changed, or the signals were too many to tell.
pub(super) async fn session_changes(changes: &mut Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Session | Change::Missed) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Resolves at a time; never without one.
pub(super) async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}

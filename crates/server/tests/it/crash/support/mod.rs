//! A scene: portal, data folder and the servers that live and die on it.

mod api;
mod events;
mod log;
mod process;
mod processes;
mod scene;
mod server;
mod truth;

use std::time::Duration;

pub(crate) use api::{Api, traceparent};
pub(crate) use processes::{Browsers, kill_browsers};
pub(crate) use scene::{Scene, SceneOptions, at, hold};
pub(crate) use server::Server;
pub(crate) use truth::{assert_truthful, committed, is_filed, is_held, stands};

/// No wait that works comes near; one that hangs says what it waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// What `work` gives, or a panic that says what was waited for and what is known of it.
async fn patiently<T>(what: &str, known: impl Fn() -> String, work: impl Future<Output = T>) -> T {
    let Ok(done) = tokio::time::timeout(PATIENCE, work).await else {
        panic!("waited {PATIENCE:?} for {what}\n{}", known());
    };
    done
}

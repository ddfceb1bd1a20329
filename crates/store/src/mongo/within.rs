//! A limit for every operation. The driver waits for ever for a server that took a request and stands still.

use std::time::Duration;

use rand::RngExt as _;

use crate::{ApplyError, StoreError};

/// Two of these fit into a lease, with time left to act on the answer.
const LIMIT: Duration = Duration::from_secs(10);

/// Gives up an operation that takes too long. It may have been done all the same.
pub(super) async fn within<T, E: From<StoreError>>(
    operation: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    // Boxed, for the driver's futures are larger than what a caller should keep on its stack.
    let operation = Box::pin(operation);
    tokio::time::timeout(LIMIT, operation)
        .await
        .unwrap_or_else(|_| {
            let said = format!("the database did not answer within {} s", LIMIT.as_secs());
            Err(StoreError::Unwritable(said).into())
        })
}

/// What was decided on is not there any more: another was faster. It is decided anew, until it holds.
///
/// Each round that finds another faster is one in which another got on. So that many at work do not keep each other from
/// it, a round begins the later the more there were.
pub(super) async fn until_settled<T, E, F>(mut attempt: impl FnMut() -> F) -> Result<T, E>
where
    F: Future<Output = Result<Option<T>, E>>,
{
    let mut pause_ms = 0;
    loop {
        if let Some(settled) = attempt().await? {
            return Ok(settled);
        }
        if pause_ms > 0 {
            let pause = rand::rng().random_range(0..=pause_ms);
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
        pause_ms = (2 * pause_ms + 1).min(LONGEST_PAUSE_MS);
    }
}

/// A few writes of another.
const LONGEST_PAUSE_MS: u64 = 15;

impl From<mongodb::error::Error> for ApplyError {
    fn from(error: mongodb::error::Error) -> Self {
        Self::Store(error.into())
    }
}

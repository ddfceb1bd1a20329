//! `do`: several steps as one.

use std::time::Duration;

use formhand_browser::Frame;
use formhand_domain::FailureCode;
use formhand_portal::Step;

use super::super::{Run, Stop};

/// Does the steps, all of them within the limit if there is one.
pub(crate) async fn group(
    run: &mut Run,
    frame: &Frame,
    steps: &[Step],
    limit: Option<Duration>,
) -> Result<(), Stop> {
    let Some(limit) = limit else {
        return run.steps(frame, steps).await;
    };
    let patience = run.patience.clone();
    let done = tokio::select! {
        biased;
        done = run.steps(frame, steps) => Some(done),
        () = patience.is_over(limit) => None,
    };
    done.unwrap_or_else(|| {
        let message = format!("not done within {limit:?}; it was at: {}", run.doing);
        Err(Stop::failed(FailureCode::StepTimedOut, message))
    })
}

//! What traces know of steps.

use formhand_browser::TRACE;
use formhand_portal::Step;
use tracing::{Instrument as _, field};

use super::Stop;

/// Does the work of a step, or of several that set fields in one trip, in a span under the name of the first. A step's
/// name is the definition's, and holds nothing of a record.
pub(super) async fn step(
    steps: &[&Step],
    work: impl Future<Output = Result<(), Stop>>,
) -> Result<(), Stop> {
    let name = steps.first().map_or("", |step| step.name.as_str());
    let span = tracing::info_span!(
        target: TRACE, "step", "otel.name" = name, steps = steps.len(), code = field::Empty
    );
    let result = work.instrument(span.clone()).await;
    if let Err(Stop::Failed(failed)) = &result {
        span.record("code", failed.failure.code.as_str());
    }
    result
}

//! Does steps and writes down how they went.

use formhand_browser::Frame;
use formhand_portal::Step;

use super::{Run, Stop};

impl Run {
    /// Does one step, or several that set fields in one trip.
    pub(super) async fn traced(&mut self, frame: &Frame, steps: &[Step]) -> Result<(), Stop> {
        let trace = self.trace.clone();
        let open = trace.as_ref().map(|trace| trace.enter(steps));
        let shrugged_count = self.shrugged.len();
        let result = match steps {
            [step] => self.one(frame, step).await,
            steps => self.together(frame, steps).await,
        };
        if let (Some(trace), Some(open)) = (trace, open) {
            let failure = self.shrugged.last();
            let failure = failure.filter(|_| self.shrugged.len() > shrugged_count);
            trace.leave(&open, &result, failure.map(|failure| failure.code));
        }
        result
    }
}

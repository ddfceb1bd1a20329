//! What an attempt did and saw, for its proof: the course of its steps, what was read back, and the receipt. Steps are
//! told without any value; what was read back is blanked by whoever keeps it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use formhand_domain::{Clock, FailureCode, Receipt};
use formhand_portal::Step;
use jiff::Timestamp;
use serde::Serialize;
use tokio::time::Instant;

use super::Stop;

/// What an attempt did and saw. Cheap to clone; all clones are the same trace.
#[derive(Clone)]
pub(crate) struct Trace(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    began_at: Timestamp,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    steps: Vec<TracedStep>,
    /// Those that are under way, the outermost first.
    open: Vec<(usize, Instant)>,
    read_back: Vec<ReadBack>,
    receipt: Option<Receipt>,
}

/// A step as it went, or several that set fields in one trip.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TracedStep {
    step: String,
    /// Further steps that were done in the same trip.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    with: Vec<String>,
    /// How many steps it is in.
    depth: usize,
    began_at: Timestamp,
    /// None where the attempt ended in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<u64>,
    tries: u32,
    result: StepResult,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<FailureCode>,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StepResult {
    /// The attempt ended in it.
    Unfinished,
    /// It does not apply to this record.
    Skipped,
    /// It is done.
    Done,
    /// It failed, and with it the attempt.
    Failed,
    /// It failed, and the flow went on without it.
    FailedOptional,
    /// It was broken off for a reason that is not its own: the session, the lease, the server's end, a refusal.
    Stopped,
}

/// A field that was compared with the record, and what it held.
#[derive(Clone)]
pub(crate) struct ReadBack {
    pub(crate) label: String,
    pub(crate) found: String,
    /// Whether the definition calls it a secret.
    pub(crate) secret: bool,
}

/// Loops over long lists could go on for ever; a form has a few dozen steps.
const MOST_STEPS: usize = 2_000;

/// A step that is being traced; nothing once there are too many.
pub(super) struct Open(Option<usize>);

impl Trace {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner {
            began_at: clock.now(),
            clock,
            state: Mutex::default(),
        }))
    }

    /// When the attempt began in its clone.
    pub(crate) fn began_at(&self) -> Timestamp {
        self.0.began_at
    }

    pub(super) fn enter(&self, steps: &[Step]) -> Open {
        let began_at = self.0.clock.now();
        let mut state = self.state();
        let (Some(first), true) = (steps.first(), state.steps.len() < MOST_STEPS) else {
            return Open(None);
        };
        let at = state.steps.len();
        let depth = state.open.len();
        state.steps.push(TracedStep {
            step: first.name.clone(),
            with: steps[1..].iter().map(|step| step.name.clone()).collect(),
            depth,
            began_at,
            duration_ms: None,
            tries: 0,
            result: StepResult::Unfinished,
            code: None,
        });
        state.open.push((at, Instant::now()));
        Open(Some(at))
    }

    /// The innermost step is really tried.
    pub(super) fn tries(&self) {
        let mut state = self.state();
        if let Some((at, _)) = state.open.last().copied()
            && let Some(step) = state.steps.get_mut(at)
        {
            step.tries += 1;
        }
    }

    /// `shrugged`: the code of a failure that the flow goes on without.
    pub(super) fn leave(
        &self,
        open: &Open,
        result: &Result<(), Stop>,
        shrugged: Option<FailureCode>,
    ) {
        let mut state = self.state();
        let Some(at) = open.0 else {
            return;
        };
        // Steps inside one that was cut off were not left by themselves.
        while let Some((inner, began)) = state.open.pop() {
            if inner == at {
                let step = &mut state.steps[at];
                let lasted = began.elapsed().as_millis();
                step.duration_ms = Some(u64::try_from(lasted).unwrap_or(u64::MAX));
                (step.result, step.code) = judged(step.tries, result, shrugged);
                return;
            }
        }
    }

    /// What was read back last of each field counts.
    pub(crate) fn compared(&self, fields: Vec<ReadBack>) {
        let mut state = self.state();
        for field in fields {
            state.read_back.retain(|old| old.label != field.label);
            state.read_back.push(field);
        }
    }

    pub(crate) fn received(&self, receipt: &Receipt) {
        self.state().receipt = Some(receipt.clone());
    }

    pub(crate) fn receipt(&self) -> Option<Receipt> {
        self.state().receipt.clone()
    }

    pub(crate) fn read_back(&self) -> Vec<ReadBack> {
        self.state().read_back.clone()
    }

    pub(crate) fn steps(&self) -> Vec<TracedStep> {
        self.state().steps.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn judged(
    tries: u32,
    result: &Result<(), Stop>,
    shrugged: Option<FailureCode>,
) -> (StepResult, Option<FailureCode>) {
    match (result, shrugged) {
        (Ok(()), Some(code)) => (StepResult::FailedOptional, Some(code)),
        (Ok(()), None) if tries == 0 => (StepResult::Skipped, None),
        (Ok(()), None) => (StepResult::Done, None),
        (Err(Stop::Failed(failed)), _) => (StepResult::Failed, Some(failed.failure.code)),
        (Err(_), _) => (StepResult::Stopped, None),
    }
}

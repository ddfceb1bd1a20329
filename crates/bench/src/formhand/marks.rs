//! Listens to what the engine says of its steps.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use formhand_domain::{Clock as _, SystemClock};
use jiff::Timestamp;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::layer::{Context, Layer};

/// Something that the engine said beside how much it has told its browser so far.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) at: Timestamp,
    pub(super) what: What,
    pub(super) job: Option<String>,
    pub(super) sent: u64,
    pub(super) received: u64,
}

/// What it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    PlaceMade,
    Step(String),
    StepsOver,
    PlaceLeft,
}

impl Mark {
    pub(super) fn messages(&self) -> u64 {
        self.sent + self.received
    }
}

/// All marks since they were last taken.
#[derive(Clone, Default)]
pub(crate) struct Marks(Arc<Mutex<Vec<Mark>>>);

impl Marks {
    pub(super) fn take(&self) -> Vec<Mark> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<S: Subscriber> Layer<S> for Marks {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut words = Words::default();
        event.record(&mut words);
        let what = match (words.message.as_str(), words.step) {
            ("a place is made", _) => What::PlaceMade,
            ("step", Some(step)) => What::Step(step),
            ("steps are over", _) => What::StepsOver,
            ("a place is left", _) => What::PlaceLeft,
            _ => return,
        };
        let mark = Mark {
            at: SystemClock.now(),
            what,
            job: words.job,
            sent: words.sent,
            received: words.received,
        };
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(mark);
    }
}

#[derive(Default)]
struct Words {
    message: String,
    step: Option<String>,
    job: Option<String>,
    sent: u64,
    received: u64,
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            "job" => self.job = Some(format!("{value:?}")),
            _ => {}
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "step" {
            self.step = Some(value.to_owned());
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "sent" => self.sent = value,
            "received" => self.received = value,
            _ => {}
        }
    }
}

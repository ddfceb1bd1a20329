//! The steps' side of a take-over.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use formhand_browser::{Context, Page};
use formhand_domain::{Acts, Failure, HandBack, JobEvent, Writer};

use super::{
    Handed, Patience, TakeOvers,
    desk::Entry,
    room::{Asked, Stage},
};
use crate::{
    setup::TakeOverTiming,
    sight::Sight,
    submit::{JobGate, JobWriter, WriteError},
};

/// What taking over a page needs of its attempt.
pub(crate) struct HandsSetup {
    pub(crate) desk: TakeOvers,
    pub(crate) sight: Sight,
    pub(crate) context: Context,
    pub(crate) gate: Arc<JobGate>,
    pub(crate) writer: JobWriter,
    pub(crate) timing: TakeOverTiming,
    /// Says that the attempt moves.
    pub(crate) moved: Arc<dyn Fn() + Send + Sync>,
}

/// The steps' side of a take-over.
pub(crate) struct Hands {
    pub(super) entry: Entry,
    pub(super) sight: Sight,
    pub(super) context: Context,
    pub(super) gate: Arc<JobGate>,
    pub(super) writer: JobWriter,
    pub(super) timing: TakeOverTiming,
    pub(super) moved: Arc<dyn Fn() + Send + Sync>,
    pub(super) patience: Patience,
    /// What was done in the take-over whose end is not recorded yet.
    pub(super) open: Mutex<Option<Acts>>,
    /// A failure has waited in vain: it ends the attempt, whatever steps are around it.
    unhelped: AtomicBool,
}

impl Hands {
    pub(crate) fn new(setup: HandsSetup) -> Self {
        Self {
            entry: setup.desk.enter(setup.writer.job),
            sight: setup.sight,
            context: setup.context,
            gate: setup.gate,
            writer: setup.writer,
            timing: setup.timing,
            moved: setup.moved,
            patience: Patience::default(),
            open: Mutex::default(),
            unhelped: AtomicBool::new(false),
        }
    }

    /// What limits of time go by.
    pub(crate) fn patience(&self) -> Patience {
        self.patience.clone()
    }

    /// Whether somebody wants the page.
    pub(crate) fn is_wanted(&self) -> bool {
        self.entry.room.who_asks().is_some()
    }

    /// From here on nobody gets the page: the form is about to be submitted.
    pub(crate) fn too_late(&self) {
        *self.entry.room.stage() = Stage::TooLate;
    }

    /// Whether it is.
    pub(crate) fn is_too_late(&self) -> bool {
        matches!(*self.entry.room.stage(), Stage::TooLate)
    }

    /// Gives the page to who has asked for it, between two steps. Returns when it is handed back.
    pub(crate) async fn give(&self, page: &Page, next: &str) -> Result<Handed, WriteError> {
        match self.entry.room.who_asks() {
            Some(asked) => self.hold(asked, page, next, None).await,
            None => Ok(Handed::GoOn),
        }
    }

    /// Gives the page to a person because a step failed: to who has asked for it, or to who asks while it waits.
    pub(crate) async fn help(
        &self,
        page: &Page,
        step: &str,
        failure: &Failure,
    ) -> Result<Handed, WriteError> {
        let handed = match self.helper(step, failure).await {
            Some(asked) => self.hold(asked, page, step, Some(failure)).await?,
            None => Handed::Nobody,
        };
        if matches!(handed, Handed::Nobody) {
            self.unhelped.store(true, Ordering::Relaxed);
        }
        Ok(handed)
    }

    async fn helper(&self, step: &str, failure: &Failure) -> Option<Asked> {
        if self.unhelped.load(Ordering::Relaxed) {
            return None;
        }
        if let Some(asked) = self.entry.room.who_asks() {
            return Some(asked);
        }
        let wait = self.timing.wait_on_failure?;
        let until = self.until(wait);
        {
            let mut stage = self.entry.room.stage();
            *stage = Stage::Waiting {
                step: step.to_owned(),
                failure: self.words(failure),
                until,
            };
        }
        tracing::warn!(job = %self.writer.job, step, code = %failure.code, "a step failed and waits for a person");
        let _pause = self.patience.pause();
        let came = tokio::time::timeout(wait, self.entry.room.is_asked()).await;
        (self.moved)();
        if came.is_err() {
            let mut stage = self.entry.room.stage();
            if let Stage::Asked(asked) = &*stage {
                // In the very last moment.
                return Some(asked.clone());
            }
            *stage = Stage::Working;
        }
        came.ok()
    }

    /// Records the end of a take-over that something else has cut off.
    pub(crate) async fn cut_off(&self) {
        let acts = self.open().take();
        if let Some(acts) = acts {
            self.record(acts, HandBack::CutOff, None).await;
        }
    }

    /// Records that the page is handed back, by this person or by the server.
    pub(super) async fn record(&self, acts: Acts, how: HandBack, by: Option<&str>) {
        let event = JobEvent::HandBack {
            token: self.writer.token,
            acts,
            how,
        };
        let written = match by {
            Some(name) => {
                let name = name.to_owned();
                self.writer.write_as(Writer::Person { name }, event).await
            }
            None => self.writer.write(event).await,
        };
        if let Err(error) = written {
            // While it is not recorded the store refuses to arm, which is the safe side.
            tracing::warn!(job = %self.writer.job, %error, "the end of a take-over was not recorded");
        }
    }

    pub(super) fn until(&self, wait: Duration) -> jiff::Timestamp {
        let now = self.writer.clock.now();
        let wait = jiff::SignedDuration::try_from(wait).unwrap_or(jiff::SignedDuration::MAX);
        now.saturating_add(wait).unwrap_or(jiff::Timestamp::MAX)
    }

    /// A failure in words that may be shown.
    pub(super) fn words(&self, failure: &Failure) -> String {
        self.writer.blank(&failure.message)
    }

    pub(super) fn open(&self) -> std::sync::MutexGuard<'_, Option<Acts>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

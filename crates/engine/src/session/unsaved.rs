//! What a store that was away has not taken. The other servers go by it, so it is said again until the store has it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use formhand_domain::account::SessionState;
use formhand_store::SealedCopy;
use tokio::time::Instant;

/// It is said again so much later.
pub(super) const AGAIN: Duration = Duration::from_secs(1);

/// The last word of each kind, if the store does not have it.
#[derive(Clone, Default)]
pub(super) struct Unsaved(Arc<Mutex<Words>>);

#[derive(Default)]
struct Words {
    state: Option<SessionState>,
    copy: Option<SealedCopy>,
    due: Option<Instant>,
}

impl Unsaved {
    pub(super) fn state_taken(&self) {
        self.words().state = None;
    }

    pub(super) fn state_refused(&self, state: SessionState) {
        let mut words = self.words();
        words.state = Some(state);
        words.due = Some(Instant::now() + AGAIN);
    }

    pub(super) fn copy_taken(&self) {
        self.words().copy = None;
    }

    pub(super) fn copy_refused(&self, copy: SealedCopy) {
        let mut words = self.words();
        words.copy = Some(copy);
        words.due = Some(Instant::now() + AGAIN);
    }

    /// When something is to be said again; never if the store has everything.
    pub(super) fn due(&self) -> Option<Instant> {
        let words = self.words();
        let is_any = words.state.is_some() || words.copy.is_some();
        words.due.filter(|_| is_any)
    }

    /// What is to be said again. It counts as said: also after the right to say it is lost.
    pub(super) fn take(&self) -> (Option<SessionState>, Option<SealedCopy>) {
        let mut words = self.words();
        (words.state.take(), words.copy.take())
    }

    fn words(&self) -> MutexGuard<'_, Words> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn only_the_last_word_is_said_again_and_only_until_it_was_taken() {
        let unsaved = Unsaved::default();
        assert_eq!(unsaved.due(), None);
        let down = SessionState::Down {
            until: jiff::Timestamp::UNIX_EPOCH,
            reason: "the portal is closed".to_owned(),
        };
        unsaved.state_refused(down.clone());
        unsaved.state_refused(SessionState::Cold);
        assert_eq!(unsaved.due(), Some(Instant::now() + AGAIN));
        assert_eq!(unsaved.take().0, Some(SessionState::Cold));
        assert_eq!(unsaved.due(), None);
        unsaved.state_refused(down);
        unsaved.state_taken();
        assert_eq!(unsaved.due(), None);
    }
}

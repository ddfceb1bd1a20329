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
pub(super) struct Unsaved {
    pub(super) state: Word<SessionState>,
    pub(super) copy: Word<SealedCopy>,
}

/// The last word of one kind, if the store does not have it, and when it is to be said again.
#[derive(Clone)]
pub(super) struct Word<T>(Arc<Mutex<Option<(T, Instant)>>>);

impl Unsaved {
    /// When something is to be said again; never if the store has everything.
    pub(super) fn due(&self) -> Option<Instant> {
        let dues = [self.state.due(), self.copy.due()];
        dues.into_iter().flatten().min()
    }

    /// Nothing of it is to be said any more.
    pub(super) fn clear(&self) {
        self.state.taken();
        self.copy.taken();
    }
}

impl<T> Default for Word<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Word<T> {
    /// The store has the last word.
    pub(super) fn taken(&self) {
        self.last().take();
    }

    /// This is the last word, and the store does not have it.
    pub(super) fn refused(&self, word: T) {
        *self.last() = Some((word, Instant::now() + AGAIN));
    }

    /// What is to be said again, by whoever takes it.
    pub(super) fn take(&self) -> Option<T> {
        self.last().take().map(|(word, _)| word)
    }

    fn due(&self) -> Option<Instant> {
        self.last().as_ref().map(|(_, due)| *due)
    }

    fn last(&self) -> MutexGuard<'_, Option<(T, Instant)>> {
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
        unsaved.state.refused(down.clone());
        unsaved.state.refused(SessionState::Cold);
        assert_eq!(unsaved.due(), Some(Instant::now() + AGAIN));
        assert_eq!(unsaved.state.take(), Some(SessionState::Cold));
        assert_eq!(unsaved.due(), None);
        unsaved.state.refused(down);
        unsaved.state.taken();
        assert_eq!(unsaved.due(), None);
    }
}

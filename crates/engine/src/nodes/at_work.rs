//! How many jobs this server works on.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// The count.
#[derive(Clone, Default)]
pub(crate) struct AtWork(Arc<AtomicU32>);

/// A job that is worked on, until this is dropped.
pub(crate) struct Counted(Arc<AtomicU32>);

impl AtWork {
    /// One more.
    pub(crate) fn begin(&self) -> Counted {
        self.0.fetch_add(1, Ordering::Relaxed);
        Counted(Arc::clone(&self.0))
    }

    /// So many.
    pub(super) fn count(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

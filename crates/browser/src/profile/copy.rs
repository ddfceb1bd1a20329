//! `copy_profile`: a second profile that knows what the first one knows.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::compare::compare;
use super::content::{Entry, content, must_be_there};
use super::error::CopyError;
use super::in_use::user_of;
use super::partial::Partial;

/// A copy that was seen to be the same as its profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileCopy {
    /// How many files it has.
    pub file_count: usize,
    /// How big they are together.
    pub size_bytes: u64,
    /// Of all names and contents: two copies with the same sum are the same.
    pub sha256: String,
}

/// Copies a profile whose browser is stopped, caches and locks left out, and reads both again to see that they are the
/// same. `to` must not exist; it is there as a whole or not at all, whatever happens on the way and also when this
/// process is killed. A call that is dropped ends soon after, and without a copy, or with a whole one.
///
/// Cookies that end with the browser come with the profile of a Chromium that was closed in order. The headless shell
/// writes none to the disk, and a browser that was killed not those of its last half a minute: take them with
/// [`Context::cookies`](crate::Context::cookies) while it runs, and give them to the other with
/// [`Context::set_cookies`](crate::Context::set_cookies).
pub async fn copy_profile(from: &Path, to: &Path) -> Result<ProfileCopy, CopyError> {
    let (from, to) = (from.to_owned(), to.to_owned());
    in_background(to.clone(), move |caller| copy(&from, &to, caller)).await
}

fn copy(from: &Path, to: &Path, caller: &Caller) -> Result<ProfileCopy, CopyError> {
    must_be_there(from)?;
    must_be_unused(from)?;
    let partial = Partial::begin(to)?;
    for (path, entry) in content(from)? {
        caller.must_wait()?;
        let (source, target) = (from.join(&path), partial.path().join(&path));
        let copied = match entry {
            Entry::Folder => DirBuilder::new().mode(0o700).create(&target),
            Entry::File { .. } => std::fs::copy(&source, &target).map(drop),
        };
        copied.map_err(|source| CopyError::Io {
            path: target,
            source,
        })?;
    }
    let copy = compare(from, partial.path(), caller)?;
    // A browser that was started meanwhile may have written what fits nothing that was read before.
    must_be_unused(from)?;
    partial.keep()?;
    Ok(copy)
}

fn must_be_unused(profile: &Path) -> Result<(), CopyError> {
    match user_of(profile) {
        Some(by) => Err(CopyError::InUse {
            profile: profile.to_owned(),
            by,
        }),
        None => Ok(()),
    }
}

/// Who waits for the work, as long as someone does.
pub(super) struct Caller(Arc<AtomicBool>);

impl Caller {
    /// Ends the work if nobody waits for it any more.
    pub(super) fn must_wait(&self) -> Result<(), CopyError> {
        if self.0.load(Ordering::Relaxed) {
            return Err(gave_up(PathBuf::new()));
        }
        Ok(())
    }
}

/// Does work that blocks on a thread made for it, and tells it when nobody waits any more.
pub(super) async fn in_background(
    path: PathBuf,
    work: impl FnOnce(&Caller) -> Result<ProfileCopy, CopyError> + Send + 'static,
) -> Result<ProfileCopy, CopyError> {
    struct Waiting(Arc<AtomicBool>);
    impl Drop for Waiting {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let waiting = Waiting(Arc::default());
    let caller = Caller(Arc::clone(&waiting.0));
    let done = tokio::task::spawn_blocking(move || work(&caller)).await;
    done.unwrap_or_else(|_| Err(gave_up(path)))
}

fn gave_up(path: PathBuf) -> CopyError {
    CopyError::Io {
        path,
        source: std::io::Error::other("it was given up"),
    }
}

//! How the watching of a source goes, and what is told of it.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use formhand_domain::FencingToken;
use formhand_store::{SourceTask, Taken};
use tokio::time::Instant;

use super::{source::Source, trouble::Trouble};

/// The wait after something went wrong. It doubles until it is [`LONGEST`].
const FIRST: Duration = Duration::from_millis(250);

/// The longest wait after something went wrong.
const LONGEST: Duration = Duration::from_secs(30);

/// A server that cannot watch for so long lets another try.
const GIVE_UP: Duration = Duration::from_mins(1);

/// How the watching goes.
#[derive(Default)]
pub(super) struct Course(Mutex<Going>);

#[derive(Default)]
struct Going {
    /// Whether the store knows of a trouble.
    is_told: bool,
    /// What the trouble is and since when; nothing as long as all is well.
    ill: Option<(String, Instant)>,
    pause: Option<Duration>,
}

impl Course {
    /// What the store knows.
    pub(super) fn know(&self, is_told: bool) {
        self.going().is_told = is_told;
    }

    /// Something worked.
    pub(super) async fn well(&self, source: &Source, keeper: FencingToken) -> Result<(), Trouble> {
        let was_ill = {
            let mut going = self.going();
            going.pause = None;
            let was_told = std::mem::take(&mut going.is_told);
            going.ill.take().is_some() || was_told
        };
        if was_ill {
            let now = source.clock.now();
            let (name, task) = (source.name(), SourceTask::Watching);
            source
                .sources
                .set_trouble(name, keeper, task, None, now)
                .await?;
            tracing::info!(source = %name, "the source is watched again");
        }
        Ok(())
    }

    /// Something did not work. It is told when it is news.
    pub(super) async fn ill(&self, source: &Source, keeper: FencingToken, text: &str) {
        let is_news = {
            let mut going = self.going();
            let since = going
                .ill
                .as_ref()
                .map_or_else(Instant::now, |(_, since)| *since);
            let is_news = going.ill.as_ref().is_none_or(|(known, _)| known != text);
            going.ill = Some((text.to_owned(), since));
            going.is_told = true;
            is_news
        };
        if !is_news {
            return;
        }
        let (name, now) = (source.name(), source.clock.now());
        tracing::warn!(source = %name, reason = text, "the source cannot be watched; it is tried again");
        let task = SourceTask::Watching;
        let told = source
            .sources
            .set_trouble(name, keeper, task, Some(text), now)
            .await;
        if let Err(error) = told {
            tracing::warn!(source = %name, %error, "that could not be kept");
        }
    }

    /// Whether it has not worked for too long.
    pub(super) fn is_hopeless(&self) -> bool {
        let going = self.going();
        going
            .ill
            .as_ref()
            .is_some_and(|(_, since)| since.elapsed() >= GIVE_UP)
    }

    /// How long to wait before the next try.
    pub(super) fn pause(&self) -> Duration {
        let mut going = self.going();
        let pause = going.pause.map_or(FIRST, |last| (last * 2).min(LONGEST));
        going.pause = Some(pause);
        pause
    }

    fn going(&self) -> MutexGuard<'_, Going> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says what a source has brought. Nothing of its documents is said.
pub(super) fn tell_taken(source: &Source, taken: Taken) {
    if taken.jobs > 0 || taken.broken > 0 {
        tracing::info!(
            source = %source.name(),
            jobs = taken.jobs,
            invalid = taken.invalid,
            duplicates = taken.duplicates,
            quarantined = taken.broken,
            "took documents"
        );
    }
}

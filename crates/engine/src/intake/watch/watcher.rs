//! The loop that watches one source, whenever this server has the right to.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use formhand_domain::{FencingToken, NodeId};
use formhand_store::{SourceTask, Taken};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{
    follow::follow,
    plan::{self, Next, next},
    right::{Right, RightTiming, Sought},
    scan::scan,
    source::Source,
    tell::tell_documents,
    trouble::Trouble,
};

/// The wait after something went wrong. It doubles until it is [`LONGEST`].
const FIRST: Duration = Duration::from_millis(250);

/// The longest wait after something went wrong.
const LONGEST: Duration = Duration::from_secs(30);

/// A server that cannot watch for so long lets another try.
const GIVE_UP: Duration = Duration::from_mins(1);

/// How often it is asked whether another has given the right back. That it ends is known before.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// Watches one source.
pub(super) struct Watcher {
    pub(super) source: Arc<Source>,
    pub(super) node: NodeId,
    pub(super) timing: RightTiming,
    pub(super) stop: CancellationToken,
}

impl Watcher {
    /// Works until it is stopped.
    pub(super) async fn run(self) {
        while !self.stop.is_cancelled() {
            let wait = self.turn().await;
            tokio::select! {
                () = self.stop.cancelled() => {}
                () = sleep(wait) => {}
            }
        }
    }

    /// Watches as long as it may, if it may. Says how long to wait before the next time.
    async fn turn(&self) -> Duration {
        let name = self.source.name();
        match Right::seek(&self.source, &self.node, self.timing).await {
            Ok(Sought::Ours(right)) => {
                tracing::info!(source = %name, "watches the source");
                let wait = self.hold(&right).await;
                right.give_back(&self.source).await;
                wait
            }
            Ok(Sought::Others(lease)) => {
                let left = lease.expires_at.duration_since(self.source.clock.now());
                Duration::try_from(left)
                    .unwrap_or_default()
                    .clamp(FIRST, ASK_EVERY)
            }
            Err(error) => {
                tracing::warn!(source = %name, %error, "the right to watch could not be asked for");
                ASK_EVERY
            }
        }
    }

    /// Watches until that ends, and says how long to wait before it is asked for again.
    async fn hold(&self, right: &Right) -> Duration {
        let watching = watch(&self.source, right.token);
        let telling = tell_documents(&self.source, right.token);
        tokio::select! {
            () = self.stop.cancelled() => Duration::ZERO,
            () = right.lost() => FIRST,
            wait = Box::pin(watching) => wait,
            () = Box::pin(telling) => FIRST,
        }
    }
}

/// Watches until the right is over, or this server cannot for too long. Says how long to leave it to others.
async fn watch(source: &Source, keeper: FencingToken) -> Duration {
    let course = Course::default();
    loop {
        let Err(trouble) = step(source, keeper, &course).await else {
            continue;
        };
        let said = match trouble {
            Trouble::NotKeeper => return FIRST,
            Trouble::Lost(text) => match start_over(source, keeper, &text).await {
                Ok(()) => continue,
                Err(trouble) => trouble,
            },
            trouble => trouble,
        };
        match said {
            Trouble::NotKeeper => return FIRST,
            Trouble::Store(error) => {
                tracing::warn!(source = %source.name(), %error, "the source waits for the store");
            }
            Trouble::Origin(text) | Trouble::Lost(text) => {
                course.ill(source, keeper, &text).await;
            }
        }
        if course.is_hopeless() {
            return LONGEST;
        }
        sleep(course.pause()).await;
    }
}

/// Does what is next. It ends well only where something else is next.
async fn step(source: &Source, keeper: FencingToken, course: &Course) -> Result<(), Trouble> {
    let saved = source.sources.source(source.name()).await?;
    course.know(saved.as_ref().is_some_and(|saved| saved.trouble.is_some()));
    match next(saved.and_then(|saved| saved.reached)) {
        Next::Begin => {
            let (position, at) = source.origin().await?.present().await?;
            let reached = plan::begin(source.setup.existing, position, at);
            source
                .sources
                .set_out(source.name(), keeper, &reached)
                .await?;
            Ok(())
        }
        Next::Scan(reached, from) => scan(source, keeper, reached, from, course).await,
        Next::Follow(reached) => follow(source, keeper, reached, course).await,
    }
}

/// The history is lost. A new beginning is fixed first, and then what was there before it is looked at.
async fn start_over(source: &Source, keeper: FencingToken, text: &str) -> Result<(), Trouble> {
    let name = source.name();
    let saved = source.sources.source(name).await?;
    let Some(lost) = saved.and_then(|saved| saved.reached) else {
        return Ok(());
    };
    let origin = source.origin().await?;
    let (position, at) = origin.present().await?;
    let only_new =
        !plan::has_updates(&source.setup.kind) && origin.ids_tell_time(&position).await?;
    let reached = plan::after_loss(&lost, only_new, position, at);
    source.sources.set_out(name, keeper, &reached).await?;
    tracing::warn!(
        source = %name,
        reason = text,
        lost_from = %lost.at,
        all = !only_new,
        "the history of the collection is lost; its documents are looked at one by one"
    );
    Ok(())
}

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
    fn know(&self, is_told: bool) {
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
    async fn ill(&self, source: &Source, keeper: FencingToken, text: &str) {
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
    fn is_hopeless(&self) -> bool {
        let going = self.going();
        going
            .ill
            .as_ref()
            .is_some_and(|(_, since)| since.elapsed() >= GIVE_UP)
    }

    /// How long to wait before the next try.
    fn pause(&self) -> Duration {
        let mut going = self.going();
        let pause = going.pause.map_or(FIRST, |last| (last * 2).min(LONGEST));
        going.pause = Some(pause);
        pause
    }

    fn going(&self) -> std::sync::MutexGuard<'_, Going> {
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

//! The loop that watches one source, whenever this server has the right to.

use std::{sync::Arc, time::Duration};

use formhand_domain::FencingToken;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{
    course::Course,
    follow::follow,
    plan::{self, Next, next},
    scan::scan,
    source::Source,
    tell::tell_documents,
    trouble::Trouble,
};
use crate::right::{Right, RightTiming, Sought};

/// The wait where another may try meanwhile.
const LEAVE: Duration = Duration::from_secs(30);

/// The wait before the right is asked for once more.
const SOON: Duration = Duration::from_millis(250);

/// A history that is lost again so soon is no matter of the history: the documents are not looked at all over at once.
const LOST_AGAIN: Duration = Duration::from_mins(1);

/// How often it is asked whether another has given the right back. That it ends is known before.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// Watches one source.
pub(super) struct Watcher {
    pub(super) source: Arc<Source>,
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
        let subject = Arc::clone(&self.source);
        match Right::seek(subject, self.timing).await {
            Ok(Sought::Ours(right)) => {
                tracing::info!(source = %name, "watches the source");
                let wait = self.hold(&right).await;
                right.give_back().await;
                wait
            }
            Ok(Sought::Others(lease)) => {
                let left = lease.expires_at.duration_since(self.source.clock.now());
                Duration::try_from(left)
                    .unwrap_or_default()
                    .clamp(SOON, ASK_EVERY)
            }
            Err(error) => {
                tracing::warn!(source = %name, %error, "the right to watch could not be asked for");
                ASK_EVERY
            }
        }
    }

    /// Watches until that ends, and says how long to wait before it is asked for again.
    async fn hold(&self, right: &Right) -> Duration {
        let watching = watch(&self.source, right.token());
        let telling = tell_documents(&self.source, right.token());
        tokio::select! {
            () = self.stop.cancelled() => Duration::ZERO,
            () = right.lost() => SOON,
            wait = Box::pin(watching) => wait,
            () = Box::pin(telling) => SOON,
        }
    }
}

/// Watches until the right is over, or this server cannot for too long. Says how long to leave it to others.
async fn watch(source: &Source, keeper: FencingToken) -> Duration {
    let course = Course::default();
    let mut lost_at: Option<Instant> = None;
    loop {
        let Err(trouble) = step(source, keeper, &course).await else {
            continue;
        };
        let said = match trouble {
            Trouble::NotKeeper => return SOON,
            Trouble::Lost(text) if lost_at.is_none_or(|at| at.elapsed() >= LOST_AGAIN) => {
                lost_at = Some(Instant::now());
                match start_over(source, keeper, &text).await {
                    Ok(()) => continue,
                    Err(trouble) => trouble,
                }
            }
            trouble => trouble,
        };
        match said {
            Trouble::NotKeeper => return SOON,
            Trouble::Store(error) => {
                tracing::warn!(source = %source.name(), %error, "the source waits for the store");
            }
            Trouble::Origin(text) | Trouble::Lost(text) => {
                course.ill(source, keeper, &text).await;
            }
        }
        if course.is_hopeless() {
            return LEAVE;
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

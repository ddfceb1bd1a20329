//! Time limits that do not run while a person has the page.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::Instant};

/// Knows how long a person has had the page. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub(crate) struct Patience(Arc<watch::Sender<Paused>>);

#[derive(Debug, Clone, Copy, Default)]
struct Paused {
    /// For how long, without the time since then.
    total: Duration,
    since: Option<Instant>,
}

/// No limit runs until this is dropped.
pub(super) struct Pause(Patience);

impl Default for Patience {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Paused::default())))
    }
}

impl Patience {
    /// Stops the time.
    pub(super) fn pause(&self) -> Pause {
        self.0
            .send_modify(|paused| paused.since = Some(Instant::now()));
        Pause(self.clone())
    }

    /// Resolves when so much time has passed from now on that nobody had the page.
    pub(crate) async fn is_over(&self, limit: Duration) {
        let mut changes = self.0.subscribe();
        let (began, before) = (Instant::now(), changes.borrow().total);
        loop {
            let paused = *changes.borrow_and_update();
            let end = async {
                if paused.since.is_some() {
                    std::future::pending::<()>().await;
                }
                let held = paused.total.saturating_sub(before);
                tokio::time::sleep_until(began + limit + held).await;
            };
            tokio::select! {
                () = end => return,
                // The sender is this one's own, so there is always a change to wait for.
                _ = changes.changed() => {}
            }
        }
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        self.0.0.send_modify(|paused| {
            if let Some(since) = paused.since.take() {
                paused.total += since.elapsed();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_limit_does_not_run_while_a_person_has_the_page() {
        let patience = Patience::default();
        let began = Instant::now();
        let limit = patience.is_over(Duration::from_mins(1));
        let person = async {
            for _ in 0..2 {
                tokio::time::sleep(Duration::from_secs(10)).await;
                let pause = patience.pause();
                tokio::time::sleep(Duration::from_mins(10)).await;
                drop(pause);
            }
        };
        tokio::join!(limit, person);
        assert_eq!(began.elapsed(), Duration::from_mins(21));
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_that_begins_later_does_not_get_the_time_before() {
        let patience = Patience::default();
        let pause = patience.pause();
        tokio::time::sleep(Duration::from_mins(10)).await;
        drop(pause);
        let began = Instant::now();
        patience.is_over(Duration::from_mins(1)).await;
        assert_eq!(began.elapsed(), Duration::from_mins(1));
    }
}

//! Removing deliveries that are old.

use formhand_store::StoreError;
use jiff::{SignedDuration, Timestamp};

use crate::webhooks::WebhookDesk;

/// How often it is looked for them.
const EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Deliveries that are removed at once: others wait for the store meanwhile.
const BATCH: u32 = 500;

/// What waits for so long is of a webhook that is switched off, or configured no more.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 90);

/// When it was done last.
#[derive(Default)]
pub(super) struct Cleaner(Option<Timestamp>);

impl Cleaner {
    /// Removes what is old, if it is time to.
    pub(super) async fn clean(
        &mut self,
        desk: &WebhookDesk,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let is_early = |last: Timestamp| now.duration_since(last) < EVERY;
        if self.0.is_some_and(is_early) {
            return Ok(());
        }
        let before = |age| now.saturating_sub(age).unwrap_or(Timestamp::MIN);
        let (delivered, failed) = (before(desk.keep_delivered), before(desk.keep_failed));
        let mut count = 0;
        loop {
            let removing = desk
                .store
                .remove_deliveries(delivered, failed, before(LONGEST), BATCH);
            let removed = removing.await?;
            count += removed;
            if removed < u64::from(BATCH) {
                break;
            }
        }
        if count > 0 {
            tracing::info!(messages = count, "old messages of webhooks are removed");
        }
        self.0 = Some(now);
        Ok(())
    }
}

//! Lists and counts of deliveries.

use formhand_domain::{JobId, WebhookName};
use jiff::Timestamp;

use super::Delivery;

/// Which deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryFilter {
    /// Only those in this state, by its name.
    pub state: Option<&'static str>,
    /// Only those of this job.
    pub job: Option<JobId>,
    /// Only those that were made at this time or later.
    pub since: Option<Timestamp>,
}

/// A place between two deliveries of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryCursor {
    /// When the last one that was seen was made.
    pub made_at: Timestamp,
    /// Its id.
    pub id: String,
}

/// Some of the deliveries of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryPage {
    /// The deliveries, newest first.
    pub deliveries: Vec<Delivery>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<DeliveryCursor>,
}

impl DeliveryPage {
    /// A page of so many, of these and one more if there is one.
    pub(crate) fn of(mut deliveries: Vec<Delivery>, limit: u32) -> Self {
        let there_is_more = deliveries.len() > limit as usize;
        deliveries.truncate(limit as usize);
        let last = deliveries.last().filter(|_| there_is_more);
        Self {
            next: last.map(Delivery::cursor),
            deliveries,
        }
    }
}

/// How many deliveries of a webhook are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryCount {
    /// The webhook.
    pub webhook: WebhookName,
    /// The state's name.
    pub state: String,
    /// How many.
    pub count: u64,
    /// When the oldest of them was made.
    pub oldest_made_at: Timestamp,
    /// When the last of them ended, if they have.
    pub last_ended_at: Option<Timestamp>,
}

impl Delivery {
    /// Where a list goes on behind it.
    pub fn cursor(&self) -> DeliveryCursor {
        DeliveryCursor {
            made_at: self.made_at,
            id: self.message.id.clone(),
        }
    }
}

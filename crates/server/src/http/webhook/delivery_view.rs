//! A delivery as the API shows it.

use formhand_domain::JobId;
use formhand_store::{Delivery, DeliveryState, DeliveryTry};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::openapi::Time;

/// A message of a webhook. In a list it comes without its tries and without what is sent.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Delivery")]
pub(crate) struct DeliveryView {
    /// The `webhook-id` of all its tries.
    pub(crate) id: String,
    /// What it tells of, such as `job.completed`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The job that it tells of.
    pub(crate) job_id: Option<JobId>,
    /// `pending`, `delivered` or `failed`.
    #[schemars(extend("enum" = ["pending", "delivered", "failed"]))]
    pub(crate) state: String,
    /// When it was made.
    #[schemars(with = "Time")]
    pub(crate) made_at: Timestamp,
    /// When it was taken or given up.
    #[schemars(with = "Option<Time>")]
    pub(crate) ended_at: Option<Timestamp>,
    /// When it is tried next.
    #[schemars(with = "Option<Time>")]
    pub(crate) next_try_at: Option<Timestamp>,
    /// Tries since it was made or replayed, while it is pending.
    pub(crate) tried: Option<u32>,
    /// Why it was not taken the last time.
    pub(crate) said: Option<String>,
    /// Its newest tries, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tries: Option<Vec<TryView>>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) payload: Option<Value>,
}

/// One try.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DeliveryTry")]
pub(crate) struct TryView {
    /// When it began.
    #[schemars(with = "Time")]
    pub(crate) at: Timestamp,
    /// The status of the answer; nothing if there was none.
    pub(crate) status: Option<u16>,
    /// How long it took.
    pub(crate) took_ms: u64,
    /// Why it was not taken.
    pub(crate) error: Option<String>,
}

impl From<&DeliveryTry> for TryView {
    fn from(tried: &DeliveryTry) -> Self {
        Self {
            at: tried.at,
            status: tried.status,
            took_ms: tried.took_ms,
            error: tried.error.clone(),
        }
    }
}

impl DeliveryView {
    /// A delivery in a list.
    pub(super) fn brief(delivery: &Delivery) -> Self {
        Self {
            id: delivery.message.id.clone(),
            kind: delivery.message.kind.clone(),
            job_id: delivery.message.job,
            state: delivery.state.as_str().to_owned(),
            made_at: delivery.made_at,
            ended_at: delivery.state.ended_at(),
            next_try_at: delivery.state.next_at(),
            tried: match &delivery.state {
                DeliveryState::Pending { tries, .. } => Some(*tries),
                _ => None,
            },
            said: delivery.tries.last().and_then(|last| last.error.clone()),
            tries: None,
            payload: None,
        }
    }

    /// A delivery by itself.
    pub(super) fn whole(delivery: &Delivery) -> Self {
        Self {
            tries: Some(delivery.tries.iter().map(TryView::from).collect()),
            payload: serde_json::from_str(&delivery.message.body).ok(),
            ..Self::brief(delivery)
        }
    }
}

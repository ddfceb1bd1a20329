//! What the business's systems are told of jobs, and what became of the telling.

mod delivery;
mod endpoint;
mod page;
mod webhooks;

pub use delivery::{Delivery, DeliveryState, DeliveryTry, NewDelivery};
pub use endpoint::{SwitchedOff, Webhook, WebhookFailing, WebhookState};
pub use page::{DeliveryCount, DeliveryCursor, DeliveryFilter, DeliveryPage};
pub use webhooks::Webhooks;

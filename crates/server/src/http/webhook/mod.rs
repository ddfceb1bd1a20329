//! Webhooks, and what became of their messages.

mod cursor;
pub(super) mod deliveries;
mod delivery;
pub(super) mod delivery_view;
pub(super) mod enable;
pub(super) mod list;
mod name;
mod replay;
pub(super) mod replay_many;
pub(super) mod test;
pub(super) mod view;

use super::routes::Routes;
use crate::access::Role::{Admin, Operator, Viewer};

pub(crate) use self::{
    deliveries::{DeliveriesView, page as deliveries},
    delivery_view::DeliveryView,
    enable::enable,
    list::{WebhooksView, all as webhooks},
    replay::replay,
    replay_many::{ReplayedView, replay_many},
    test::{TestedWebhook, test},
    view::WebhookView,
};

/// All ways to them. Only an admin has a webhook told again that has said that it wants nothing any more.
#[rustfmt::skip]
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/webhooks", Viewer, list::list)
        .get("/api/webhooks/{name}", Viewer, list::show)
        .get("/api/webhooks/{name}/deliveries", Viewer, deliveries::list)
        .get("/api/webhooks/{name}/deliveries/{id}", Viewer, delivery::show)
        .post("/api/webhooks/{name}/deliveries/{id}/replay", Operator, replay::replay)
        .post("/api/webhooks/{name}/replay", Operator, replay_many::replay_many)
        .post("/api/webhooks/{name}/test", Operator, test::test)
        .post("/api/webhooks/{name}/enable", Admin, enable::enable)
}

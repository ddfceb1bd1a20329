//! Webhooks, and what became of their messages.

use formhand_domain::{JobId, WebhookName};
use serde_json::json;

use super::{
    super::{
        super::webhook::{
            DeliveriesView, DeliveryView, ReplayedView, TestedWebhook, WebhookView, WebhooksView,
            enable, replay_many,
        },
        Time,
        operation::{Content, Operation},
        parameter::{Parameter, path, query},
    },
    example, limit,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/webhooks", "listWebhooks", "List the webhooks")
            .text("Who is told what becomes of jobs, and how that goes.")
            .gives::<WebhooksView>("All of the configuration, in its order.", example!("webhooks.json")),
        Operation::get("/api/webhooks/{name}", "showWebhook", "Show a webhook")
            .with(webhook())
            .gives::<WebhookView>("The webhook.", example!("webhook.json"))
            .refuses(404, &["webhook_not_found"]),
        deliveries(),
        Operation::get("/api/webhooks/{name}/deliveries/{id}", "showDelivery", "Show a message")
            .text("With what is sent, and its tries.")
            .with(webhook())
            .with(delivery())
            .gives::<DeliveryView>("The message.", example!("delivery.json"))
            .refuses(404, &["delivery_not_found", "webhook_not_found"]),
        Operation::post("/api/webhooks/{name}/deliveries/{id}/replay", "replayDelivery", "Send a message once more")
            .text("Under the same `webhook-id`. What becomes of it, the message shows.")
            .with(webhook())
            .with(delivery())
            .answers(202, "The message, which waits now.", vec![Content::json::<DeliveryView>(example!("delivery-pending.json"))])
            .refuses(404, &["delivery_not_found", "webhook_not_found"]),
        Operation::post("/api/webhooks/{name}/replay", "replayEvents", "Send events once more")
            .text(
                "Those since a time, or those of a job, under the ids that they had. A call takes a few hundred entries of the \
                 audit: go on with `after` as long as `next` is not null.",
            )
            .with(webhook())
            .needs::<replay_many::Wanted>("Which events.", example!("webhook-replay.json"))
            .answers(202, "How many are sent.", vec![Content::json::<ReplayedView>(example!("webhook-replayed.json"))])
            .refuses(404, &["job_not_found", "webhook_not_found"]),
        Operation::post("/api/webhooks/{name}/test", "testWebhook", "Send a test to a webhook")
            .text("It says that nothing has happened. It is sent once, from this server, and the answer is waited for.")
            .with(webhook())
            .gives::<TestedWebhook>("What became of it.", example!("webhook-test.json"))
            .refuses(404, &["webhook_not_found"]),
        Operation::post("/api/webhooks/{name}/enable", "enableWebhook", "Switch a webhook on again")
            .text("One that has answered 410 Gone, and is told nothing since.")
            .with(webhook())
            .takes::<enable::Wanted>("How.", example!("webhook-enable.json"))
            .gives::<WebhookView>("The webhook, as it stands then.", example!("webhook.json"))
            .refuses(404, &["webhook_not_found"])
            .refuses(409, &["webhook_disabled"]),
    ]
}

fn deliveries() -> Operation {
    Operation::get(
        "/api/webhooks/{name}/deliveries",
        "listDeliveries",
        "List the messages of a webhook",
    )
    .text("Newest first, without what is sent and without their tries.")
    .with(webhook())
    .with(
        query::<String>("state", "Of this state.")
            .more(json!({"enum": ["pending", "delivered", "failed"]})),
    )
    .with(query::<JobId>("job", "Of this job."))
    .with(query::<Time>("since", "Made at this time or later."))
    .with(limit())
    .with(query::<String>("after", "The `next` of the page before."))
    .gives::<DeliveriesView>("A page of messages.", example!("deliveries.json"))
    .refuses(404, &["webhook_not_found"])
}

fn webhook() -> Parameter {
    path::<WebhookName>("name", "The webhook's name in the configuration.")
}

fn delivery() -> Parameter {
    path::<String>("id", "The message: its `webhook-id`.")
}

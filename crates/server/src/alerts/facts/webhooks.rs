//! How the webhooks of the configuration stand.

use formhand_store::StoreError;

use super::SeenWebhook;
use crate::webhooks::{Known, WebhookDesk};

/// Those that are switched on in the configuration.
pub(super) async fn webhooks(desk: &WebhookDesk) -> Result<Vec<SeenWebhook>, StoreError> {
    let known = desk.known().await?;
    let on = known.into_iter().filter(|known| known.setup.enabled);
    Ok(on.map(seen).collect())
}

fn seen(known: Known) -> SeenWebhook {
    let of = |state: &str| known.counts.iter().find(|count| count.state == state);
    let off = known.webhook.as_ref().and_then(|it| it.state.off.as_ref());
    SeenWebhook {
        off_since: off.map(|off| off.at),
        oldest_pending_at: of("pending").map(|count| count.oldest_made_at),
        given_up_at: of("failed").and_then(|count| count.last_ended_at),
        name: known.setup.name,
    }
}

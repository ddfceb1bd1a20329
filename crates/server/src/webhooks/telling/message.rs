//! The shape of every message: `docs/WEBHOOKS.md` tells it.

use formhand_domain::{JobId, hex};
use formhand_store::NewDelivery;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Half of a hash is enough that no two are ever the same.
const ID_BYTES: usize = 16;

/// What is sent.
#[derive(Serialize)]
struct Body<T> {
    #[serde(rename = "type")]
    kind: String,
    timestamp: Timestamp,
    data: T,
}

/// A message, named after what it tells of: made again, it has the same name.
pub(super) fn message<T: Serialize>(
    kind: &str,
    at: Timestamp,
    job: Option<JobId>,
    (order, named): (u64, &str),
    data: T,
) -> NewDelivery {
    let hash = Sha256::digest(format!("{kind} {order} {} {named}", at.as_microsecond()));
    NewDelivery {
        // With the number first, those of one moment are in the order in which they happened. There is no full stop in it,
        // as that is what parts are joined by when it is signed.
        id: format!("msg_{order:016}_{}", hex(&hash[..ID_BYTES])),
        kind: kind.to_owned(),
        job,
        body: body(kind, at, data),
    }
}

/// Says that nothing has happened.
pub(in crate::webhooks) fn test_body(at: Timestamp) -> String {
    #[derive(Serialize)]
    struct Nothing {
        message: &'static str,
    }
    let message = "a test; nothing has happened";
    body("webhook.test", at, Nothing { message })
}

fn body<T: Serialize>(kind: &str, at: Timestamp, data: T) -> String {
    let body = Body {
        kind: kind.to_owned(),
        timestamp: at,
        data,
    };
    // Names, times and texts are always JSON.
    serde_json::to_string(&body).unwrap_or_default()
}

//! One address, and one try.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use formhand_store::DeliveryTry;
use jiff::Timestamp;
use tokio::{sync::Notify, time::timeout};

use crate::{
    post::{HttpSender, TlsError, headers},
    webhooks::{LIMIT, WebhookSetup},
};

/// An address that can be sent to.
pub(in crate::webhooks) struct Endpoint {
    pub(in crate::webhooks) setup: WebhookSetup,
    http: HttpSender,
    limit: Duration,
    /// There may be something to send.
    pub(in crate::webhooks) wake: Notify,
}

/// What became of a try.
#[derive(Debug, Clone)]
pub struct Tried {
    /// How it is remembered.
    pub noted: DeliveryTry,
    /// What follows from it.
    pub result: TriedResult,
}

/// What follows from a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriedResult {
    /// It was taken.
    Taken,
    /// It was not, and may be later. The receiver may say when.
    Refused {
        /// His `Retry-After`, as he wrote it.
        retry_after: Option<String>,
    },
    /// There was no answer.
    Unreachable,
    /// The receiver wants nothing any more.
    Gone,
}

impl TriedResult {
    /// Its name in metrics.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Taken => "delivered",
            Self::Refused { .. } => "refused",
            Self::Unreachable => "unreachable",
            Self::Gone => "gone",
        }
    }
}

impl Endpoint {
    pub(in crate::webhooks) fn new(setup: WebhookSetup, limit: Duration) -> Result<Self, TlsError> {
        Ok(Self {
            http: HttpSender::to(&setup.url)?,
            limit: limit.min(LIMIT),
            wake: Notify::new(),
            setup,
        })
    }

    /// Sends a message once.
    pub(in crate::webhooks) async fn send(&self, id: &str, body: &str, now: Timestamp) -> Tried {
        let headers = headers(&self.setup.keys, id, now, body);
        let begun = Instant::now();
        let answer = timeout(self.limit, self.http.post(body.to_owned(), &headers)).await;
        let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let tried = |status: Option<StatusCode>, error, result| Tried {
            noted: DeliveryTry {
                at: now,
                status: status.map(|status| status.as_u16()),
                took_ms,
                error,
            },
            result,
        };
        match answer {
            Err(_) => tried(
                None,
                Some(format!("no answer within {:?}", self.limit)),
                TriedResult::Unreachable,
            ),
            Ok(Err(error)) => tried(None, Some(error.to_string()), TriedResult::Unreachable),
            Ok(Ok(answer)) => {
                let error = answer.taken().err().map(|error| error.to_string());
                let retry_after = answer.retry_after;
                let result = match (answer.status, &error) {
                    (_, None) => TriedResult::Taken,
                    (StatusCode::GONE, _) => TriedResult::Gone,
                    _ => TriedResult::Refused { retry_after },
                };
                tried(Some(answer.status), error, result)
            }
        }
    }
}

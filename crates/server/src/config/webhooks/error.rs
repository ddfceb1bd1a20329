//! What is wrong with a webhook.

use formhand_domain::WebhookName;
use thiserror::Error;

use crate::{config::SecretError, post::WrongKey};

/// What a webhook needs is not there, or is none.
#[derive(Debug, Error)]
#[error("webhook {webhook} has {why}")]
pub struct WebhookConfigError {
    /// The webhook.
    pub webhook: WebhookName,
    /// Why.
    pub why: WebhookLack,
}

/// What is missing. An address that was read from elsewhere is not repeated, as it may be a secret.
#[derive(Debug, Error)]
pub enum WebhookLack {
    /// A secret is not there.
    #[error("no secret: {0}")]
    Secret(#[from] SecretError),
    /// What was read is no address.
    #[error("an address that is none: expected one such as \"https://crm.example.com/formhand\"")]
    NotAnAddress,
    /// What is sent could be read on the way.
    #[error(
        "an address with http, where everybody on the way can read it: expected https, a server on this machine such as \
         \"http://127.0.0.1:8080/formhand\", or allow_http = true in a network of your own"
    )]
    InTheClear,
    /// What was read is no key.
    #[error("a signing secret that is none: {0}")]
    NotAKey(#[from] WrongKey),
    /// Too many keys are signed with.
    #[error(
        "{0} signing secrets: expected one, or two in the time in which one takes the place of the other"
    )]
    TooManyKeys(usize),
    /// There is no such portal.
    #[error("portal {portal:?}, which is not defined: expected some of {known}")]
    UnknownPortal {
        /// What is asked for.
        portal: String,
        /// Those that there are.
        known: String,
    },
    /// None of its portals has such a flow.
    #[error("flow {flow:?}, which none of its portals has: expected some of {known}")]
    UnknownFlow {
        /// What is asked for.
        flow: String,
        /// Those that there are.
        known: String,
    },
}

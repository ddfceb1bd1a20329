//! Why a submission is no job at all. (A record that breaks its flow's rules is one: `failed_validation`.)

use formhand_domain::{AccountKey, FlowName, PortalName};
use formhand_store::StoreError;
use thiserror::Error;

/// A submission names something that is not there.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// No such portal.
    #[error("there is no portal {given:?}; there is {known}")]
    UnknownPortal {
        /// What was asked for.
        given: String,
        /// What there is.
        known: String,
    },
    /// The submission leaves open which portal, flow or account.
    #[error("say which {what}: there is {known}")]
    Ambiguous {
        /// `portal`, `flow` or `account`.
        what: &'static str,
        /// What there is.
        known: String,
    },
    /// No such flow.
    #[error("portal {portal} has no flow `{given}`; it has {known}")]
    UnknownFlow {
        /// The portal.
        portal: PortalName,
        /// What was asked for.
        given: FlowName,
        /// What there is.
        known: String,
    },
    /// No such account. There is no fallback to another one.
    #[error("there is no account {given}; there is {known}")]
    UnknownAccount {
        /// What was asked for.
        given: AccountKey,
        /// What there is.
        known: String,
    },
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

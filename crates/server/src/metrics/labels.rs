//! The labels. Each is one of a set that the configuration, a portal's definition or this program bounds: never a value of a
//! record, a caller's id, a job's id or a portal's words.

use formhand_domain::{AccountKey, Job};
use prometheus_client::encoding::EncodeLabelSet;

/// What is known of a job that is not there any more.
const REMOVED: &str = "removed";

/// Whose job it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Of {
    portal: String,
    flow: String,
    account: String,
}

impl Of {
    /// Of this job.
    pub(super) fn job(job: &Job) -> Self {
        Self {
            portal: job.portal.to_string(),
            flow: job.flow.to_string(),
            account: job.account.to_string(),
        }
    }

    /// Of a job that was removed before it could be looked at.
    pub(super) fn removed() -> Self {
        Self {
            portal: REMOVED.to_owned(),
            flow: REMOVED.to_owned(),
            account: REMOVED.to_owned(),
        }
    }

    /// The flow alone, where one more label would make too many series.
    pub(super) fn flow(&self) -> OfFlow {
        OfFlow {
            portal: self.portal.clone(),
            flow: self.flow.clone(),
        }
    }
}

/// Of which flow.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfFlow {
    portal: String,
    flow: String,
}

/// Of which account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OfAccount {
    portal: String,
    account: String,
}

impl From<&AccountKey> for OfAccount {
    fn from(key: &AccountKey) -> Self {
        Self {
            portal: key.portal.to_string(),
            account: key.account.to_string(),
        }
    }
}

/// Labels beside others. Where there are others, `EncodeLabelSet` has to be in scope.
macro_rules! with {
    ($(#[$doc:meta])* $name:ident { $($beside:ident: $Beside:ty,)? .. $($label:ident: $Label:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, prometheus_client::encoding::EncodeLabelSet)]
        struct $name {
            $(#[prometheus(flatten)] $beside: $Beside,)?
            $($label: $Label),+
        }
    };
}

pub(super) use with;

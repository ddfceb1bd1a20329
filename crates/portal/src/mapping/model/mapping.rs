//! The whole mapping.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use formhand_domain::{AccountName, FlowName, PortalName};

use super::{AccountRule, Condition, DocumentPath, Field};
use crate::diagnostic::{Files, Span};

/// How documents of a collection become records of a flow. Made by [`load`](crate::mapping::load).
///
/// It is applied by [`Mapping::map`], and held against the definition of its portal by [`Mapping::check_against`].
#[derive(Clone)]
pub struct Mapping {
    pub(in crate::mapping) portal: PortalName,
    pub(in crate::mapping) flow: FlowName,
    pub(in crate::mapping) account: AccountRule,
    pub(in crate::mapping) caller_id: DocumentPath,
    pub(in crate::mapping) when: Vec<Condition>,
    pub(in crate::mapping) updates: Vec<DocumentPath>,
    pub(in crate::mapping) record: Vec<Field>,
    pub(in crate::mapping) places: Places,
}

/// Where the parts stand in the file, for what is said of them later.
#[derive(Clone)]
pub(in crate::mapping) struct Places {
    pub(in crate::mapping) files: Arc<Files>,
    pub(in crate::mapping) portal: Span,
    pub(in crate::mapping) flow: Span,
    pub(in crate::mapping) record: Span,
}

impl Mapping {
    /// The portal that the records are filed into.
    pub fn portal(&self) -> &PortalName {
        &self.portal
    }

    /// The flow of that portal.
    pub fn flow(&self) -> &FlowName {
        &self.flow
    }

    /// The accounts that the file names. None if the documents hold the names themselves.
    pub fn accounts(&self) -> BTreeSet<&AccountName> {
        match &self.account {
            AccountRule::Named(name) => BTreeSet::from([name]),
            AccountRule::Told { values, .. } => {
                let values = values.iter().flat_map(BTreeMap::values);
                values.collect()
            }
        }
    }

    /// The place of the document that tells the account; nothing if it is always the same.
    pub fn account_path(&self) -> Option<&DocumentPath> {
        match &self.account {
            AccountRule::Named(_) => None,
            AccountRule::Told { path, .. } => Some(path),
        }
    }

    /// The places whose changes can make a document ready. None if only new documents are looked at.
    pub fn updates(&self) -> &[DocumentPath] {
        &self.updates
    }

    /// Whether a change at a place, such as `customer.name` in a change stream's `updatedFields`, can make a document
    /// ready.
    pub fn is_touched_by(&self, changed: &str) -> bool {
        self.updates.iter().any(|path| path.is_touched_by(changed))
    }
}

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapping")
            .field("portal", &self.portal)
            .field("flow", &self.flow)
            .finish_non_exhaustive()
    }
}

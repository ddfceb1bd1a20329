//! Which account files.

use std::collections::BTreeMap;

use formhand_domain::AccountName;

use super::DocumentPath;

/// Which account files. There is no other that stands in for it.
#[derive(Debug, Clone)]
pub(in crate::mapping) enum AccountRule {
    /// Always this one.
    Named(AccountName),
    /// The document tells.
    Told {
        path: DocumentPath,
        /// The document's word and the account for it; without them the word is the account's name.
        values: Option<BTreeMap<String, AccountName>>,
    },
}

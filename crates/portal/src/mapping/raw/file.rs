//! The whole file, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Account, Ordered, Path, Rule, Scalar};
use crate::{
    parse::{Lenient, Many, Spanned},
    raw::Text,
};

/// How documents of a collection become records of a flow.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Formhand mapping")]
pub(crate) struct Mapping {
    /// The version of this format: 1.
    pub(crate) formhand: Spanned<u32>,
    /// The portal that the records are filed into, as its definition calls it.
    pub(crate) portal: Text,
    /// The flow of that portal.
    pub(crate) flow: Text,
    /// The account that files: its name in the configuration, or where the document tells it.
    #[schemars(with = "Account")]
    pub(crate) account: Option<Lenient<Spanned<Account>>>,
    /// Where the document's own id stands; `_id` if not said. It must be unique among all that is filed into the portal.
    pub(crate) caller_id: Option<Path>,
    /// What must hold of a document; until then it is left alone. A document is ready from the start if nothing is said.
    #[serde(default)]
    pub(crate) when: Many<Spanned<Condition>>,
    /// A change of one of these can make a document ready. Only new documents are looked at if nothing is said.
    pub(crate) updates: Option<Spanned<Many<Path>>>,
    /// The fields of the record, and where each comes from.
    pub(crate) record: Spanned<Ordered<Spanned<Rule>>>,
}

/// A place of the document and what must hold there: exactly one of `is`, `in` and `exists`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Condition {
    /// The place.
    pub(crate) path: Path,
    /// It holds this, of the same kind: `1` is not `"1"`.
    pub(crate) is: Option<Spanned<Scalar>>,
    /// It holds one of these.
    #[serde(rename = "in")]
    pub(crate) one_of: Option<Spanned<Many<Spanned<Scalar>>>>,
    /// Whether anything is there. Null is nothing.
    pub(crate) exists: Option<bool>,
}

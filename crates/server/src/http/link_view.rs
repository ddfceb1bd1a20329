//! An entry of the audit's chain, as clients and exports have it.

use formhand_store::{Bond, Content, Kept, Link, Salt};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An entry of the audit, with what proves it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AuditLink")]
pub(crate) struct LinkView {
    /// Its number.
    pub(crate) seq: u64,
    /// What it is hashed with, as hexadecimal digits; null once its job was removed.
    pub(crate) salt: Option<String>,
    /// What it says, field by field, as it is hashed; null once its job was removed.
    pub(crate) fields: Option<Vec<Option<String>>>,
    /// The hash of salt and fields; null if it was put into the audit past the chain.
    pub(crate) digest: Option<String>,
    /// The hash of its number, the link before it and its digest; null if it was put into the audit past the chain.
    pub(crate) link: Option<String>,
    /// Whether there is something that cannot be read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unreadable: bool,
}

impl From<&Link> for LinkView {
    fn from(link: &Link) -> Self {
        let whole = match &link.kept {
            Kept::Whole { salt, content } => Some((salt.to_string(), content.fields())),
            Kept::Removed | Kept::Unreadable => None,
        };
        let (salt, fields) = whole.unzip();
        Self {
            seq: link.seq,
            salt,
            fields,
            digest: link.bond.map(|bond| bond.digest.to_string()),
            link: link.bond.map(|bond| bond.link.to_string()),
            unreadable: link.kept == Kept::Unreadable,
        }
    }
}

impl From<LinkView> for Link {
    fn from(view: LinkView) -> Self {
        let digest = view.digest.and_then(|text| text.parse().ok());
        let link = view.link.and_then(|text| text.parse().ok());
        let bond = digest.zip(link);
        let kept = match (view.salt, view.fields) {
            (None, None) if !view.unreadable => Kept::Removed,
            (Some(salt), Some(fields)) => match salt.parse::<Salt>() {
                Ok(salt) => Kept::Whole {
                    salt,
                    content: Content::Exported(fields),
                },
                Err(_) => Kept::Unreadable,
            },
            _ => Kept::Unreadable,
        };
        Self {
            seq: view.seq,
            bond: bond.map(|(digest, link)| Bond { digest, link }),
            kept,
        }
    }
}

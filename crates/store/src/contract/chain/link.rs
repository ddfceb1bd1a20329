//! One entry of the chain.

use super::{Content, Digest, Head, Salt};

/// What begins the hash of a link.
const LINK: &[u8] = b"formhand-audit-link/1\n";

/// One entry of the chain, as a store holds it. Whether it holds together is the [`Verifier`](super::Verifier)'s to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its number.
    pub seq: u64,
    /// What binds it; nothing if something was put into the audit past the chain.
    pub bond: Option<Bond>,
    /// What it says.
    pub kept: Kept,
}

/// What binds an entry to all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bond {
    /// The hash of what it says.
    pub digest: Digest,
    /// The hash of its number, the link before it and its digest.
    pub link: Digest,
}

/// What is there of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// All of it.
    Whole {
        /// What it is hashed with.
        salt: Salt,
        /// What it says.
        content: Content,
    },
    /// Its job was removed, and with it what it says.
    Removed,
    /// Something that this Formhand cannot read.
    Unreadable,
}

impl Kept {
    /// All of it, if it could be read.
    pub(crate) fn read(salt: Option<Salt>, content: Option<Content>) -> Self {
        match (salt, content) {
            (Some(salt), Some(content)) => Self::Whole { salt, content },
            _ => Self::Unreadable,
        }
    }
}

impl Bond {
    /// The bond of an entry behind the link `before`.
    pub(crate) fn behind(before: &Digest, seq: u64, digest: Digest) -> Self {
        let link = Digest::of(&[LINK, &seq.to_be_bytes(), before.bytes(), digest.bytes()]);
        Self { digest, link }
    }

    /// How far the chain is with it.
    pub(crate) fn head(&self, seq: u64) -> Head {
        Head {
            seq,
            link: self.link,
        }
    }
}

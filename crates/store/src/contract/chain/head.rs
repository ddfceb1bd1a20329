//! How far a chain has come.

use std::{fmt, str::FromStr};

use thiserror::Error;

use super::Digest;

/// The last link of a chain: whoever keeps it elsewhere can tell later that nothing before it was changed or cut off. As
/// text: `NUMBER:HEX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry.
    pub seq: u64,
    /// Its link.
    pub link: Digest,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.link)
    }
}

/// A head that somebody has kept: with its number, or the link alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptHead {
    /// The number, if it was kept too.
    pub seq: Option<u64>,
    /// The link.
    pub link: Digest,
}

impl From<Head> for KeptHead {
    fn from(head: Head) -> Self {
        Self {
            seq: Some(head.seq),
            link: head.link,
        }
    }
}

impl fmt::Display for KeptHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "{seq}:{}", self.link),
            None => write!(f, "{}", self.link),
        }
    }
}

/// This is no head.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "expected a head as `formhand audit head` prints it: NUMBER:HEX, or its 64 hexadecimal digits alone"
)]
pub struct NoHead;

impl FromStr for KeptHead {
    type Err = NoHead;

    fn from_str(text: &str) -> Result<Self, NoHead> {
        let (seq, link) = match text.split_once(':') {
            Some((seq, link)) => (Some(seq.parse().map_err(|_| NoHead)?), link),
            None => (None, text),
        };
        let link = link.parse().map_err(|_| NoHead)?;
        Ok(Self { seq, link })
    }
}

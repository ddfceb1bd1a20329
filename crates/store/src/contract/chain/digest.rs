//! Hashes and salts, as bytes and as hexadecimal digits.

use std::{fmt, str::FromStr};

use formhand_domain::{hex, unhex};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// The SHA-256 of something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// What stands before the first link.
    pub const NOTHING: Self = Self([0; 32]);

    /// A hash that was stored.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The hash of these parts, one behind the other.
    pub(super) fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The first of its bytes as a number, to compare two by.
    pub(crate) fn beginning(&self) -> u64 {
        self.0[..8]
            .iter()
            .fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// This is no hash.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected 64 hexadecimal digits")]
pub struct NoDigest;

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        unhex(text)
            .and_then(|bytes| Self::read(&bytes))
            .ok_or(NoDigest)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What an entry is hashed with, so that nobody finds out by guessing what a removed one said. It goes with the entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 16]);

impl Salt {
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(rand::random())
    }

    /// The one that follows from a seed and a name; for entries that several may bond at once.
    pub(crate) fn derived(seed: &[u8], name: &str) -> Self {
        let hash = Digest::of(&[seed, name.as_bytes()]);
        let mut salt = [0; 16];
        salt.copy_from_slice(&hash.0[..16]);
        Self(salt)
    }

    /// A salt that was stored.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl FromStr for Salt {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let bytes = unhex(text).ok_or(NoDigest)?;
        Self::read(&bytes).ok_or(NoDigest)
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_is_written_and_nothing_else_is() {
        let digest = Digest::of(&[b"Asha", b" Example"]);
        assert_eq!(digest, Digest::of(&[b"Asha Example"]));
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_eq!(digest.to_string().to_uppercase().parse(), Ok(digest));
        for wrong in [
            "",
            "12",
            "g",
            "é",
            &digest.to_string()[1..],
            &format!("{digest}00"),
        ] {
            assert_eq!(wrong.parse::<Digest>(), Err(NoDigest), "{wrong}");
        }
    }
}

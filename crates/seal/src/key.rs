//! The key from outside.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use formhand_domain::{hex, unhex};
use thiserror::Error;

use crate::derive::derive;

/// A key of 32 bytes. All servers of one store have the same, and the store does not have it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey([u8; Self::BYTES]);

/// A text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "expected 32 random bytes in base64 or in hexadecimal digits, as `formhand key new` prints them"
)]
pub struct NotAKey;

/// Which key something is sealed with. It tells nothing of the key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub(crate) [u8; Self::BYTES]);

impl SealKey {
    /// Bytes of a key.
    pub const BYTES: usize = 32;

    /// A key of these bytes. They have to be random.
    pub fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads a key as a person writes it down.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        let bytes = if text.len() == 2 * Self::BYTES {
            unhex(text)
        } else {
            STANDARD.decode(text).ok()
        };
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(NotAKey)
    }

    /// The key as a person writes it down. Only for who makes a key.
    pub fn to_text(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Its id.
    pub fn id(&self) -> KeyId {
        let hash = derive(&self.0, &[b"formhand key id"]);
        KeyId(std::array::from_fn(|place| hash[place]))
    }

    /// The bytes, for a cipher.
    pub fn expose(&self) -> &[u8; Self::BYTES] {
        &self.0
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SealKey")
    }
}

impl KeyId {
    /// Bytes of an id: two keys of one installation do not share them by chance.
    pub(crate) const BYTES: usize = 8;
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "KeyId({self})")
    }
}

impl FromStr for KeyId {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let bytes = unhex(text).ok_or(NotAKey)?;
        bytes.try_into().map(Self).map_err(|_| NotAKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_32_bytes_in_either_spelling_and_says_so() {
        let key = SealKey::new([0xA7; 32]);
        assert_eq!(SealKey::parse(&key.to_text()), Ok(key.clone()));
        assert_eq!(SealKey::parse(&format!(" {}\n", "a7".repeat(32))), Ok(key));
        for wrong in [
            "",
            "secret",
            &STANDARD.encode([7; 31]),
            &STANDARD.encode([7; 33]),
            &"g7".repeat(32),
            &"a7".repeat(31),
        ] {
            assert_eq!(SealKey::parse(wrong), Err(NotAKey), "{wrong}");
        }
    }

    #[test]
    fn kf43_a_key_does_not_show_itself_and_its_id_is_that_of_no_other() {
        let key = SealKey::new([7; 32]);
        assert_eq!(format!("{key:?}"), "SealKey");
        let id = key.id();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 16);
        assert_ne!(id, SealKey::new([8; 32]).id());
    }
}

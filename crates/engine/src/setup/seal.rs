//! The key that sessions are sealed with before they are shared through the store.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use thiserror::Error;

/// A key of 32 bytes. All servers of one store have the same, and the store does not have it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey(pub(crate) [u8; Self::BYTES]);

/// A text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("expected 32 random bytes in base64, as `openssl rand -base64 32` prints them")]
pub struct NotAKey;

impl SealKey {
    const BYTES: usize = 32;

    /// A key of these bytes. They have to be random.
    pub fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads a key as a person writes it down.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| NotAKey)?;
        bytes.try_into().map(Self).map_err(|_| NotAKey)
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SealKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_32_bytes_and_says_so() {
        assert!(SealKey::parse(&STANDARD.encode([7; 32])).is_ok());
        assert!(SealKey::parse(&format!(" {}\n", STANDARD.encode([7; 32]))).is_ok());
        for wrong in [
            "",
            "secret",
            &STANDARD.encode([7; 31]),
            &STANDARD.encode([7; 33]),
        ] {
            assert_eq!(SealKey::parse(wrong), Err(NotAKey), "{wrong}");
        }
        assert_eq!(format!("{:?}", SealKey([7; 32])), "SealKey");
    }
}

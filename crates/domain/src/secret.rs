//! Values that must never be shown.

use std::fmt;

use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};

use crate::hex;

/// A secret text, such as a password. It has no `Display`, its `Debug` hides it, and it is never serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself. Call this where it is used, never where something is written.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A fingerprint that tells whether a secret is the same one as before, without holding it.
    ///
    /// `context` keeps equal secrets of different accounts apart.
    pub fn fingerprint(&self, context: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(context.as_bytes());
        hash.update([0]);
        hash.update(self.0.as_bytes());
        hex(&hash.finalize()[..8])
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kf43_a_secret_does_not_show_itself() {
        let secret = Secret::new("correct horse");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_ne!(secret.fingerprint("a"), secret.fingerprint("b"));
        assert_eq!(secret.fingerprint("a").len(), 16);
    }
}

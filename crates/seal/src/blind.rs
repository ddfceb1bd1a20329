//! Keyed hashes, for what must be found again and must not be read.

use formhand_domain::hex;

use crate::derive::derive;

/// A key that only hashes. Whoever does not have it cannot even try out a guess.
#[derive(Clone)]
pub struct BlindKey([u8; Self::BYTES]);

impl BlindKey {
    /// Bytes of a key.
    pub const BYTES: usize = 32;

    /// Half of the hash: of a billion texts no two meet by chance.
    const KEPT: usize = 16;

    /// A key of these bytes. They have to be random.
    pub fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be sealed.
    pub fn expose(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// The hash of a text of a field, in 32 hexadecimal digits. Equal texts of different fields have different hashes.
    pub fn hash(&self, field: &str, text: &str) -> String {
        let whole = derive(&self.0, &[field.as_bytes(), text.as_bytes()]);
        hex(&whole[..Self::KEPT])
    }
}

impl std::fmt::Debug for BlindKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("BlindKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_equal_within_a_field_and_a_key_alone() {
        let key = BlindKey::new([1; 32]);
        let hash = key.hash("caller_id", "lead-1");
        assert_eq!(hash.len(), 32);
        assert_eq!(hash, key.hash("caller_id", "lead-1"));
        assert_ne!(hash, key.hash("caller_id", "lead-2"));
        assert_ne!(hash, key.hash("business_key", "lead-1"));
        assert_ne!(hash, BlindKey::new([2; 32]).hash("caller_id", "lead-1"));
        // The end of one part is not the beginning of the next.
        assert_ne!(key.hash("ab", "c"), key.hash("a", "bc"));
    }
}

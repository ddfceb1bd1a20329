//! The key under which a document is taken once.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use formhand_domain::{IdempotencyKey, SourceName, ids::InvalidId};
use formhand_store::DocumentId;
use sha2::{Digest, Sha256};

/// The key of a document: the same for ever, and no other document's. A caller of the API would have to make one like it
/// on purpose.
pub(super) fn key_of(
    source: &SourceName,
    document: &DocumentId,
) -> Result<IdempotencyKey, InvalidId> {
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(document.bytes()));
    IdempotencyKey::new(format!("intake:{source}:{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(source: &str, document: &str) -> String {
        let source = SourceName::new(source).unwrap();
        key_of(&source, &DocumentId::parse(document))
            .unwrap()
            .to_string()
    }

    #[test]
    fn kf37_a_key_is_the_same_for_ever() {
        // What is stored under one of these is never taken again, so they must not change.
        insta::assert_snapshot!(key("customers", "65a1b2c3d4e5f60718293a4b"), @"intake:customers:8r-0YUIhR6O-kYRTCM6bcaR-VFlzkVSpeGPNyLVXYhI");
        insta::assert_snapshot!(key("customers", "17"), @"intake:customers:cVLAsxxRyywNubFQKNMgdphvgKO2zk2cLizHaBz3A5o");
        assert_ne!(key("customers", "17"), key("customers", "\"17\""));
        assert_ne!(key("customers", "17"), key("bikes", "17"));
        let longest = "a".repeat(64);
        assert!(key(&longest, "17").len() <= 128);
    }
}

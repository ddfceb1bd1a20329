//! Keys that are made of a key, each for one use, so that what one use shows says nothing of the others.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What this key becomes for this use, or the keyed hash of this text.
#[expect(
    clippy::expect_used,
    reason = "a key of any length will do, so this cannot fail"
)]
pub(crate) fn derive(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    for part in parts {
        // With their lengths, so that no two lists of parts are the same bytes.
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

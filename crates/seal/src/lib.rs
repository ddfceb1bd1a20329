//! Sealing what lies at rest: whoever has the disk and not the key can neither read it, nor change it, nor put it into another
//! place.
//!
//! It knows ciphers and keys, and nothing of what is sealed or where that is kept. Randomness is passed in.

mod blind;
mod derive;
mod key;
mod keyring;
mod sealed;

pub use blind::BlindKey;
pub use key::{KeyId, NotAKey, SealKey};
pub use keyring::Keyring;
pub use sealed::{NONCE, NotOpened, is_text, key_of, text_key};

//! The keys of an installation: one that seals, and older ones that only open.

use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305};

use crate::{KeyId, SealKey, derive::derive};

/// The keys of an installation.
#[derive(Clone)]
pub struct Keyring {
    pub(crate) current: Ready,
    older: Vec<Ready>,
}

/// A key, ready to be used.
#[derive(Clone)]
pub(crate) struct Ready {
    pub(crate) id: KeyId,
    pub(crate) cipher: XChaCha20Poly1305,
}

impl Keyring {
    /// Seals with `current`, and opens with any of them.
    pub fn new(current: &SealKey, older: &[SealKey]) -> Self {
        Self {
            current: Ready::of(current),
            older: older.iter().map(Ready::of).collect(),
        }
    }

    /// The id of the key that seals.
    pub fn current(&self) -> KeyId {
        self.current.id
    }

    /// Whether it opens what this key has sealed.
    pub fn has(&self, id: KeyId) -> bool {
        self.find(id).is_some()
    }

    pub(crate) fn find(&self, id: KeyId) -> Option<&Ready> {
        [&self.current]
            .into_iter()
            .chain(&self.older)
            .find(|ready| ready.id == id)
    }
}

impl Ready {
    fn of(key: &SealKey) -> Self {
        // The key itself seals the shared copies of sessions, so it is not used for anything else.
        let own = derive(key.expose(), &[b"formhand seal"]);
        Self {
            id: key.id(),
            cipher: XChaCha20Poly1305::new(&Key::from(own)),
        }
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Keyring({})", self.current())
    }
}

//! What a store says of its sealing.

use formhand_domain::hex;
use formhand_seal::{BlindKey, KeyId, Keyring};

use super::Seal;
use crate::{StoreError, json};

/// What a store says of its sealing. It holds no key that could be used without the one from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// A random name of the store.
    pub(crate) store: String,
    /// The key that everything is sealed with, or is to be.
    pub(crate) key: KeyId,
    /// The key of the hashes, sealed. It is made once and stays, so that hashes stay what they are when the other changes.
    pub(crate) blind: String,
    /// Whether all is sealed with this key. If not, somebody began to and did not finish.
    pub(crate) is_whole: bool,
}

impl Mark {
    /// The mark of a store that is sealed with the present key from now on.
    pub(crate) fn new(keys: &Keyring) -> Self {
        let store = hex(&rand::random::<[u8; 16]>());
        let blind: [u8; BlindKey::BYTES] = rand::random();
        let blind = keys.seal_text(rand::random(), &place(&store), &hex(&blind));
        Self {
            key: keys.current(),
            store,
            blind,
            is_whole: true,
        }
    }

    /// The same under the present key.
    pub(crate) fn renewed(&self, keys: &Keyring) -> Result<Self, StoreError> {
        let plain = keys
            .open_text(&place(&self.store), &self.blind)
            .map_err(|error| StoreError::Corrupt(format!("the mark of the seal: {error}")))?;
        Ok(Self {
            key: keys.current(),
            blind: keys.seal_text(rand::random(), &place(&self.store), &plain),
            ..self.clone()
        })
    }

    /// What seals and opens values of this store.
    pub(crate) fn open(&self, keys: &Keyring) -> Result<Seal, StoreError> {
        if !keys.has(self.key) {
            return Err(StoreError::OtherKey {
                needed: self.key.to_string(),
                found: keys.current().to_string(),
            });
        }
        let corrupt = |error: &dyn std::fmt::Display| {
            StoreError::Corrupt(format!("the mark of the seal: {error}"))
        };
        let blind = keys
            .open_text(&place(&self.store), &self.blind)
            .map_err(|error| corrupt(&error))?;
        // Its digits are those of a key as a person writes one down.
        let blind = formhand_seal::SealKey::parse(&blind).map_err(|error| corrupt(&error))?;
        let blind = BlindKey::new(*blind.expose());
        Ok(Seal::with(keys.clone(), blind, self.store.clone()))
    }
}

/// How a store that says this is opened with these keys.
pub(crate) fn settled(mark: Option<&Mark>, keys: Option<&Keyring>) -> Result<Seal, StoreError> {
    match (mark, keys) {
        (None, None) => Ok(Seal::plain()),
        (None, Some(_)) => Err(StoreError::NotSealed),
        (Some(mark), None) => Err(StoreError::NoKey {
            needed: mark.key.to_string(),
        }),
        (Some(mark), Some(keys)) => {
            let seal = mark.open(keys)?;
            if !mark.is_whole {
                return Err(StoreError::HalfSealed);
            }
            if mark.key != keys.current() {
                return Err(StoreError::OldKey {
                    needed: mark.key.to_string(),
                    found: keys.current().to_string(),
                });
            }
            Ok(seal)
        }
    }
}

/// Reads the id of a key that was written here.
pub(crate) fn key_id(text: &str) -> Result<KeyId, StoreError> {
    json::parse(text.parse())
}

fn place(store: &str) -> String {
    format!("formhand store {store}/seal/blind")
}

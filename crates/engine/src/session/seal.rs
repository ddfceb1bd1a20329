//! Sealing what clones are made of, so that it can be shared through the store: it is a login.

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use formhand_browser::StorageState;
use formhand_domain::{AccountKey, Generation};
use formhand_store::SealedCopy;

use crate::setup::SealKey;

/// The first byte: how the rest is to be read.
const FORMAT: u8 = 1;

/// Random numbers of this length do not meet by chance.
const NONCE: usize = 24;

/// A sealed copy was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotOpened {
    /// It was sealed with another key, is of another account or generation, or was changed.
    #[error("it was sealed with another key, or changed")]
    Foreign,
    /// A newer Formhand sealed it.
    #[error("a newer Formhand sealed it")]
    Newer,
    /// What was in it cannot be read.
    #[error("what was sealed cannot be read")]
    Unreadable,
}

/// Seals a copy for one account and generation.
pub(super) fn seal(
    key: &SealKey,
    nonce: [u8; NONCE],
    account: &AccountKey,
    generation: Generation,
    storage: &StorageState,
) -> Option<SealedCopy> {
    let plain = serde_json::to_vec(storage).ok()?;
    let payload = Payload {
        msg: &plain,
        aad: &bound_to(account, generation),
    };
    let sealed = cipher(key).encrypt(&XNonce::from(nonce), payload).ok()?;
    let bytes = [&[FORMAT][..], &nonce, &sealed].concat();
    Some(SealedCopy {
        generation,
        sealed: bytes,
    })
}

/// Opens what was sealed for this account.
pub(super) fn open(
    key: &SealKey,
    account: &AccountKey,
    copy: &SealedCopy,
) -> Result<StorageState, NotOpened> {
    let Some((&format, rest)) = copy.sealed.split_first() else {
        return Err(NotOpened::Foreign);
    };
    if format != FORMAT {
        return Err(NotOpened::Newer);
    }
    let (nonce, sealed) = rest
        .split_first_chunk::<NONCE>()
        .ok_or(NotOpened::Foreign)?;
    let payload = Payload {
        msg: sealed,
        aad: &bound_to(account, copy.generation),
    };
    let plain = cipher(key)
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| NotOpened::Foreign)?;
    serde_json::from_slice(&plain).map_err(|_| NotOpened::Unreadable)
}

fn cipher(key: &SealKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key.expose()))
}

/// What is sealed for one account and login opens for no other.
fn bound_to(account: &AccountKey, generation: Generation) -> Vec<u8> {
    format!("formhand session\n{account}\n{}", generation.0).into_bytes()
}

#[cfg(test)]
mod tests {
    use formhand_domain::{AccountName, PortalName};

    use super::*;

    fn account(name: &str) -> AccountKey {
        AccountKey {
            portal: PortalName::new("practice").unwrap(),
            account: AccountName::new(name).unwrap(),
        }
    }

    fn storage() -> StorageState {
        let cookie = serde_json::json!({
            "name": "session", "value": "planted-value", "domain": "portal.example", "path": "/",
        });
        StorageState {
            cookies: vec![serde_json::from_value(cookie).unwrap()],
            origins: Vec::new(),
        }
    }

    fn sealed() -> SealedCopy {
        let key = SealKey::new([1; 32]);
        seal(
            &key,
            [2; NONCE],
            &account("broker"),
            Generation(3),
            &storage(),
        )
        .unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened_as_it_was_and_shows_nothing_before() {
        let sealed = sealed();
        let shown = String::from_utf8_lossy(&sealed.sealed);
        assert!(!shown.contains("planted-value"));
        let opened = open(&SealKey::new([1; 32]), &account("broker"), &sealed);
        assert_eq!(opened, Ok(storage()));
    }

    #[test]
    fn it_opens_for_no_other_key_account_or_generation_and_not_once_changed() {
        let (key, broker) = (SealKey::new([1; 32]), account("broker"));
        let refused = |key: &SealKey, account: &AccountKey, copy: &SealedCopy| {
            open(key, account, copy).unwrap_err()
        };
        assert_eq!(
            refused(&SealKey::new([9; 32]), &broker, &sealed()),
            NotOpened::Foreign
        );
        assert_eq!(
            refused(&key, &account("other"), &sealed()),
            NotOpened::Foreign
        );
        let later = SealedCopy {
            generation: Generation(4),
            ..sealed()
        };
        assert_eq!(refused(&key, &broker, &later), NotOpened::Foreign);
        for place in 0..sealed().sealed.len() {
            let mut changed = sealed();
            changed.sealed[place] ^= 1;
            assert!(open(&key, &broker, &changed).is_err(), "byte {place}");
            changed.sealed.truncate(place);
            assert!(open(&key, &broker, &changed).is_err(), "cut at {place}");
        }
    }
}

//! A sealed value: a byte that names the format, the id of its key, a nonce, and what the cipher makes of it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XNonce,
    aead::{Aead as _, Payload},
};
use thiserror::Error;

use crate::{KeyId, Keyring};

/// How the rest is to be read.
const FORMAT: u8 = 1;

/// Bytes of a nonce. Random ones of this length do not meet by chance.
pub const NONCE: usize = 24;

/// What a sealed text begins with.
const PREFIX: &str = "sealed:";

/// A sealed value was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotOpened {
    /// None of the keys has sealed it.
    #[error("it is sealed with the key {0}, which is not here")]
    NoKey(KeyId),
    /// It was changed, or belongs to another place.
    #[error("it was changed, or is not of this place")]
    Changed,
    /// It is not sealed.
    #[error("it is not sealed")]
    NotSealed,
    /// A newer Formhand sealed it.
    #[error("a newer Formhand sealed it")]
    Newer,
}

impl Keyring {
    /// Seals a value for a place. The nonce has to be random.
    #[expect(
        clippy::expect_used,
        reason = "the cipher refuses only what is larger than 256 GB"
    )]
    pub fn seal(&self, nonce: [u8; NONCE], place: &str, plain: &[u8]) -> Vec<u8> {
        let payload = Payload {
            msg: plain,
            aad: place.as_bytes(),
        };
        let sealed = self
            .current
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a value that fits into memory");
        [&[FORMAT][..], &self.current.id.0, &nonce, &sealed].concat()
    }

    /// Opens what was sealed for a place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
        let (id, rest) = parts(sealed)?;
        let key = self.find(id).ok_or(NotOpened::NoKey(id))?;
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE>()
            .ok_or(NotOpened::NotSealed)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        key.cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| NotOpened::Changed)
    }

    /// Seals a text for a place, as a text.
    pub fn seal_text(&self, nonce: [u8; NONCE], place: &str, plain: &str) -> String {
        let sealed = self.seal(nonce, place, plain.as_bytes());
        format!("{PREFIX}{}", STANDARD.encode(sealed))
    }

    /// Opens a text.
    pub fn open_text(&self, place: &str, sealed: &str) -> Result<String, NotOpened> {
        let plain = self.open(place, &bytes(sealed)?)?;
        String::from_utf8(plain).map_err(|_| NotOpened::Changed)
    }
}

/// Which key a value is sealed with.
pub fn key_of(sealed: &[u8]) -> Result<KeyId, NotOpened> {
    parts(sealed).map(|(id, _)| id)
}

/// Which key a text is sealed with.
pub fn text_key(sealed: &str) -> Result<KeyId, NotOpened> {
    key_of(&bytes(sealed)?)
}

/// Whether a text says that it is sealed.
pub fn is_text(text: &str) -> bool {
    text.starts_with(PREFIX)
}

fn bytes(text: &str) -> Result<Vec<u8>, NotOpened> {
    let text = text.strip_prefix(PREFIX).ok_or(NotOpened::NotSealed)?;
    STANDARD.decode(text).map_err(|_| NotOpened::Changed)
}

fn parts(sealed: &[u8]) -> Result<(KeyId, &[u8]), NotOpened> {
    let (&format, rest) = sealed.split_first().ok_or(NotOpened::NotSealed)?;
    if format > FORMAT {
        return Err(NotOpened::Newer);
    }
    if format != FORMAT {
        return Err(NotOpened::NotSealed);
    }
    let (id, rest) = rest
        .split_first_chunk::<{ KeyId::BYTES }>()
        .ok_or(NotOpened::NotSealed)?;
    Ok((KeyId(*id), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SealKey;

    fn ring(byte: u8) -> Keyring {
        Keyring::new(&SealKey::new([byte; 32]), &[])
    }

    #[test]
    fn what_was_sealed_is_opened_as_it_was_and_shows_nothing_before() {
        let sealed = ring(1).seal([2; NONCE], "jobs/7", b"planted-value");
        assert!(!String::from_utf8_lossy(&sealed).contains("planted"));
        let opened = ring(1).open("jobs/7", &sealed);
        assert_eq!(opened.as_deref(), Ok(&b"planted-value"[..]));
        let text = ring(1).seal_text([2; NONCE], "jobs/7", "planted-value");
        assert!(is_text(&text) && !text.contains("planted"));
        let opened = ring(1).open_text("jobs/7", &text);
        assert_eq!(opened.as_deref(), Ok("planted-value"));
    }

    #[test]
    fn it_opens_in_no_other_place_with_no_other_key_and_not_once_changed() {
        let sealed = ring(1).seal([2; NONCE], "jobs/7", b"planted-value");
        assert_eq!(ring(1).open("jobs/8", &sealed), Err(NotOpened::Changed));
        let needed = NotOpened::NoKey(ring(1).current());
        assert_eq!(ring(9).open("jobs/7", &sealed), Err(needed));
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(ring(1).open("jobs/7", &changed).is_err(), "byte {place}");
            changed.truncate(place);
            assert!(ring(1).open("jobs/7", &changed).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn older_keys_open_and_only_the_current_one_seals() {
        let (old, new) = (SealKey::new([1; 32]), SealKey::new([2; 32]));
        let both = Keyring::new(&new, std::slice::from_ref(&old));
        let sealed = ring(1).seal([3; NONCE], "here", b"value");
        assert_eq!(both.open("here", &sealed).as_deref(), Ok(&b"value"[..]));
        assert_eq!(key_of(&sealed), Ok(old.id()));
        assert_eq!(
            key_of(&both.seal([3; NONCE], "here", b"value")),
            Ok(new.id())
        );
    }

    #[test]
    fn what_is_not_sealed_is_not_taken_for_it() {
        assert_eq!(ring(1).open("here", b""), Err(NotOpened::NotSealed));
        assert_eq!(ring(1).open("here", &[2; 80]), Err(NotOpened::Newer));
        assert_eq!(ring(1).open_text("here", "{}"), Err(NotOpened::NotSealed));
    }
}

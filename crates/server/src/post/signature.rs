//! Signatures after the Standard Webhooks specification, version 1 (symmetric).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use formhand_domain::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use thiserror::Error;

/// A header, by its name.
pub(crate) type Header = (&'static str, String);

/// What a webhook is signed with.
#[derive(Clone)]
pub struct SigningKey(Hmac<Sha256>);

/// A secret is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "expected whsec_ and 24 to 64 random bytes in base64, as `echo whsec_$(openssl rand -base64 32)` makes them"
)]
pub struct WrongKey;

impl SigningKey {
    /// Reads a key: `whsec_…`.
    pub fn parse(secret: &Secret) -> Result<Self, WrongKey> {
        let text = secret.expose().strip_prefix("whsec_").ok_or(WrongKey)?;
        let bytes = STANDARD.decode(text).map_err(|_| WrongKey)?;
        if !(24..=64).contains(&bytes.len()) {
            return Err(WrongKey);
        }
        Hmac::new_from_slice(&bytes).map(Self).map_err(|_| WrongKey)
    }

    fn signature(&self, signed: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(signed.as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// The headers of a message that is sent now, with a signature by each key: while a secret is changed, a receiver knows
/// one of them.
pub(crate) fn headers(keys: &[SigningKey], id: &str, now: Timestamp, body: &str) -> [Header; 3] {
    let seconds = now.as_second();
    let signed = format!("{id}.{seconds}.{body}");
    let signatures: Vec<String> = keys.iter().map(|key| key.signature(&signed)).collect();
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_signed_as_it_says() {
        let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let now = Timestamp::from_second(1_614_265_330).unwrap();
        let key = SigningKey::parse(&secret).unwrap();
        let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", r#"{"test": 2432232314}"#);
        let headers = headers(std::slice::from_ref(&key), id, now, body);
        assert_eq!(headers[1].1, "1614265330");
        assert_eq!(
            headers[2].1,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn while_a_secret_is_changed_both_sign() {
        let key = |text: &str| SigningKey::parse(&Secret::new(text)).unwrap();
        let keys = [
            key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            key("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"),
        ];
        let signature =
            |keys: &[SigningKey]| headers(keys, "m", Timestamp::UNIX_EPOCH, "{}")[2].1.clone();
        let both = format!("{} {}", signature(&keys[..1]), signature(&keys[1..]));
        assert_eq!(signature(&keys), both);
        assert_ne!(signature(&keys[..1]), signature(&keys[1..]));
    }

    #[test]
    fn what_is_no_key_is_refused_and_not_repeated() {
        for wrong in [
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_c2hvcnQ=",
            "whsec_***",
        ] {
            let error = SigningKey::parse(&Secret::new(wrong)).unwrap_err();
            assert!(!error.to_string().contains("MfKQ"));
        }
    }
}

//! Signatures after the Standard Webhooks specification, version 1 (symmetric).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use formhand_domain::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use thiserror::Error;

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

    /// The headers of a message that is sent now.
    pub(super) fn headers(
        &self,
        id: &str,
        now: Timestamp,
        body: &str,
    ) -> [(&'static str, String); 3] {
        let seconds = now.as_second();
        let mut mac = self.0.clone();
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        [
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", format!("v1,{signature}")),
        ]
    }
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
        let headers = key.headers(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            now,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(headers[1].1, "1614265330");
        assert_eq!(
            headers[2].1,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
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

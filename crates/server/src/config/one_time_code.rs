//! `one_time_code` of an account: where the codes come from that its portal may ask for.

use std::{fmt, path::Path};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};

use super::secret::SecretSource;

/// Where the one-time codes of an account come from.
#[derive(Debug, Clone, Default)]
pub enum OneTimeCodeConfig {
    /// Nowhere.
    #[default]
    None,
    /// From a secret, which is here.
    Totp(SecretSource),
    /// From a person.
    Human,
}

impl OneTimeCodeConfig {
    /// The same, with files in this folder.
    pub(super) fn under(self, folder: &Path) -> Self {
        match self {
            Self::Totp(secret) => Self::Totp(secret.under(folder)),
            other => other,
        }
    }

    /// Where the secret is.
    pub(super) fn secret(&self) -> Option<&SecretSource> {
        match self {
            Self::Totp(secret) => Some(secret),
            Self::None | Self::Human => None,
        }
    }
}

impl<'de> Deserialize<'de> for OneTimeCodeConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneTimeCodeVisitor)
    }
}

struct OneTimeCodeVisitor;

const KEYS: [&str; 2] = ["totp_env", "totp_file"];

impl<'de> Visitor<'de> for OneTimeCodeVisitor {
    type Value = OneTimeCodeConfig;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#""human", { totp_env = "VARIABLE" } or { totp_file = "PATH" }"#)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<OneTimeCodeConfig, E> {
        match text {
            "human" => Ok(OneTimeCodeConfig::Human),
            // Whatever it is, it may be the secret itself, and is not repeated.
            _ => Err(E::custom(format_args!(
                "expected {}",
                &self as &dyn de::Expected
            ))),
        }
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<OneTimeCodeConfig, M::Error> {
        let secret = match map.next_key::<String>()?.as_deref() {
            Some("totp_env") => SecretSource::Variable(map.next_value()?),
            Some("totp_file") => SecretSource::File(map.next_value()?),
            Some(other) => return Err(de::Error::unknown_field(other, &KEYS)),
            None => return Err(de::Error::invalid_value(de::Unexpected::Map, &self)),
        };
        match map.next_key::<String>()? {
            None => Ok(OneTimeCodeConfig::Totp(secret)),
            Some(_) => Err(de::Error::custom("expected totp_env or totp_file alone")),
        }
    }
}

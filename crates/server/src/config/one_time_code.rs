//! `one_time_code` of an account: where the codes come from that its portal may ask for.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};

use super::here::Here;
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
    pub(super) fn under(self, folder: &Here) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<OneTimeCodeConfig, String> {
        let table: std::collections::BTreeMap<String, OneTimeCodeConfig> =
            toml::from_str(&format!("one_time_code = {text}"))
                .map_err(|error| error.message().to_owned())?;
        Ok(table["one_time_code"].clone())
    }

    #[test]
    fn codes_come_from_a_person_or_from_a_secret_that_is_elsewhere() {
        assert!(matches!(read(r#""human""#), Ok(OneTimeCodeConfig::Human)));
        let variable = read(r#"{ totp_env = "CODES" }"#).unwrap();
        assert_eq!(
            variable.secret(),
            Some(&SecretSource::Variable("CODES".into()))
        );
        let file = read(r#"{ totp_file = "s/codes" }"#).unwrap();
        let file = file.under(&Here::from("conf"));
        assert_eq!(
            file.secret(),
            Some(&SecretSource::File("conf/s/codes".into()))
        );
    }

    #[test]
    fn kf43_a_secret_in_the_file_is_refused_and_not_repeated() {
        let wrong = [
            r#""GEZDGNBV""#,
            r#"{ totp = "GEZDGNBV" }"#,
            r#"{ totp_env = "A", totp_file = "b" }"#,
            "{}",
        ];
        let told: Vec<_> = wrong.iter().map(|text| read(text).unwrap_err()).collect();
        let told = told.join("\n");
        assert!(!told.contains("GEZD"), "{told}");
        insta::assert_snapshot!(told, @r#"
        expected "human", { totp_env = "VARIABLE" } or { totp_file = "PATH" }
        unknown field `totp`, expected `totp_env` or `totp_file`
        expected totp_env or totp_file alone
        invalid value: map, expected "human", { totp_env = "VARIABLE" } or { totp_file = "PATH" }
        "#);
    }
}

//! `solver` of an account: who reads its captchas.

use std::fmt;

use formhand_engine::SolverSetup;
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};
use url::Url;

use super::here::Here;
use super::{
    secret::{SecretError, SecretSource},
    text::Text,
};

/// Who reads the captchas of an account.
#[derive(Debug, Clone, Default)]
pub enum SolverConfig {
    /// The tesseract program.
    #[default]
    Ocr,
    /// A program.
    Command(Vec<String>),
    /// A service.
    Http {
        /// Its address.
        url: Url,
        /// Where its token is.
        token: Option<SecretSource>,
    },
    /// A person.
    Human,
}

impl SolverConfig {
    /// The same, with files in this folder.
    pub(super) fn under(self, folder: &Here) -> Self {
        match self {
            Self::Http { url, token } => Self::Http {
                url,
                token: token.map(|token| token.under(folder)),
            },
            other => other,
        }
    }

    /// Where the service's token is.
    pub(super) fn token(&self) -> Option<&SecretSource> {
        match self {
            Self::Http { token, .. } => token.as_ref(),
            Self::Ocr | Self::Command(_) | Self::Human => None,
        }
    }

    /// The solver with its token.
    pub(super) fn setup(&self) -> Result<SolverSetup, SecretError> {
        Ok(match self {
            Self::Ocr => SolverSetup::Ocr,
            Self::Human => SolverSetup::Human,
            Self::Command(words) => {
                let (program, arguments) = words
                    .split_first()
                    .map_or(("", &[][..]), |(program, arguments)| {
                        (program.as_str(), arguments)
                    });
                SolverSetup::Command {
                    program: program.into(),
                    arguments: arguments.to_vec(),
                }
            }
            Self::Http { url, token } => SolverSetup::Http {
                url: url.clone(),
                token: token.as_ref().map(SecretSource::read).transpose()?,
            },
        })
    }
}

impl<'de> Deserialize<'de> for SolverConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SolverVisitor)
    }
}

struct SolverVisitor;

const KEYS: [&str; 4] = ["command", "http", "token_env", "token_file"];

impl<'de> Visitor<'de> for SolverVisitor {
    type Value = SolverConfig;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            r#""ocr", "human", { command = ["program", "argument"] } or { http = "http://127.0.0.1:8090/solve", token_env = "VARIABLE" }"#,
        )
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<SolverConfig, E> {
        match text {
            "ocr" => Ok(SolverConfig::Ocr),
            "human" => Ok(SolverConfig::Human),
            other => Err(E::invalid_value(de::Unexpected::Str(other), &self)),
        }
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<SolverConfig, M::Error> {
        let (mut command, mut http, mut token) = (None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "command" => command = Some(map.next_value::<Vec<String>>()?),
                "http" => http = Some(map.next_value::<Text<Url>>()?.0),
                "token_env" | "token_file" if token.is_some() => {
                    return Err(de::Error::custom(
                        "expected token_env or token_file, not both",
                    ));
                }
                "token_env" => token = Some(SecretSource::Variable(map.next_value()?)),
                "token_file" => token = Some(SecretSource::File(map.next_value()?)),
                other => return Err(de::Error::unknown_field(other, &KEYS)),
            }
        }
        match (command, http, token) {
            (Some(words), None, None) if words.is_empty() => {
                Err(de::Error::invalid_length(0, &"a program and its arguments"))
            }
            (Some(words), None, None) => Ok(SolverConfig::Command(words)),
            (None, Some(url), token) => {
                speaks_http(&url).map_err(de::Error::custom)?;
                Ok(SolverConfig::Http { url, token })
            }
            _ => Err(de::Error::invalid_value(de::Unexpected::Map, &self)),
        }
    }
}

fn speaks_http(url: &Url) -> Result<(), String> {
    if url.scheme() == "http" {
        return Ok(());
    }
    // The address may hold a key: only its scheme is repeated.
    Err(format!(
        "a captcha service is reached by http, and {} is not spoken here: put a proxy before a service that wants TLS, \
         such as \"http://127.0.0.1:8090/solve\"",
        url.scheme()
    ))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(text: &str) -> Result<SolverConfig, String> {
        let table: std::collections::BTreeMap<String, SolverConfig> =
            toml::from_str(&format!("solver = {text}"))
                .map_err(|error| error.message().to_owned())?;
        Ok(table["solver"].clone())
    }

    #[test]
    fn a_solver_is_a_word_or_says_where_it_is() {
        assert!(matches!(read(r#""human""#), Ok(SolverConfig::Human)));
        let command = read(r#"{ command = ["./solve", "-v"] }"#).unwrap().setup();
        assert!(
            matches!(command, Ok(SolverSetup::Command { program, arguments }) if program.ends_with("solve") && arguments == ["-v"])
        );
        let http = read(r#"{ http = "http://127.0.0.1:8090/solve", token_file = "t" }"#).unwrap();
        assert!(
            matches!(http.under(&Here::from("conf")), SolverConfig::Http { url, token: Some(SecretSource::File(file)) } if url.port() == Some(8090) && file == Path::new("conf/t"))
        );
    }

    #[test]
    fn a_solver_that_cannot_be_is_refused_with_an_example() {
        let wrong = [
            "{ command = [] }",
            r#"{ token_env = "T" }"#,
            r#"{ http = "http://127.0.0.1:1", token_env = "T", token_file = "t" }"#,
            r#"{ http = "nowhere" }"#,
            r#"{ http = "https://captcha.example/?key=k" }"#,
            r#"{ http = "http://127.0.0.1:1", token = "T" }"#,
        ];
        let told: Vec<_> = wrong.iter().map(|text| read(text).unwrap_err()).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        invalid length 0, expected a program and its arguments
        invalid value: map, expected "ocr", "human", { command = ["program", "argument"] } or { http = "http://127.0.0.1:8090/solve", token_env = "VARIABLE" }
        expected token_env or token_file, not both
        "nowhere" is not valid: expected an absolute address such as "http://127.0.0.1:4600"
        a captcha service is reached by http, and https is not spoken here: put a proxy before a service that wants TLS, such as "http://127.0.0.1:8090/solve"
        unknown field `token`, expected one of `command`, `http`, `token_env`, `token_file`
        "#);
    }
}

//! `[[alerts.mail]]`.

use std::{net::IpAddr, path::PathBuf};

use lettre::message::Mailbox;
use serde::Deserialize;

use super::channels::{AlertChannelConfig, Kind, named};
use crate::config::here::Here;
use crate::{
    alerts::{MailSecurity, MailSetup},
    config::{
        mongo_url::secret_source,
        secret::SecretSource,
        text::{Count, Example, Text},
    },
};

/// A mail channel as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailSection {
    name: String,
    host: String,
    port: Option<Count<65_535>>,
    #[serde(default)]
    security: Security,
    user: Option<String>,
    password_env: Option<String>,
    password_file: Option<PathBuf>,
    from: Text<Mailbox>,
    to: Vec<Text<Mailbox>>,
}

/// How the way there is kept secret, as written.
#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Security {
    #[default]
    StartTls,
    Tls,
    None,
}

impl Example for Mailbox {
    const EXPECTED: &'static str =
        "a mail address such as \"ops@example.com\" or \"Ops <ops@example.com>\"";
}

/// Where mail goes, its secrets elsewhere.
#[derive(Debug, Clone)]
pub(super) struct MailConfig {
    setup: MailSetup,
    login: Option<(String, SecretSource)>,
}

impl MailConfig {
    pub(super) fn setup(&self) -> Result<MailSetup, crate::config::SecretError> {
        let login = self.login.as_ref().map(|(user, source)| {
            let password = source.read()?;
            Ok((user.clone(), password))
        });
        Ok(MailSetup {
            login: login.transpose()?,
            ..self.setup.clone()
        })
    }

    pub(super) fn secret(&self) -> Option<&SecretSource> {
        self.login.as_ref().map(|(_, source)| source)
    }

    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.setup.host, self.setup.port)
    }
}

impl MailSection {
    pub(super) fn resolve(self, folder: &Here) -> Result<AlertChannelConfig, String> {
        let name = named(self.name)?;
        let what = format!("alert channel {name}");
        let (variable, file) = (self.password_env, self.password_file);
        let password = secret_source(&what, "password", variable, file, folder)?;
        let login = match (self.user, password) {
            (None, None) => None,
            (Some(user), Some(password)) => Some((user, password)),
            (Some(_), None) => {
                return Err(format!(
                    "{what} has a user and no password: expected password_env or password_file"
                ));
            }
            (None, Some(_)) => {
                return Err(format!("{what} has a password and no user: expected user"));
            }
        };
        if self.to.is_empty() {
            return Err(format!(
                "{what} goes to nobody: expected to = [\"ops@example.com\"]"
            ));
        }
        let (security, port) = match self.security {
            Security::StartTls => (MailSecurity::StartTls, 587),
            Security::Tls => (MailSecurity::Tls, 465),
            Security::None if is_loopback(&self.host) => (MailSecurity::None, 25),
            Security::None => {
                return Err(format!(
                    "{what} would send in the clear to another machine: expected security = \"starttls\" or \"tls\""
                ));
            }
        };
        let written = self.port.and_then(|Count(port)| u16::try_from(port).ok());
        let setup = MailSetup {
            host: self.host,
            port: written.unwrap_or(port),
            security,
            login: None,
            from: self.from.0,
            to: self.to.into_iter().map(|Text(to)| to).collect(),
        };
        Ok(AlertChannelConfig {
            name,
            kind: Kind::Mail(MailConfig { setup, login }),
        })
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

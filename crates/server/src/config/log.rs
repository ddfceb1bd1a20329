//! `[log]`.

use serde::{Deserialize, Deserializer, de};
use tracing_subscriber::EnvFilter;

/// Logging as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LogSection {
    format: Option<LogFormat>,
    filter: Option<Filter>,
}

/// Logging.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogConfig {
    /// For people or for programs.
    pub format: LogFormat,
    /// What is logged.
    pub filter: String,
}

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Readable,
    /// For programs.
    Json,
}

/// A filter that was found to be valid.
struct Filter(String);

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match EnvFilter::try_new(&text) {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err(de::Error::custom(format!(
                "{text:?} is not valid: expected a level or targets with levels, such as \
                 \"info\" or \"warn,formhand_engine=debug\""
            ))),
        }
    }
}

impl LogSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: LogConfig) -> LogConfig {
        LogConfig {
            format: self.format.unwrap_or(before.format),
            filter: self.filter.map_or(before.filter, |Filter(text)| text),
        }
    }
}

//! `[telemetry]`.

use std::str::FromStr;

use serde::Deserialize;
use url::Url;

use super::text::{Example, Text};

/// Where traces go, as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TelemetrySection {
    otlp: Option<Text<Collector>>,
}

/// Where traces go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TelemetryConfig {
    /// A collector that takes OTLP over HTTP; without one nothing is traced.
    pub otlp: Option<Url>,
}

/// An address of plain HTTP without a login: TLS is not spoken here, and the file is shown around.
struct Collector(Url);

impl FromStr for Collector {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let url: Url = text.parse().map_err(|_| ())?;
        let is_plain = url.scheme() == "http" && url.query().is_none() && url.fragment().is_none();
        let has_login = !url.username().is_empty() || url.password().is_some();
        (is_plain && !has_login).then_some(Self(url)).ok_or(())
    }
}

impl Example for Collector {
    const EXPECTED: &'static str =
        "the http address of a collector, without a login, such as \"http://127.0.0.1:4318\"";
}

impl TelemetrySection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: TelemetryConfig) -> TelemetryConfig {
        TelemetryConfig {
            otlp: self.otlp.map(|Text(Collector(url))| url).or(before.otlp),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{super::Config, *};

    fn read(text: &str) -> Result<TelemetryConfig, String> {
        let defaults = Config::defaults().unwrap();
        let config = defaults.with(Path::new("formhand.toml"), text);
        config
            .map(|config| config.telemetry)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_is_traced_unless_it_is_said_where_to() {
        assert_eq!(read("").unwrap().otlp, None);
        let said = read("[telemetry]\notlp = \"http://127.0.0.1:4318\"\n").unwrap();
        assert_eq!(said.otlp.unwrap().as_str(), "http://127.0.0.1:4318/");
    }

    #[test]
    fn an_address_that_is_not_spoken_to_is_refused_with_an_example() {
        for wrong in [
            "https://collector.example",
            "http://user@collector.example",
            "collector:4318",
        ] {
            let said = read(&format!("[telemetry]\notlp = \"{wrong}\"\n")).unwrap_err();
            assert!(said.contains("such as \"http://127.0.0.1:4318\""), "{said}");
        }
    }
}

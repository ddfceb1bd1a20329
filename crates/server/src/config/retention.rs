//! `[retention]`.

use std::str::FromStr;

use formhand_engine::Retention;
use jiff::SignedDuration;
use serde::Deserialize;

use super::text::{Example, Span, Text};

/// How long things are kept, as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RetentionSection {
    evidence: Option<Text<KeptFor>>,
    records: Option<Text<KeptFor>>,
    unfiled: Option<Text<KeptFor>>,
}

/// A length of time, or nothing for ever.
struct KeptFor(Option<SignedDuration>);

impl FromStr for KeptFor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "forever" => Ok(Self(None)),
            text => text.parse().map(|Span(span)| Self(Some(span))),
        }
    }
}

impl Example for KeptFor {
    const EXPECTED: &'static str =
        "a length of time above zero such as \"90d\" or \"12h\", or \"forever\"";
}

impl RetentionSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: Retention) -> Retention {
        let kept = |written: Option<Text<KeptFor>>, before| {
            written.map_or(before, |Text(KeptFor(span))| span)
        };
        Retention {
            evidence: kept(self.evidence, before.evidence),
            records: kept(self.records, before.records),
            unfiled: kept(self.unfiled, before.unfiled),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{super::Config, *};

    fn read(text: &str) -> Result<Retention, String> {
        let defaults = Config::defaults().unwrap();
        let config = defaults.with(Path::new("formhand.toml"), text);
        config
            .map(|config| config.retention)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_not_said_is_as_the_engine_has_it() {
        assert_eq!(read("").unwrap(), Retention::default());
        let one = read("[retention]\nunfiled = \"30d\"\n").unwrap();
        let unfiled = Some(SignedDuration::from_hours(30 * 24));
        assert_eq!(
            one,
            Retention {
                unfiled,
                ..Retention::default()
            }
        );
    }

    #[test]
    fn all_can_be_kept_for_ever() {
        let all = read("[retention]\nevidence = \"forever\"\n").unwrap();
        assert_eq!(all.evidence, None);
    }

    #[test]
    fn a_length_that_is_none_is_refused_with_an_example() {
        insta::assert_snapshot!(read("[retention]\nrecords = \"0d\"\n").unwrap_err(), @r#"
        formhand.toml:2:11: "0d" is not valid: expected a length of time above zero such as "90d" or "12h", or "forever"
          |
        2 | records = "0d"
          |           ^^^^
        "#);
        insta::assert_snapshot!(read("[retention]\nrecord = \"1d\"\n").unwrap_err(), @r#"
        formhand.toml:2:1: unknown field `record`, expected one of `evidence`, `records`, `unfiled`
          |
        2 | record = "1d"
          | ^^^^^^
        "#);
    }
}

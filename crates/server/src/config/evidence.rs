//! `[evidence]`.

use formhand_engine::{Keeping, OnSuccess};
use serde::Deserialize;

/// What is kept of attempts, as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EvidenceSection {
    on_success: Option<OnSuccessText>,
    network_log: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum OnSuccessText {
    Nothing,
    Picture,
    All,
}

impl EvidenceSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: Keeping) -> Keeping {
        let on_success = match self.on_success {
            None => before.on_success,
            Some(OnSuccessText::Nothing) => OnSuccess::Nothing,
            Some(OnSuccessText::Picture) => OnSuccess::Picture,
            Some(OnSuccessText::All) => OnSuccess::All,
        };
        Keeping {
            on_success,
            network_log: self.network_log.unwrap_or(before.network_log),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{super::Config, *};

    fn read(text: &str) -> Result<Keeping, String> {
        let defaults = Config::defaults().unwrap();
        let config = defaults.with(Path::new("formhand.toml"), text);
        config
            .map(|config| config.evidence)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_kept_on_success_is_the_engines_own_default_or_as_said() {
        assert_eq!(read("").unwrap(), Keeping::default());
        let all = read("[evidence]\non_success = \"all\"\n").unwrap();
        assert_eq!(all.on_success, OnSuccess::All);
        let without = read("[evidence]\nnetwork_log = false\n").unwrap();
        assert!(!without.network_log);
        let mistake = read("[evidence]\non_success = \"some\"\n").unwrap_err();
        assert!(
            mistake.contains("expected one of `nothing`, `picture`, `all`"),
            "{mistake}"
        );
    }
}

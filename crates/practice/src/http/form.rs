//! Posted and queried values.

use std::collections::BTreeMap;

/// Values by name; of a repeated name the first counts, as in the portal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(BTreeMap<String, String>);

impl Form {
    pub(crate) fn read(encoded: &[u8]) -> Self {
        let mut values = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(encoded) {
            values
                .entry(name.into_owned())
                .or_insert(value.into_owned());
        }
        Self(values)
    }

    /// The value without outer spaces; empty when there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Whether a checkbox was ticked.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name), "on" | "true")
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.get(name).parse().ok()
    }

    pub(crate) fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

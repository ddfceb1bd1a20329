//! The fields of a form, and the body that the API takes in their place.

use axum::body::Bytes;
use serde_json::{Map, Value};
use url::form_urlencoded;

/// The fields of a form. What proves that it is our own form is not among them.
pub(in super::super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a body of `application/x-www-form-urlencoded`.
    pub(in super::super) fn read(body: &Bytes) -> Self {
        let fields = form_urlencoded::parse(body).into_owned();
        Self(fields.filter(|(name, _)| name != "csrf").collect())
    }

    /// A field that holds something.
    pub(in super::super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(given, _)| given == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// All fields of a name that hold something.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let given = self.0.iter().filter(|(given, _)| given == name);
        let values = given.map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty()).collect()
    }

    /// A field as it is.
    pub(in super::super) fn whole(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Fields that hold something and whose names begin so, by what follows.
    pub(super) fn under(&self, prefix: &str) -> Map<String, Value> {
        let under = self.0.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(prefix)?;
            let value = value.trim();
            (!value.is_empty()).then(|| (name.to_owned(), Value::from(value)))
        });
        under.collect()
    }
}

/// An object as the API takes it, without what is not there.
pub(in super::super) fn body<const N: usize>(fields: [(&str, Option<Value>); N]) -> Bytes {
    let given = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Bytes::from(Value::Object(given.collect()).to_string())
}

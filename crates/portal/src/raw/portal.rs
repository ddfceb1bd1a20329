//! The whole file, as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Duration, Messages, Session, Step, Text, Verify};
use crate::parse::{Lenient, Many, Spanned, Table};

/// A portal definition.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Formhand portal definition")]
#[expect(clippy::struct_field_names, reason = "the fields are the file's keys")]
pub(crate) struct Portal {
    /// The version of this format: 1.
    pub(crate) formhand: Spanned<u32>,
    /// The portal's name: lower-case letters, digits and hyphens.
    pub(crate) portal: Text,
    /// Its name for people.
    pub(crate) title: String,
    /// A definition that this one changes: a file next to it. Top-level keys replace, `session` is merged by key.
    #[expect(dead_code, reason = "followed before the file is decoded")]
    pub(crate) extends: Option<Text>,
    /// Where it lives.
    pub(crate) base: Text,
    /// Other origins that its pages may navigate to.
    #[serde(default)]
    pub(crate) origins: Many<Text>,
    /// The language of its pages, such as `en-IN`.
    pub(crate) locale: Option<String>,
    /// The IANA name of the time zone that its dates are in.
    pub(crate) time_zone: Option<Text>,
    /// How to log in, and how to see whether one still is.
    // Named, so that it may not be missing.
    #[serde(deserialize_with = "Lenient::deserialize")]
    pub(crate) session: Lenient<Session>,
    /// What the portal says, and what it means.
    #[serde(deserialize_with = "Lenient::deserialize")]
    pub(crate) messages: Lenient<Messages>,
    /// Code lists: the record's word and the portal's code for it.
    #[serde(default)]
    pub(crate) maps: Table<BTreeMap<String, String>>,
    /// Steps with a name, for `use`.
    #[serde(default)]
    pub(crate) blocks: Table<Spanned<Many<Spanned<Step>>>>,
    /// What can be filed.
    pub(crate) flows: Spanned<Table<Spanned<Flow>>>,
}

/// One kind of filing.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Flow {
    /// Its name for people.
    pub(crate) title: String,
    /// What a record must look like: a JSON Schema, with `map`, `age`, `digits`, `expected`, `public` and the format
    /// `date-dmy`.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    #[expect(
        dead_code,
        reason = "read from the tree, where every part has its place"
    )]
    pub(crate) record: serde::de::IgnoredAny,
    /// What makes two records the same business case.
    pub(crate) business_key: Text,
    /// How a person recognises a record.
    pub(crate) label: Text,
    /// How long all of it may take. 300s if not said.
    pub(crate) timeout: Option<Duration>,
    /// The steps, with one `submit` among them.
    pub(crate) steps: Many<Spanned<Step>>,
    /// How the portal is searched for a record whose outcome is unknown. A person looks if there is none.
    pub(crate) verify: Option<Verify>,
}

//! The whole definition.

use std::collections::BTreeMap;

use formhand_domain::{FlowName, PortalName};
use url::Url;

use super::{Flow, Messages, SessionRules};

/// A portal as its definition describes it.
#[derive(Debug, Clone)]
pub struct Portal {
    /// Its name; the same in jobs and configuration.
    pub name: PortalName,
    /// Its name for people.
    pub title: String,
    /// Where it lives; relative URLs of steps start here.
    pub base: Url,
    /// The origins that its pages may navigate to, `base`'s own among them. ASCII form, without a trailing slash.
    pub origins: Vec<String>,
    /// The language of its pages, such as `en-IN`.
    pub locale: Option<String>,
    /// The IANA name of the time zone that its dates are in.
    pub time_zone: Option<String>,
    /// How to log in, and how to see whether one still is.
    pub session: SessionRules,
    /// What the portal says, and what it means.
    pub messages: Messages,
    /// Code lists: the name of the list, then the record's word, then the portal's code.
    pub maps: BTreeMap<String, BTreeMap<String, String>>,
    /// What can be filed.
    pub flows: BTreeMap<FlowName, Flow>,
    /// SHA-256 of all that was read for it, in hex: tells which version filed a job.
    pub version: String,
}

//! `[portal.NAME]`: what differs from a portal's definition.

use serde::Deserialize;
use url::Url;

use super::text::Text;

/// What the configuration says of a portal.
#[derive(Debug, Clone)]
pub struct PortalOverride {
    /// Another address than the definition's.
    pub base: Option<Url>,
    /// Whether the portal is searched for jobs of unknown outcome, where its definition says how.
    pub verify: bool,
}

impl From<PortalSection> for PortalOverride {
    fn from(section: PortalSection) -> Self {
        Self {
            base: section.base.map(|base| base.0),
            verify: section.verify.unwrap_or(true),
        }
    }
}

/// Differences from the definition.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PortalSection {
    /// Another address.
    pub(super) base: Option<Text<Url>>,
    /// `false`: a person looks for jobs of unknown outcome, whatever the definition says.
    pub(super) verify: Option<bool>,
}

//! `[portal.NAME]`: what differs from a portal's definition.

use serde::Deserialize;
use url::Url;

use super::text::Text;

/// Differences from the definition.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PortalSection {
    /// Another address.
    pub(super) base: Text<Url>,
}

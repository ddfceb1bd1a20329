//! From a file to a checked portal.

use std::{io, path::Path};

use url::Url;

use crate::{Diagnostics, model::Portal};

/// What the configuration says about a portal, beside its definition.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Where the portal lives, if not where the definition says.
    pub base: Option<Url>,
}

/// Reads a definition and the one it extends through `read`, and checks them.
pub fn load(
    _path: &Path,
    _read: &dyn Fn(&Path) -> io::Result<String>,
    _options: LoadOptions,
) -> Result<Portal, Diagnostics> {
    Err(Diagnostics(Vec::new()))
}

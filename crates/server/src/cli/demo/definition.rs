//! The practice portal's definition: of this folder, or the embedded one.

use std::{fs, io, path::Path};

use formhand_portal::{LoadOptions, Portal, load};
use url::Url;

use crate::cli::{CliError, Exit};

/// Where it is when the demo runs in a checkout.
const FILE: &str = "portals/practice.yaml";

/// The same with what it extends, for a binary that stands alone.
pub(in crate::cli) const EMBEDDED: [(&str, &str); 2] = [
    (
        "practice.yaml",
        include_str!("../../../../../portals/practice.yaml"),
    ),
    (
        "reliance-smartzone.yaml",
        include_str!("../../../../../portals/reliance-smartzone.yaml"),
    ),
];

/// The practice portal at this address.
pub(super) fn practice(base: Url) -> Result<Portal, CliError> {
    let file = Path::new(FILE);
    let options = LoadOptions { base: Some(base) };
    let loaded = if file.exists() {
        load(file, &|path: &Path| fs::read_to_string(path), options)
    } else {
        load(file, &embedded, options)
    };
    loaded.map_err(|diagnostics| CliError::new(Exit::BadInput, diagnostics))
}

fn embedded(path: &Path) -> io::Result<String> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    EMBEDDED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| (*text).to_owned())
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binary_that_stands_alone_has_a_sound_definition() {
        let base: Url = "http://127.0.0.1:1".parse().unwrap();
        let portal = load(
            Path::new(FILE),
            &embedded,
            LoadOptions {
                base: Some(base.clone()),
            },
        );
        assert_eq!(portal.map(|portal| portal.base.origin()), Ok(base.origin()));
    }
}

//! The shipped definition of the practice portal.

use std::path::{Path, PathBuf};

use formhand_portal::{LoadOptions, Portal, load};
use url::Url;

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `portals/practice.yaml`, at this address.
pub fn practice_portal(base: &str) -> Portal {
    let path = repository().join("portals/practice.yaml");
    let base = Url::parse(base).expect("the practice portal has an address");
    let options = LoadOptions { base: Some(base) };
    match load(&path, &|path: &Path| std::fs::read_to_string(path), options) {
        Ok(portal) => portal,
        Err(diagnostics) => panic!("the shipped definition has errors:\n{diagnostics}"),
    }
}

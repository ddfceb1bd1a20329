//! What of a profile goes into a copy: all of it but what is known to be of no use there. A list of what a login needs
//! would be shorter, and wrong with the next version of Chromium: where it keeps its keys has changed before.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::CopyError;

/// What Chromium fills again by itself, and what must not be in two profiles.
const LEFT_OUT: &[&str] = &[
    // Answers of servers, and what was made out of them.
    "Cache",
    "Code Cache",
    "Media Cache",
    "Shared Dictionary",
    "blob_storage",
    // Pictures and programs for the graphics card.
    "DawnCache",
    "DawnGraphiteCache",
    "DawnWebGPUCache",
    "GPUCache",
    "GPUPersistentCache",
    "GrShaderCache",
    "GraphiteDawnCache",
    "ShaderCache",
    // Parts of the browser and lists of dangerous sites that it loads by itself.
    "OptimizationGuideModelsManifest",
    "Safe Browsing",
    "component_crx_cache",
    "extensions_crx_cache",
    "optimization_guide_model_store",
    "segmentation_platform",
    // Reports on crashes and on itself.
    "BrowserMetrics",
    "BrowserMetrics-spare.pma",
    "Crash Reports",
    "Crashpad",
    "chrome_debug.log",
    // Open tabs: a page that comes back in the copy could send again what it has sent.
    "Sessions",
    "Sessions_Encrypted",
    // Where the running browser is found.
    "DevToolsActivePort",
    "SingletonCookie",
    "SingletonLock",
    "SingletonSocket",
];

/// What lies deeper than a profile's own folders belongs to a site, however it is called.
const DEPTH: usize = 2;

/// A folder, or a file and its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Folder,
    File { size_bytes: u64 },
}

/// All that goes into a copy, by its path in the profile; folders come before what is in them.
pub(super) fn content(profile: &Path) -> Result<BTreeMap<PathBuf, Entry>, CopyError> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let path = profile.join(&folder);
        let failed = |source| CopyError::Io {
            path: path.clone(),
            source,
        };
        for child in std::fs::read_dir(&path).map_err(failed)? {
            let name = child.map_err(failed)?.file_name();
            let inner = folder.join(&name);
            let is_left_out = LEFT_OUT.iter().any(|left_out| name == *left_out);
            if is_left_out && inner.components().count() <= DEPTH {
                continue;
            }
            let entry = entry(&profile.join(&inner))?;
            if entry == Entry::Folder {
                folders.push(inner.clone());
            }
            found.insert(inner, entry);
        }
    }
    Ok(found)
}

fn entry(path: &Path) -> Result<Entry, CopyError> {
    let metadata = path.symlink_metadata().map_err(|source| CopyError::Io {
        path: path.to_owned(),
        source,
    })?;
    if metadata.is_dir() {
        Ok(Entry::Folder)
    } else if metadata.is_file() {
        Ok(Entry::File {
            size_bytes: metadata.len(),
        })
    } else {
        // A link would make two browsers write into one file.
        Err(CopyError::NotAFile {
            path: path.to_owned(),
        })
    }
}

/// Says so if there is no such folder.
pub(super) fn must_be_there(profile: &Path) -> Result<(), CopyError> {
    match profile.metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Err(source) if source.kind() != ErrorKind::NotFound => Err(CopyError::Io {
            path: profile.to_owned(),
            source,
        }),
        _ => Err(CopyError::NotThere {
            profile: profile.to_owned(),
        }),
    }
}

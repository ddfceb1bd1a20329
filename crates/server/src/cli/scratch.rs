//! A folder for what a command plays with.

use std::{fs::DirBuilder, io, os::unix::fs::DirBuilderExt as _, path::PathBuf};

/// A new folder of this command that only this user may read.
pub(super) fn fresh_folder(command: &str) -> io::Result<PathBuf> {
    let name = format!("formhand-{command}-{:08x}", rand::random::<u32>());
    let folder = std::env::temp_dir().join(name);
    // Not recursive: a folder that is there already is not ours.
    DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(folder)
}

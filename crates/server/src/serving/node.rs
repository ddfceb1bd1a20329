//! This server's name in leases.

use std::{fs, io, path::Path};

use formhand_domain::NodeId;

use super::{ServeError, data_folder::write_private};

/// The name that belongs to the data folder. It stays over restarts, so that a new process recognises what its
/// predecessor left; another folder has another name.
pub(crate) fn node_of(folder: &Path) -> Result<NodeId, ServeError> {
    let file = folder.join("node");
    read_or_make(&file).map_err(|source| ServeError::Folder { path: file, source })
}

fn read_or_make(file: &Path) -> io::Result<NodeId> {
    if let Ok(text) = fs::read_to_string(file)
        && let Ok(node) = NodeId::new(text.trim())
    {
        return Ok(node);
    }
    let name = format!("node-{:08x}", rand::random::<u32>());
    write_private(file, &name)?;
    NodeId::new(name).map_err(io::Error::other)
}

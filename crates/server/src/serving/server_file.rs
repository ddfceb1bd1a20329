//! `server.json` in the data folder: how the command line finds the server.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::data_folder::write_private;

/// Where the server of a data folder is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerFile {
    /// Of this file's shape. A newer one may have more keys; these stay.
    pub version: u32,
    /// The API, such as `http://127.0.0.1:7070`.
    pub address: String,
    /// The file that holds the token; nothing if it came from the environment.
    pub token_file: Option<PathBuf>,
}

impl ServerFile {
    /// The present shape.
    pub const VERSION: u32 = 1;

    fn path(folder: &Path) -> PathBuf {
        folder.join("server.json")
    }

    /// What the server of this folder wrote; nothing if none runs.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        match fs::read_to_string(Self::path(folder)) {
            Ok(text) => serde_json::from_str(&text)
                .map(Some)
                .map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        write_private(&Self::path(folder), &text)
    }

    pub(super) fn remove(folder: &Path) {
        if let Err(error) = fs::remove_file(Self::path(folder)) {
            tracing::warn!(%error, "server.json stays behind");
        }
    }
}

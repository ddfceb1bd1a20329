//! Finds the files that git knows.

use std::{
    io,
    path::{Path, PathBuf},
    process::Command,
};

/// A file of the project.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl File {
    pub(super) fn is_rust(&self) -> bool {
        self.path
            .extension()
            .is_some_and(|extension| extension == "rs")
    }

    /// The file up to its tests.
    pub(super) fn without_tests(&self) -> &str {
        self.text.split("#[cfg(test)]").next().unwrap_or_default()
    }

    pub(super) fn is_test(&self) -> bool {
        self.path
            .components()
            .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "benches")
    }
}

/// All text files that git tracks or would track.
pub(super) fn sources(root: &Path) -> io::Result<Vec<File>> {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(root)
        .output()?;
    if !listed.status.success() {
        return Err(io::Error::other(
            String::from_utf8_lossy(&listed.stderr).into_owned(),
        ));
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut files = Vec::new();
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let path = root.join(name);
        // Pictures are no text; a file that was just deleted is no file.
        if let Ok(text) = std::fs::read_to_string(&path) {
            files.push(File {
                path: PathBuf::from(name),
                text,
            });
        }
    }
    Ok(files)
}

//! The two programs that can be driven, and where they are.

use std::path::{Path, PathBuf};

use super::error::LaunchError;

/// Which program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The whole browser: for a master session with a profile of its own, and when a person must be able to look.
    Chromium,
    /// The headless shell: about half the cost of a job.
    HeadlessShell,
    /// The same, but its pages draw only when they have to: see the crate's README. For workers.
    StillShell,
}

impl Kind {
    /// Finds the program.
    ///
    /// The binary itself is preferred over Debian's wrapper scripts: the wrapper of the headless shell stays in
    /// between as a process of its own, so a parent-death signal would only reach the shell, and Chromium's wrapper
    /// adds flags of the machine that nobody here chose.
    pub fn find(self) -> Result<PathBuf, LaunchError> {
        let mut searched: Vec<PathBuf> = self.known_places().iter().map(PathBuf::from).collect();
        let path = std::env::var_os("PATH").unwrap_or_default();
        for folder in std::env::split_paths(&path) {
            searched.extend(self.names().iter().map(|name| folder.join(name)));
        }
        searched
            .iter()
            .find(|path| is_program(path))
            .cloned()
            .ok_or_else(|| LaunchError::NotInstalled {
                program: self.names()[0],
                package: self.package(),
                searched: self
                    .known_places()
                    .iter()
                    .chain(self.names())
                    .map(PathBuf::from)
                    .collect(),
            })
    }

    fn package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::HeadlessShell | Self::StillShell => "chromium-headless-shell",
        }
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome"],
            Self::HeadlessShell | Self::StillShell => &[
                "chromium-headless-shell",
                "chrome-headless-shell",
                "headless_shell",
            ],
        }
    }

    fn known_places(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["/usr/lib/chromium/chromium"],
            Self::HeadlessShell | Self::StillShell => {
                &["/usr/lib/chromium/chromium-headless-shell"]
            }
        }
    }
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

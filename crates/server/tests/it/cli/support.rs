//! Running the binary.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use crate::binary::formhand;

/// A folder of its own for each test; the binary runs in it.
pub(crate) struct Place(tempfile::TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The binary as it runs in this folder, on a terminal of a known width.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = formhand(self.0.path());
        command.args(arguments);
        command.env("NO_COLOR", "1").env("COLUMNS", "100");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran(self.command(arguments).output().unwrap())
    }
}

/// What came of it.
pub(crate) struct Ran(pub(crate) Output);

impl Ran {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// Exit code and standard error; standard output must be empty.
    pub(crate) fn complaint(&self) -> String {
        assert_eq!(self.stdout(), "", "stdout is for data");
        format!("exit {}\n{}", self.code(), self.stderr())
    }
}

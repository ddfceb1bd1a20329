//! Where something stands in the files that were read.

use std::path::{Path, PathBuf};

/// One of the files that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FileId(pub(crate) usize);

/// A place in a file. Lines and columns count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The files that were read, in the order of reading.
#[derive(Debug, Default)]
pub(crate) struct Files(Vec<(PathBuf, String)>);

impl Files {
    pub(crate) fn add(&mut self, path: &Path, text: String) -> FileId {
        self.0.push((path.to_owned(), text));
        FileId(self.0.len() - 1)
    }

    pub(crate) fn holds(&self, path: &Path) -> bool {
        self.0.iter().any(|(known, _)| known == path)
    }

    pub(crate) fn path(&self, file: FileId) -> PathBuf {
        self.0
            .get(file.0)
            .map(|(path, _)| path.clone())
            .unwrap_or_default()
    }

    pub(crate) fn text(&self, file: FileId) -> &str {
        self.0.get(file.0).map_or("", |(_, text)| text)
    }

    /// The line that a place is on.
    pub(crate) fn line(&self, span: Span) -> String {
        let index = (span.line as usize).saturating_sub(1);
        self.text(span.file)
            .lines()
            .nth(index)
            .unwrap_or_default()
            .to_owned()
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.as_str())
    }
}

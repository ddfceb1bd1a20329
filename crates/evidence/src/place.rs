//! What kinds of files there are, and how one of a job is named. Only names that this crate gives can be said.

use formhand_domain::JobId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{bundle, document::DOCUMENTS, folder::UNFINISHED};

/// What a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "EvidenceKind")]
pub enum Kind {
    /// A masked picture of the page.
    Picture,
    /// The page as inert HTML: a portal's words.
    Page,
    /// What was tried.
    CallLog,
    /// What pages wrote to their consoles.
    Console,
    /// What pages asked of servers.
    Network,
    /// How the steps went.
    Timeline,
    /// What was filed, with the hashes of all files.
    Receipt,
    /// What the portal made, as it is: personal data.
    Document,
    /// Anything else.
    Other,
}

/// Where a file of a job is. Only names that this crate gives can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    job: JobId,
    attempt: u32,
    is_document: bool,
    name: String,
}

/// Longer than any name that is given here.
const LONGEST_NAME_BYTES: usize = 120;

impl Place {
    /// A file beside the documents, if something could be kept under this name.
    pub fn file(job: JobId, attempt: u32, name: &str) -> Option<Self> {
        Self::of(job, attempt, false, name)
    }

    /// A document, if one could be kept under this name.
    pub fn document(job: JobId, attempt: u32, name: &str) -> Option<Self> {
        Self::of(job, attempt, true, name)
    }

    fn of(job: JobId, attempt: u32, is_document: bool, name: &str) -> Option<Self> {
        is_kept_name(name).then(|| Self {
            job,
            attempt,
            is_document,
            name: name.to_owned(),
        })
    }

    /// A path as [`Evidence::of`](crate::Evidence::of) gives it.
    pub fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let (job, attempt, is_document, name) = match parts.as_slice() {
            [job, attempt, name] => (job, attempt, false, name),
            [job, attempt, DOCUMENTS, name] => (job, attempt, true, name),
            _ => return None,
        };
        let place = Self::of(job.parse().ok()?, attempt.parse().ok()?, is_document, name)?;
        // `01` and `1` are the same number and not the same folder.
        (place.path() == path).then_some(place)
    }

    /// Relative to the root.
    pub fn path(&self) -> String {
        self.parts().join("/")
    }

    pub(crate) fn parts(&self) -> Vec<String> {
        let mut parts = vec![self.job.to_string(), self.attempt.to_string()];
        if self.is_document {
            parts.push(DOCUMENTS.to_owned());
        }
        parts.push(self.name.clone());
        parts
    }

    /// The job that it is of.
    pub fn job(&self) -> JobId {
        self.job
    }

    /// The attempt that it is of.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Its own name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the portal made it.
    pub fn is_document(&self) -> bool {
        self.is_document
    }

    /// What it shows.
    pub fn kind(&self) -> Kind {
        if self.is_document {
            return Kind::Document;
        }
        match (self.name.as_str(), self.extension()) {
            ("call-log.txt", _) => Kind::CallLog,
            ("console.json", _) => Kind::Console,
            ("network.json", _) => Kind::Network,
            ("timeline.json", _) => Kind::Timeline,
            (bundle::FILE, _) => Kind::Receipt,
            (_, "html") => Kind::Page,
            (_, "png") => Kind::Picture,
            _ => Kind::Other,
        }
    }

    /// Its media type, one of a fixed few. What a portal made is at most a PDF: no browser shall try to show the rest.
    pub fn media_type(&self) -> &'static str {
        match (self.is_document, self.extension()) {
            (true, "pdf") => "application/pdf",
            (false, "png") => "image/png",
            (false, "txt") => "text/plain; charset=utf-8",
            (false, "json") => "application/json",
            (false, "html") => "text/html; charset=utf-8",
            _ => "application/octet-stream",
        }
    }

    fn extension(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(_, ending)| ending)
    }
}

/// Whether something can be kept under this name: no part of a path, not hidden, not unfinished.
fn is_kept_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME_BYTES
        && name.starts_with(char::is_alphanumeric)
        && name.chars().all(crate::document::is_plain)
        && !name.ends_with(&format!(".{UNFINISHED}"))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn job(number: u128) -> JobId {
        JobId::new(Timestamp::UNIX_EPOCH, number)
    }

    #[test]
    fn kf21_a_name_that_leads_elsewhere_is_none() {
        for name in [
            "",
            ".",
            "..",
            "../x.txt",
            "a/b.txt",
            "a\\b",
            ".hidden",
            "-rf",
            "a\0b",
            "failure.png.part",
            "documents/x",
            "%2e%2e",
            "a\u{202e}b",
            &"x".repeat(200),
        ] {
            assert_eq!(Place::file(job(1), 1, name), None, "{name:?}");
        }
        let one = job(1);
        for path in [
            format!("{one}/01/failure.png"),
            format!("{one}/1/../2/failure.png"),
            format!("{one}/1/other/failure.png"),
            format!("/{one}/1/failure.png"),
            "1/failure.png".to_owned(),
        ] {
            assert_eq!(Place::parse(&path), None, "{path}");
        }
    }

    #[test]
    fn whatever_a_portal_names_a_document_can_be_fetched() {
        for name in [
            "../a.pdf",
            "Police (août)",
            "-x-.tar.part",
            &"ü".repeat(500),
            "C:\\b.pdf",
        ] {
            let name = crate::safe_name(name);
            assert!(Place::document(job(1), 1, &name).is_some(), "{name:?}");
        }
    }
}

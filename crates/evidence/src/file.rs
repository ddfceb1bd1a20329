//! What kinds of files there are, and how one of a job is named and opened.

use std::{fs::File, io, path::Path};

use formhand_domain::JobId;
use jiff::Timestamp;
use rustix::{
    fd::OwnedFd,
    fs::{CWD, FileType, Mode, OFlags, fstat, openat},
};
use serde::{Deserialize, Serialize};
use tokio::task;

use crate::{Evidence, bundle, document::DOCUMENTS, folder::UNFINISHED};

/// What a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is.
    pub place: Place,
    /// Its length.
    pub size_bytes: u64,
    /// When it was written.
    pub written_at: Timestamp,
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

    /// A path as [`Evidence::of`] gives it.
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

    fn parts(&self) -> Vec<String> {
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

impl Evidence {
    /// The files of a job, oldest attempt first. One that goes meanwhile is left out.
    pub async fn files(&self, job: JobId) -> io::Result<Vec<Kept>> {
        let places = self.of(job).await?;
        let mut places: Vec<Place> = places
            .iter()
            .filter_map(|path| Place::parse(path))
            .collect();
        places.sort_by_key(|place| (place.attempt, place.path()));
        let root = self.root.clone();
        let looking = move || {
            let look = |place: Place| match open_below(&root, &place) {
                Ok(Some(file)) => Some(kept(place, &file)),
                Ok(None) => None,
                Err(error) => Some(Err(error)),
            };
            places.into_iter().filter_map(look).collect()
        };
        task::spawn_blocking(looking)
            .await
            .map_err(io::Error::other)?
    }

    /// Opens a file; nothing if there is none. No link is followed below the root, and what is no plain file is not
    /// there.
    pub async fn open(&self, place: &Place) -> io::Result<Option<(Kept, tokio::fs::File)>> {
        let (root, place) = (self.root.clone(), place.clone());
        let opening = move || {
            let Some(file) = open_below(&root, &place)? else {
                return io::Result::Ok(None);
            };
            Ok(Some((kept(place, &file)?, file)))
        };
        let opened = task::spawn_blocking(opening).await;
        let opened = opened.map_err(io::Error::other)??;
        Ok(opened.map(|(kept, file)| (kept, tokio::fs::File::from_std(file))))
    }
}

/// Whether something can be kept under this name: no part of a path, not hidden, not unfinished.
fn is_kept_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME_BYTES
        && name.starts_with(char::is_alphanumeric)
        && name.chars().all(crate::document::is_plain)
        && !name.ends_with(&format!(".{UNFINISHED}"))
}

fn kept(place: Place, file: &File) -> io::Result<Kept> {
    let metadata = file.metadata()?;
    Ok(Kept {
        place,
        size_bytes: metadata.len(),
        written_at: Timestamp::try_from(metadata.modified()?).map_err(io::Error::other)?,
    })
}

/// Goes down folder by folder, each opened in the one before: a link put there meanwhile leads nowhere.
pub(crate) fn open_below(root: &Path, place: &Place) -> io::Result<Option<File>> {
    let common = OFlags::RDONLY | OFlags::CLOEXEC;
    let folder = common | OFlags::DIRECTORY;
    let opened = openat(CWD, root, folder, Mode::empty());
    let Some(mut at): Option<OwnedFd> = there(opened)? else {
        return Ok(None);
    };
    let parts = place.parts();
    for (index, part) in parts.iter().enumerate() {
        let flags = if index + 1 == parts.len() {
            // A pipe in its place would be waited for.
            common | OFlags::NONBLOCK
        } else {
            folder
        };
        let opened = openat(&at, part.as_str(), flags | OFlags::NOFOLLOW, Mode::empty());
        let Some(next) = there(opened)? else {
            return Ok(None);
        };
        at = next;
    }
    let is_file = FileType::from_raw_mode(fstat(&at)?.st_mode) == FileType::RegularFile;
    Ok(is_file.then(|| File::from(at)))
}

/// What is a link, or no folder, is as good as not there.
fn there<T>(opened: rustix::io::Result<T>) -> io::Result<Option<T>> {
    use rustix::io::Errno;
    match opened {
        Ok(opened) => Ok(Some(opened)),
        Err(Errno::NOENT | Errno::LOOP | Errno::NOTDIR | Errno::NXIO) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use tokio::io::AsyncReadExt as _;

    use super::*;

    fn job(number: u128) -> JobId {
        JobId::new(Timestamp::UNIX_EPOCH, number)
    }

    async fn read(evidence: &Evidence, place: &Place) -> Option<String> {
        let (_, mut file) = evidence.open(place).await.unwrap()?;
        let mut text = String::new();
        file.read_to_string(&mut text).await.unwrap();
        Some(text)
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

    #[tokio::test]
    async fn a_file_is_listed_with_its_kind_and_opened() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path());
        let kept = evidence.keep_text(job(1), 10, "call-log", "clicked").await;
        let later = Place::parse(&kept.unwrap()).unwrap();
        let kept = evidence.keep_text(job(1), 9, "call-log", "waited").await;
        let place = Place::parse(&kept.unwrap()).unwrap();
        let files = evidence.files(job(1)).await.unwrap();
        let places: Vec<_> = files.iter().map(|kept| kept.place.clone()).collect();
        assert_eq!(places, [place.clone(), later]);
        assert_eq!((files[0].size_bytes, place.kind()), (6, Kind::CallLog));
        assert_eq!(read(&evidence, &place).await.as_deref(), Some("waited"));
        let other = Place::file(job(2), 9, "call-log.txt").unwrap();
        assert_eq!(read(&evidence, &other).await, None);
    }

    #[tokio::test]
    async fn no_link_is_followed_wherever_it_stands() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path().join("evidence"));
        let secret = root.path().join("token.txt");
        std::fs::write(&secret, "secret").unwrap();
        evidence
            .keep_text(job(1), 1, "call-log", "own")
            .await
            .unwrap();
        let folder = evidence.root.join(job(1).to_string());
        symlink(&secret, folder.join("1/linked.txt")).unwrap();
        symlink(folder.join("1"), folder.join("2")).unwrap();
        symlink(root.path(), folder.join("1/documents")).unwrap();
        symlink(&folder, evidence.root.join(job(2).to_string())).unwrap();
        std::fs::create_dir(folder.join("1/folder.txt")).unwrap();
        rustix::fs::mkfifoat(CWD, folder.join("1/pipe.txt"), Mode::RWXU).unwrap();
        for place in [
            Place::file(job(1), 1, "linked.txt"),
            Place::file(job(1), 2, "call-log.txt"),
            Place::document(job(1), 1, "token.txt"),
            Place::file(job(2), 1, "call-log.txt"),
            Place::file(job(1), 1, "folder.txt"),
            Place::file(job(1), 1, "pipe.txt"),
        ] {
            let place = place.unwrap();
            assert_eq!(read(&evidence, &place).await, None, "{}", place.path());
        }
        let own = Place::file(job(1), 1, "call-log.txt").unwrap();
        assert_eq!(read(&evidence, &own).await.as_deref(), Some("own"));
        assert_eq!(evidence.files(job(1)).await.unwrap().len(), 1);
    }
}

//! Files of a job, listed and opened wherever they are.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
    time::Duration,
};

use bytes::Bytes;
use formhand_domain::JobId;
use futures_util::{TryStreamExt as _, stream::BoxStream};
use jiff::Timestamp;
use rustix::{
    fd::OwnedFd,
    fs::{CWD, FileType, Mode, OFlags, fstat, openat},
};
use tokio::task;
use url::Url;

use crate::{Evidence, Place};

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

/// What is in a file.
pub enum Content {
    /// A file of the folder.
    File(tokio::fs::File),
    /// An object, as it comes.
    Object(BoxStream<'static, io::Result<Bytes>>),
}

impl Evidence {
    /// The files of a job, oldest attempt first. One that goes meanwhile is left out.
    pub async fn files(&self, job: JobId) -> io::Result<Vec<Kept>> {
        let here = self.of_here(job).await?;
        let places: Vec<Place> = here.iter().filter_map(|path| Place::parse(path)).collect();
        let root = self.root.clone();
        let looking = move || -> io::Result<Vec<Kept>> {
            let look = |place: Place| match open_below(&root, &place) {
                Ok(Some(file)) => Some(kept(place, &file)),
                Ok(None) => None,
                Err(error) => Some(Err(error)),
            };
            places.into_iter().filter_map(look).collect()
        };
        let looked = task::spawn_blocking(looking).await;
        let mut files = looked.map_err(io::Error::other)??;
        for there in self.there(job).await {
            // What is being handed over is in both.
            if !files.iter().any(|here| here.place == there.place) {
                files.push(there);
            }
        }
        files.sort_by_key(|kept| (kept.place.attempt(), kept.place.path()));
        Ok(files)
    }

    /// What is in object storage of a job. One that does not answer hides its files, never those that are here.
    pub(crate) async fn there(&self, job: JobId) -> Vec<Kept> {
        let Some(remote) = &self.remote else {
            return Vec::new();
        };
        remote.list(job).await.unwrap_or_else(|error| {
            tracing::warn!(code = "evidence_not_read", %job, %error, "object storage does not say what it has");
            Vec::new()
        })
    }

    /// Opens a file, wherever it is; nothing if there is none. No link is followed below the root, and what is no plain
    /// file is not there.
    pub async fn open(&self, place: &Place) -> io::Result<Option<(Kept, Content)>> {
        if let Some((kept, file)) = self.open_here(place).await? {
            let file = tokio::fs::File::from_std(file);
            return Ok(Some((kept, Content::File(file))));
        }
        let Some(remote) = &self.remote else {
            return Ok(None);
        };
        let found = remote.get(place).await?;
        Ok(found.map(|(kept, content)| (kept, Content::Object(content))))
    }

    /// An address in object storage under which whoever has it may read this file for so long; nothing if it is not
    /// there, or not yet.
    pub async fn link(&self, place: &Place, life: Duration) -> io::Result<Option<Url>> {
        match &self.remote {
            Some(remote) => remote.link(place, life).await,
            None => Ok(None),
        }
    }

    /// What is in a file, wherever it is.
    pub(crate) async fn content(&self, place: &Place) -> io::Result<Option<Vec<u8>>> {
        if let Some(content) = self.content_here(place).await? {
            return Ok(Some(content));
        }
        let Some(remote) = &self.remote else {
            return Ok(None);
        };
        let Some((_, pieces)) = remote.get(place).await? else {
            return Ok(None);
        };
        let whole = pieces.try_fold(Vec::new(), |mut whole, piece| async move {
            whole.extend_from_slice(&piece);
            Ok(whole)
        });
        whole.await.map(Some)
    }

    pub(crate) async fn content_here(&self, place: &Place) -> io::Result<Option<Vec<u8>>> {
        let Some((_, mut file)) = self.open_here(place).await? else {
            return Ok(None);
        };
        let reading = move || {
            let mut content = Vec::new();
            file.read_to_end(&mut content).map(|_| content)
        };
        let read = task::spawn_blocking(reading).await;
        read.map_err(io::Error::other)?.map(Some)
    }

    async fn open_here(&self, place: &Place) -> io::Result<Option<(Kept, File)>> {
        let (root, place) = (self.root.clone(), place.clone());
        let opening = move || {
            let Some(file) = open_below(&root, &place)? else {
                return io::Result::Ok(None);
            };
            Ok(Some((kept(place, &file)?, file)))
        };
        let opened = task::spawn_blocking(opening).await;
        opened.map_err(io::Error::other)?
    }
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
fn open_below(root: &Path, place: &Place) -> io::Result<Option<File>> {
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

    use super::*;
    use crate::Kind;

    fn job(number: u128) -> JobId {
        JobId::new(Timestamp::UNIX_EPOCH, number)
    }

    async fn read(evidence: &Evidence, place: &Place) -> Option<String> {
        let content = evidence.content(place).await.unwrap()?;
        Some(String::from_utf8(content).unwrap())
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

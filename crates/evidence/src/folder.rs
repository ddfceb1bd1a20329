//! The folder that evidence is kept in: `JOB/ATTEMPT/NAME`, and `JOB/ATTEMPT/documents/NAME`.

use std::path::{Path, PathBuf};

use formhand_domain::JobId;
use serde::Serialize;
use thiserror::Error;
use tokio::{fs, task};

use crate::{Area, MaskError, Remote, paint};

/// A folder of evidence.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub(crate) root: PathBuf,
    pub(crate) remote: Option<Remote>,
}

/// Something could not be kept. It never changes what becomes of a job.
#[derive(Debug, Error)]
pub enum EvidenceError {
    /// The picture could not be masked, so it was thrown away.
    #[error(transparent)]
    Mask(#[from] MaskError),
    /// The disk.
    #[error("failed to write evidence: {0}")]
    Disk(#[from] std::io::Error),
}

impl Evidence {
    /// Evidence below `root`, which is made when something is kept.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            remote: None,
        }
    }

    /// The same with object storage behind it: what is handed over is read, removed and listed there.
    #[must_use]
    pub fn with_remote(mut self, remote: Option<Remote>) -> Self {
        self.remote = remote;
        self
    }

    /// Keeps a picture with every area painted over, and says where, relative to the root.
    pub async fn keep_picture(
        &self,
        job: JobId,
        attempt: u32,
        name: &'static str,
        png: impl AsRef<[u8]> + Send + 'static,
        areas: Vec<Area>,
    ) -> Result<String, EvidenceError> {
        let masked = task::spawn_blocking(move || paint(png.as_ref(), &areas))
            .await
            .map_err(std::io::Error::other)??;
        self.keep(job, attempt, &format!("{name}.png"), &masked)
            .await
    }

    /// Keeps lines of text that hold no values, such as a call log, and says where, relative to the root.
    pub async fn keep_text(
        &self,
        job: JobId,
        attempt: u32,
        name: &'static str,
        text: &str,
    ) -> Result<String, EvidenceError> {
        self.keep(job, attempt, &format!("{name}.txt"), text.as_bytes())
            .await
    }

    /// Keeps a value that holds nothing sensitive as JSON, and says where, relative to the root.
    pub async fn keep_json(
        &self,
        job: JobId,
        attempt: u32,
        name: &'static str,
        value: &(impl Serialize + Sync),
    ) -> Result<String, EvidenceError> {
        let text = serde_json::to_vec_pretty(value).map_err(std::io::Error::other)?;
        self.keep(job, attempt, &format!("{name}.json"), &text)
            .await
    }

    /// Keeps documents of a page, inert and without what is sensitive, and says where, relative to the root: the main
    /// one as `page.html`, those of frames as `page-2.html` and so on.
    pub async fn keep_page(
        &self,
        job: JobId,
        attempt: u32,
        documents: &[impl AsRef<[u8]> + Sync],
    ) -> Result<Vec<String>, EvidenceError> {
        let mut kept = Vec::with_capacity(documents.len());
        for (document, number) in documents.iter().zip(1..) {
            let name = match number {
                1 => "page.html".to_owned(),
                number => format!("page-{number}.html"),
            };
            kept.push(self.keep(job, attempt, &name, document.as_ref()).await?);
        }
        Ok(kept)
    }

    /// What is kept of a job, here or in object storage, relative to the root, oldest attempt first.
    pub async fn of(&self, job: JobId) -> std::io::Result<Vec<String>> {
        let mut kept = self.of_here(job).await?;
        let there = self.there(job).await;
        kept.extend(there.iter().map(|kept| kept.place.path()));
        kept.sort();
        kept.dedup();
        Ok(kept)
    }

    /// What is kept of a job in this folder.
    pub(crate) async fn of_here(&self, job: JobId) -> std::io::Result<Vec<String>> {
        let folder = job.to_string();
        let mut kept = Vec::new();
        let mut attempts = match fs::read_dir(self.root.join(&folder)).await {
            Ok(attempts) => attempts,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(kept),
            Err(error) => return Err(error),
        };
        while let Some(attempt) = attempts.next_entry().await? {
            let attempt_folder = format!("{folder}/{}", attempt.file_name().display());
            for inner in self.list(&attempt_folder, &mut kept).await? {
                self.list(&inner, &mut kept).await?;
            }
        }
        kept.sort();
        Ok(kept)
    }

    /// Adds the finished files of a folder, and gives the folders in it.
    async fn list(&self, folder: &str, kept: &mut Vec<String>) -> std::io::Result<Vec<String>> {
        let mut folders = Vec::new();
        let mut entries = fs::read_dir(self.root.join(folder)).await?;
        while let Some(entry) = entries.next_entry().await? {
            let path = format!("{folder}/{}", entry.file_name().display());
            if entry.file_type().await?.is_dir() {
                folders.push(path);
            } else if !path.ends_with(&format!(".{UNFINISHED}")) {
                kept.push(path);
            }
        }
        Ok(folders)
    }

    pub(crate) async fn keep(
        &self,
        job: JobId,
        attempt: u32,
        name: &str,
        content: &[u8],
    ) -> Result<String, EvidenceError> {
        let relative = format!("{job}/{attempt}/{name}");
        let path = self.root.join(&relative);
        let folder = path.parent().unwrap_or(&self.root);
        create_private(folder).await?;
        // A name of its own until it is whole: a reader never sees half a picture.
        let unfinished = path.with_extension(UNFINISHED);
        fs::write(&unfinished, content).await?;
        fs::rename(&unfinished, &path).await?;
        Ok(relative)
    }
}

/// The ending of a file that is still being written.
pub(crate) const UNFINISHED: &str = "part";

pub(crate) async fn create_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(folder).await
}

#[cfg(test)]
mod tests {
    use formhand_domain::JobId;
    use jiff::Timestamp;

    use super::*;

    #[tokio::test]
    async fn kf43_a_path_is_made_of_ids_alone() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path());
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        let kept = evidence
            .keep_text(job, 2, "call-log", "waiting for #btnSave")
            .await
            .unwrap();
        assert_eq!(kept, format!("{job}/2/call-log.txt"));
        let text = std::fs::read_to_string(root.path().join(kept)).unwrap();
        assert_eq!(text, "waiting for #btnSave");
        assert_eq!(
            evidence.of(job).await.unwrap(),
            [format!("{job}/2/call-log.txt")]
        );
        let other = JobId::new(Timestamp::UNIX_EPOCH, 2);
        assert!(evidence.of(other).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_picture_that_cannot_be_masked_is_not_kept() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path());
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        let refused = evidence
            .keep_picture(job, 1, "failure", b"not a picture", vec![])
            .await;
        assert!(matches!(refused, Err(EvidenceError::Mask(_))));
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0);
    }
}

//! Removing what is old.

use std::{io, path::Path};

use formhand_domain::JobId;
use tokio::fs;

use crate::{Evidence, bundle};

impl Evidence {
    /// Removes pictures, pages and logs of all attempts of a job. Documents that the portal made stay, and so does the
    /// receipt of what was filed.
    pub async fn remove_pictures(&self, job: JobId) -> io::Result<()> {
        let folder = self.root.join(job.to_string());
        let Some(mut attempts) = there(fs::read_dir(&folder).await)? else {
            return Ok(());
        };
        while let Some(attempt) = attempts.next_entry().await? {
            if attempt.file_type().await?.is_dir() {
                remove_files(&attempt.path()).await?;
            }
        }
        remove_if_empty(&folder).await
    }

    /// Removes all that is kept of a job.
    pub async fn remove_all(&self, job: JobId) -> io::Result<()> {
        let removed = fs::remove_dir_all(self.root.join(job.to_string())).await;
        there(removed).map(|_| ())
    }
}

async fn remove_files(folder: &Path) -> io::Result<()> {
    let mut entries = fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        if !entry.file_type().await?.is_dir() && entry.file_name() != bundle::FILE {
            there(fs::remove_file(entry.path()).await)?;
        }
    }
    remove_if_empty(folder).await
}

async fn remove_if_empty(folder: &Path) -> io::Result<()> {
    match fs::remove_dir(folder).await {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        removed => there(removed).map(|_| ()),
    }
}

/// Nothing where there is nothing: it was removed before, or nothing was kept.
fn there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// A job with two attempts, the second of which has a document.
    async fn kept(evidence: &Evidence, number: u128) -> JobId {
        let job = JobId::new(Timestamp::UNIX_EPOCH, number);
        for attempt in [1, 2] {
            let text = evidence.keep_text(job, attempt, "call-log", "waiting for #btnSave");
            text.await.unwrap();
        }
        let receipt = evidence.keep_receipt(job, 1, serde_json::json!({}));
        receipt.await.unwrap();
        let document = evidence
            .root
            .join(format!("{job}/2/documents/schedule.pdf"));
        std::fs::create_dir_all(document.parent().unwrap()).unwrap();
        std::fs::write(document, "%PDF-1.4").unwrap();
        job
    }

    #[tokio::test]
    async fn pictures_and_texts_go_and_documents_and_receipts_stay() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path());
        let (job, other) = (kept(&evidence, 1).await, kept(&evidence, 2).await);
        // The second time there is nothing to do.
        for _ in 0..2 {
            evidence.remove_pictures(job).await.unwrap();
            let left = evidence.of(job).await.unwrap();
            let stays = ["1/receipt.json", "2/documents/schedule.pdf"];
            assert_eq!(left, stays.map(|path| format!("{job}/{path}")));
        }
        assert!(!root.path().join(format!("{job}/1/call-log.txt")).exists());
        assert_eq!(evidence.of(other).await.unwrap().len(), 4);
    }

    #[tokio::test]
    async fn all_of_a_job_goes_and_nothing_of_another() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path());
        let (job, other) = (kept(&evidence, 1).await, kept(&evidence, 2).await);
        for _ in 0..2 {
            evidence.remove_all(job).await.unwrap();
            assert!(!root.path().join(job.to_string()).exists());
        }
        assert_eq!(evidence.of(other).await.unwrap().len(), 4);
    }

    #[tokio::test]
    async fn a_job_whose_files_are_all_removed_leaves_no_folder() {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path());
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        let text = evidence.keep_text(job, 1, "call-log", "waiting for #btnSave");
        text.await.unwrap();
        evidence.remove_pictures(job).await.unwrap();
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0);
    }
}

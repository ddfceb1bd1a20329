//! Removing what is old.

use std::{io, path::Path};

use formhand_domain::JobId;
use tokio::fs;

use crate::{Evidence, Kind, Place, document::DOCUMENTS, folder::UNFINISHED};

impl Evidence {
    /// Removes pictures, pages and logs of all attempts of a job, here and in object storage. Documents that the portal made
    /// stay, and so does the receipt of what was filed.
    pub async fn remove_pictures(&self, job: JobId) -> io::Result<()> {
        self.remove(job, |place| {
            !place.is_document() && place.kind() != Kind::Receipt
        })
        .await?;
        remove_empty(&self.root.join(job.to_string())).await
    }

    /// Removes all that is kept of a job, here and in object storage.
    pub async fn remove_all(&self, job: JobId) -> io::Result<()> {
        self.remove(job, |_| true).await?;
        // What a dead server left half written is no file yet.
        let removed = fs::remove_dir_all(self.root.join(job.to_string())).await;
        there(removed).map(|_| ())
    }

    /// Here first: what is here no more is not handed over any more.
    async fn remove(&self, job: JobId, which: impl Fn(&Place) -> bool) -> io::Result<()> {
        for path in self.of_here(job).await? {
            if Place::parse(&path).as_ref().is_none_or(&which) {
                there(fs::remove_file(self.root.join(path)).await)?;
            }
        }
        if let Some(remote) = &self.remote {
            for kept in remote.list(job).await? {
                if which(&kept.place) {
                    remote.remove(&kept.place).await?;
                }
            }
        }
        Ok(())
    }
}

/// Removes the folders of a job that are empty.
pub(crate) async fn remove_empty(folder: &Path) -> io::Result<()> {
    let Some(mut attempts) = there(fs::read_dir(folder).await)? else {
        return Ok(());
    };
    while let Some(attempt) = attempts.next_entry().await? {
        if attempt.file_type().await?.is_dir() {
            for folder in [attempt.path().join(DOCUMENTS), attempt.path()] {
                remove_unfinished(&folder).await?;
            }
            remove_if_empty(&attempt.path().join(DOCUMENTS)).await?;
            remove_if_empty(&attempt.path()).await?;
        }
    }
    remove_if_empty(folder).await
}

/// What a dead server left half written.
async fn remove_unfinished(folder: &Path) -> io::Result<()> {
    let Some(mut entries) = there(fs::read_dir(folder).await)? else {
        return Ok(());
    };
    while let Some(entry) = entries.next_entry().await? {
        if entry
            .path()
            .extension()
            .is_some_and(|ending| ending == UNFINISHED)
        {
            there(fs::remove_file(entry.path()).await)?;
        }
    }
    Ok(())
}

async fn remove_if_empty(folder: &Path) -> io::Result<()> {
    match fs::remove_dir(folder).await {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        removed => there(removed).map(|_| ()),
    }
}

/// Nothing where there is nothing: it was removed before, or nothing was kept.
pub(crate) fn there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
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

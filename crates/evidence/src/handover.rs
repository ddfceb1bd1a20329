//! The folder as a spool: what is in it goes to object storage, and is removed here once it is there.

use std::io;

use bytes::Bytes;
use formhand_domain::JobId;
use tokio::fs;

use crate::{Evidence, Place, removal};

impl Evidence {
    /// Whether there is object storage to hand evidence over to.
    pub fn is_handed_over(&self) -> bool {
        self.remote.is_some()
    }

    /// The jobs that have something in this folder: what is still to be handed over.
    pub async fn jobs_here(&self) -> io::Result<Vec<JobId>> {
        let mut jobs = Vec::new();
        let Some(mut entries) = removal::there(fs::read_dir(&self.root).await)? else {
            return Ok(jobs);
        };
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            jobs.extend(name.to_str().and_then(|name| name.parse::<JobId>().ok()));
        }
        jobs.sort();
        Ok(jobs)
    }

    /// Hands all that is here of a job over, and says how many files that were. What was cut off is done again: the
    /// same file under the same key. Without object storage nothing happens.
    pub async fn hand_over(&self, job: JobId) -> io::Result<usize> {
        let Some(remote) = &self.remote else {
            return Ok(0);
        };
        let mut count = 0;
        for path in self.of_here(job).await? {
            // What this program did not write stays where it is.
            let Some(place) = Place::parse(&path) else {
                continue;
            };
            let Some(content) = self.content_here(&place).await? else {
                continue;
            };
            remote.put(&place, Bytes::from(content)).await?;
            removal::there(fs::remove_file(self.root.join(&path)).await)?;
            count += 1;
        }
        removal::remove_empty(&self.root.join(job.to_string())).await?;
        Ok(count)
    }
}

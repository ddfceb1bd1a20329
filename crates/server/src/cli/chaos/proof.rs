//! The files that are kept of attempts: whatever the audit names is there, and a document is its own customer's.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use formhand_domain::{JobId, Status};
use formhand_store::AuditEntry;

use super::{customers::chassis, report::Proofs, settle::Ended};
use crate::{
    cli::{CliError, client::Client},
    http::JobView,
};

/// Asks every server what it keeps of the jobs: each has the files of the attempts that it made.
pub(super) async fn gather(
    servers: impl Iterator<Item = &Client>,
    ended: &mut [Ended],
) -> Result<(), CliError> {
    for server in servers {
        for Ended { view, .. } in &mut *ended {
            let id = view.id.to_string();
            let seen: JobView = server.get(&["api", "jobs", &id]).await?;
            let mut files = view.evidence.take().unwrap_or_default();
            files.extend(seen.evidence.into_iter().flatten());
            view.evidence = Some(files);
        }
    }
    Ok(())
}

/// Looks at all that is kept below these folders, of which each server has one.
pub(super) fn look(folders: &[PathBuf], audit: &[AuditEntry], ended: &[Ended]) -> Proofs {
    let mut proofs = Proofs::default();
    let mut shown: BTreeMap<JobId, BTreeSet<&str>> = BTreeMap::new();
    for Ended { number, view } in ended {
        let files = view.evidence.iter().flatten().map(String::as_str);
        let files: BTreeSet<&str> = files.collect();
        let documents = files.iter().filter(|path| path.contains("/documents/"));
        let documents: Vec<&&str> = documents.collect();
        proofs.documents += documents.len();
        let foreign = documents
            .iter()
            .filter(|path| !names(&place(folders, path), &chassis(*number)));
        proofs.foreign += foreign.count();
        // Completed without a word of an error: the document is there.
        let lacks = view.status == Status::Completed && documents.is_empty();
        proofs.missing += usize::from(lacks);
        shown.insert(view.id, files);
    }
    let named: BTreeSet<(JobId, &str)> = audit.iter().flat_map(named).collect();
    let missing = named.into_iter().filter(|(job, path)| {
        let is_shown = shown.get(job).is_some_and(|files| files.contains(path));
        !is_shown || !place(folders, path).is_file()
    });
    proofs.missing += missing.count();
    proofs
}

/// Where a file is, of whichever server.
fn place(folders: &[PathBuf], path: &str) -> PathBuf {
    let mut places = folders.iter().map(|folder| folder.join(path));
    let found = places.find(|place| place.is_file());
    found.unwrap_or_else(|| PathBuf::from(path))
}

fn named(entry: &AuditEntry) -> impl Iterator<Item = (JobId, &str)> {
    let paths = entry.failure.iter().flat_map(|failure| &failure.evidence);
    paths.map(|path| (entry.job, path.as_str()))
}

/// Whether this is the whole schedule of the one with that chassis.
fn names(document: &Path, chassis: &str) -> bool {
    let text = fs::read(document).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.ends_with("%%EOF\n") && text.contains(&format!("(Chassis {chassis})"))
}

//! The files that are kept of attempts: whatever the audit names is there, and a document is its own customer's.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use formhand_domain::{JobId, Status};
use formhand_store::AuditEntry;

use super::{customers::chassis, report::Proofs, settle::Ended};

/// Looks at all that is kept below this folder.
pub(super) fn look(folder: &Path, audit: &[AuditEntry], ended: &[Ended]) -> Proofs {
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
            .filter(|path| !names(&folder.join(path), &chassis(*number)));
        proofs.foreign += foreign.count();
        // Completed without a word of an error: the document is there.
        let lacks = view.status == Status::Completed && documents.is_empty();
        proofs.missing += usize::from(lacks);
        shown.insert(view.id, files);
    }
    let named: BTreeSet<(JobId, &str)> = audit.iter().flat_map(named).collect();
    let missing = named.into_iter().filter(|(job, path)| {
        let is_shown = shown.get(job).is_some_and(|files| files.contains(path));
        !is_shown || !folder.join(path).is_file()
    });
    proofs.missing += missing.count();
    proofs
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

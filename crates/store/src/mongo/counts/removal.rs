//! What is to be taken off the counts for a job that is removed.

use mongodb::bson::{Bson, Document};

/// The note of it, of fields of the job.
pub(in super::super) fn document(job: &Document) -> Document {
    let mut note = Document::new();
    for field in ["_id", "portal", "account", "status"] {
        note.insert(field, job.get(field).cloned().unwrap_or(Bson::Null));
    }
    note.insert("waiting", job.contains_key("due_at"));
    note
}

//! Which places of a document a mapping reads.

use super::{AccountRule, Field, Mapping, Shape, Source, path::overlap};

impl Mapping {
    /// Whether it reads anything at a place, within it or around it. What is written there may change what is filed, or
    /// make a document ready.
    pub fn reads(&self, place: &str) -> bool {
        let account = match &self.account {
            AccountRule::Told { path, .. } => Some(path),
            AccountRule::Named(_) => None,
        };
        let conditions = self.when.iter().map(|condition| &condition.path);
        let mut said = conditions
            .chain(&self.updates)
            .chain([&self.caller_id])
            .chain(account);
        said.any(|path| path.is_touched_by(place)) || any_reads(&self.record, "", place)
    }
}

/// Whether one of these fields is read there, if their paths begin at `begin`.
fn any_reads(fields: &[Field], begin: &str, place: &str) -> bool {
    fields.iter().any(|field| match &field.source {
        Source::Constant(_) => false,
        Source::Group(fields) => any_reads(fields, begin, place),
        Source::Document(take) => {
            let path = match begin {
                "" => take.path.dotted(),
                begin => format!("{begin}.{}", take.path.dotted()),
            };
            match &take.shape {
                Shape::Group(fields) if !take.each => any_reads(fields, &path, place),
                _ => overlap(&path, place),
            }
        }
    })
}

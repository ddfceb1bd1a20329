//! Where the documents of an attempt are kept.

use std::path::Path;

use formhand_domain::JobId;
use formhand_evidence::{Evidence, EvidenceError, safe_name};

/// Where the documents of an attempt are kept.
#[derive(Clone)]
pub(crate) struct Documents {
    pub(crate) evidence: Evidence,
    pub(crate) job: JobId,
    pub(crate) attempt: u32,
    /// Values of the record that no file's name may hold: names are seen where documents are not.
    pub(crate) personal: Vec<String>,
}

impl Documents {
    /// Takes a finished file over, under the definition's name or else the portal's, and says where it is.
    pub(super) async fn keep(
        &self,
        named: Option<&str>,
        by_portal: &str,
        file: &Path,
    ) -> Result<String, EvidenceError> {
        let name = named.map_or_else(|| self.without_values(by_portal), str::to_owned);
        self.evidence
            .keep_document(self.job, self.attempt, &name, file)
            .await
    }

    /// The portal's name for a document, or only what follows its point if a value of the record is in it.
    fn without_values(&self, name: &str) -> String {
        let name = safe_name(name);
        let folded = fold(&name);
        let is_in_it = |value: &String| {
            let value = fold(value);
            value.len() >= SHORTEST && folded.contains(&value)
        };
        if !self.personal.iter().any(is_in_it) {
            return name;
        }
        match name.rsplit_once('.') {
            Some((_, extension))
                if !self
                    .personal
                    .iter()
                    .any(|value| fold(value) == fold(extension)) =>
            {
                format!("document.{extension}")
            }
            _ => "document".to_owned(),
        }
    }
}

/// Shorter values are in every name.
const SHORTEST: usize = 3;

/// Letters and digits only: portals put names together with `_` and the like.
fn fold(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn kf43_no_value_of_the_record_is_in_a_documents_name() {
        let documents = Documents {
            evidence: Evidence::at("."),
            job: JobId::new(Timestamp::UNIX_EPOCH, 1),
            attempt: 1,
            personal: ["Asha", "Test Chassis 1", "x", ""]
                .map(str::to_owned)
                .to_vec(),
        };
        for (name, kept) in [
            ("schedule_R25110104242.pdf", "schedule_R25110104242.pdf"),
            ("Schedule-ASHA.pdf", "document.pdf"),
            ("TEST_CHASSIS_1.tar.gz", "document.gz"),
            ("asha", "document"),
            ("x.asha", "document"),
        ] {
            assert_eq!(documents.without_values(name), kept);
        }
    }
}

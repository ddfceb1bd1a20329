//! The receipt bundle of a filed job: what was filed, and a chain of the hashes of all files that were kept of it.
//!
//! It says whether something was changed since; it does not say who wrote it.

use formhand_domain::{JobId, hex};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::{Evidence, EvidenceError, Place};

/// The bundle's name without its ending.
pub const RECEIPT: &str = "receipt";
pub(crate) const FILE: &str = "receipt.json";

/// The form of what is written. A reader refuses one that it does not know.
const VERSION: u32 = 1;

/// What was filed, and what proves it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bundle {
    version: u32,
    /// What was filed, in the words of whoever filed it.
    pub statement: Value,
    /// The files, in the order in which they are chained.
    pub parts: Vec<Part>,
    /// The last link of the chain.
    seal: String,
}

/// A file that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    /// Its path, as everywhere.
    pub path: String,
    /// Its length.
    pub size_bytes: u64,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
    /// SHA-256 of the link before it with this part's path, length and hash, in hex. Before the first part stands the hash
    /// of the statement.
    link: String,
}

/// A bundle does not hold together, or cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Broken {
    /// It is none.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// A newer program wrote it.
    #[error("it has version {0}, and this program knows only version {VERSION}")]
    Unknown(u32),
    /// The chain does not come to what is written there.
    #[error("its chain of hashes does not hold at {0}: the bundle was changed")]
    Chain(String),
}

impl Bundle {
    /// Chains a statement and parts.
    pub fn new(statement: Value, files: Vec<(String, u64, String)>) -> Self {
        let mut link = of_statement(&statement);
        let chained = |(path, size_bytes, sha256): (String, u64, String)| {
            link = next_link(&link, &path, size_bytes, &sha256);
            Part {
                path,
                size_bytes,
                sha256,
                link: link.clone(),
            }
        };
        let parts: Vec<Part> = files.into_iter().map(chained).collect();
        Self {
            version: VERSION,
            statement,
            parts,
            seal: link,
        }
    }

    /// Reads one, and checks that it holds together. Whether the files are as it says is for whoever has them.
    pub fn read(text: &[u8]) -> Result<Self, Broken> {
        let bundle: Self =
            serde_json::from_slice(text).map_err(|error| Broken::Unreadable(error.to_string()))?;
        if bundle.version != VERSION {
            return Err(Broken::Unknown(bundle.version));
        }
        let mut link = of_statement(&bundle.statement);
        for part in &bundle.parts {
            link = next_link(&link, &part.path, part.size_bytes, &part.sha256);
            if link != part.link {
                return Err(Broken::Chain(part.path.clone()));
            }
        }
        if link != bundle.seal {
            return Err(Broken::Chain("its end".to_owned()));
        }
        Ok(bundle)
    }
}

impl Part {
    /// Whether this is the file's content.
    pub fn is(&self, content: &[u8]) -> bool {
        content.len() as u64 == self.size_bytes && hex(&Sha256::digest(content)) == self.sha256
    }
}

impl Evidence {
    /// Writes the bundle of a filed job over all files that are kept of it so far, and says where, relative to the root.
    pub async fn keep_receipt(
        &self,
        job: JobId,
        attempt: u32,
        statement: Value,
    ) -> Result<String, EvidenceError> {
        let mut places: Vec<Place> = self
            .of(job)
            .await?
            .iter()
            .filter_map(|path| Place::parse(path))
            .collect();
        places.retain(|place| place.name() != FILE || place.is_document());
        places.sort_by_key(|place| (place.attempt(), place.path()));
        let mut files = Vec::with_capacity(places.len());
        for place in places {
            if let Some(content) = self.content(&place).await? {
                let size = content.len() as u64;
                files.push((place.path(), size, hex(&Sha256::digest(content))));
            }
        }
        self.keep_json(job, attempt, RECEIPT, &Bundle::new(statement, files))
            .await
    }
}

/// Keys keep their order and numbers their digits when JSON is read here, so it is written as it was.
fn of_statement(statement: &Value) -> String {
    hex(&Sha256::digest(statement.to_string()))
}

fn next_link(link: &str, path: &str, size_bytes: u64, sha256: &str) -> String {
    hex(&Sha256::digest(format!(
        "{link}\n{path}\n{size_bytes}\n{sha256}"
    )))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;

    async fn bundle() -> (tempfile::TempDir, Vec<u8>) {
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path());
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        evidence
            .keep_text(job, 1, "call-log", "failed")
            .await
            .unwrap();
        evidence
            .keep_text(job, 2, "call-log", "clicked")
            .await
            .unwrap();
        let statement = json!({"receipt": {"b": "P-1", "a": 1.5}});
        // Written twice, it does not hold itself.
        for _ in 0..2 {
            let kept = evidence.keep_receipt(job, 2, statement.clone()).await;
            assert_eq!(kept.unwrap(), format!("{job}/2/receipt.json"));
        }
        let text = std::fs::read(root.path().join(format!("{job}/2/receipt.json"))).unwrap();
        (root, text)
    }

    #[tokio::test]
    async fn a_bundle_holds_the_hash_of_every_file_of_its_job() {
        let (_root, text) = bundle().await;
        let bundle = Bundle::read(&text).unwrap();
        let paths: Vec<_> = bundle.parts.iter().map(|part| &part.path[27..]).collect();
        assert_eq!(paths, ["1/call-log.txt", "2/call-log.txt"]);
        assert!(bundle.parts[0].is(b"failed") && !bundle.parts[0].is(b"Failed"));
        assert_eq!(bundle.statement["receipt"]["b"], "P-1");
    }

    #[tokio::test]
    async fn whatever_is_changed_in_a_bundle_shows() {
        let (_root, text) = bundle().await;
        let text = String::from_utf8(text).unwrap();
        let whole: Value = serde_json::from_str(&text).unwrap();
        let mut shorter = whole.clone();
        shorter["parts"].as_array_mut().unwrap().pop();
        let mut turned = whole.clone();
        turned["parts"].as_array_mut().unwrap().reverse();
        let changed = [
            text.replace("P-1", "P-2"),
            text.replace("2/call-log", "3/call-log"),
            text.replace("\"sizeBytes\": 6", "\"sizeBytes\": 7"),
            shorter.to_string(),
            turned.to_string(),
        ];
        for text in changed {
            let broken = Bundle::read(text.as_bytes()).unwrap_err();
            assert!(matches!(broken, Broken::Chain(_)), "{broken}: {text}");
        }
        let newer = text.replace("\"version\": 1", "\"version\": 2");
        assert_eq!(Bundle::read(newer.as_bytes()), Err(Broken::Unknown(2)));
        assert!(matches!(Bundle::read(b"{}"), Err(Broken::Unreadable(_))));
    }
}

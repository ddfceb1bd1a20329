//! From Chromium's description of a held request to ours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::types::CommitRequest;

/// `Fetch.requestPaused`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PausedParams {
    pub(crate) request_id: String,
    pub(crate) request: HttpRequest,
    #[serde(default)]
    pub(crate) frame_id: String,
    pub(crate) resource_type: String,
    pub(crate) response_error_reason: Option<String>,
    pub(crate) response_status_code: Option<u16>,
    #[serde(default)]
    pub(crate) response_status_text: String,
    #[serde(default)]
    pub(crate) response_headers: Vec<Header>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) value: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HttpRequest {
    pub(crate) url: String,
    #[serde(default)]
    url_fragment: String,
    pub(crate) method: String,
    post_data: Option<String>,
    #[serde(default)]
    post_data_entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    bytes: Option<String>,
}

impl PausedParams {
    pub(crate) fn is_response(&self) -> bool {
        self.response_status_code.is_some() || self.response_error_reason.is_some()
    }

    pub(crate) fn is_document(&self) -> bool {
        self.resource_type == "Document"
    }

    pub(crate) fn commit_request(&self, pattern: &str, source: String) -> CommitRequest {
        CommitRequest {
            pattern: pattern.to_owned(),
            method: self.request.method.clone(),
            url: format!("{}{}", self.request.url, self.request.url_fragment),
            body_sha256: self.request.fingerprint(),
            source,
        }
    }
}

impl HttpRequest {
    /// Of method, address and as much of the body as Chromium tells: file contents are not part of it.
    fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.method.as_bytes());
        hash.update([0]);
        hash.update(self.url.as_bytes());
        hash.update([0]);
        if self.post_data_entries.is_empty() {
            hash.update(self.post_data.as_deref().unwrap_or_default().as_bytes());
        }
        for entry in &self.post_data_entries {
            hash.update(
                STANDARD
                    .decode(entry.bytes.as_deref().unwrap_or_default())
                    .unwrap_or_default(),
            );
        }
        crate::text::hex(&hash.finalize())
    }
}

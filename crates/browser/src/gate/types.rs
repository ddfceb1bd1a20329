//! What a gate is asked, and what it says.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::glob::UrlGlob;

/// The most of an answer's body that is handed to a gate. An answer that says how a form was filed is a page or less.
pub const BODY_LIMIT_BYTES: usize = 2 * 1024 * 1024;

/// Which requests of a context are held, and who decides about them.
#[derive(Clone)]
pub struct GateOptions {
    /// The requests that file something.
    pub patterns: Vec<CommitPattern>,
    /// Who decides.
    pub gate: Arc<dyn CommitGate>,
}

impl fmt::Debug for GateOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("GateOptions")
            .field("patterns", &self.patterns)
            .finish_non_exhaustive()
    }
}

/// A request that files something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitPattern {
    /// The caller's name for it.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: UrlGlob,
}

impl CommitPattern {
    pub(crate) fn matches(&self, method: &str, url: &str) -> bool {
        self.method.eq_ignore_ascii_case(method) && self.url.matches(url)
    }
}

/// Decides about requests that file something. There is one implementation in production (the engine's) and one in
/// the tests of this crate.
///
/// A method that panics counts as a refusal.
#[async_trait::async_trait]
pub trait CommitGate: Send + Sync {
    /// May this request leave the browser? It is held until this returns.
    async fn request(&self, request: &CommitRequest) -> Verdict;

    /// The answer to a request that passed. The page gets it when this returns.
    ///
    /// An answer that is a redirect is given too: its body is empty, and the request that follows it is a new one.
    async fn response(&self, response: &CommitResponse);

    /// A request that passed got no answer that could be read: the connection was cut, or the page or the context
    /// closed before it came. Whether the portal got it is not known.
    async fn lost(&self, request: &CommitRequest, why: String);
}

/// A request that is held.
#[derive(Clone, PartialEq, Eq)]
pub struct CommitRequest {
    /// The pattern that it matches.
    pub pattern: String,
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// The fingerprint of method, address and body: SHA-256 in hexadecimal.
    pub body_sha256: String,
    /// Where it comes from: the page, frame or worker.
    pub source: String,
}

impl fmt::Debug for CommitRequest {
    /// Without the query, which may hold what was typed.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.split(['?', '#']).next().unwrap_or_default();
        write!(
            formatter,
            "{} {url} (pattern {}, from {})",
            self.method, self.pattern, self.source
        )
    }
}

/// The answer to a request that passed.
#[derive(Clone)]
pub struct CommitResponse {
    /// The request.
    pub request: CommitRequest,
    /// The HTTP status.
    pub status: u16,
    /// The words beside the status: some portals put their message there.
    pub status_text: String,
    /// The headers, names as they came.
    pub headers: Vec<(String, String)>,
    /// The body, cut at [`BODY_LIMIT_BYTES`].
    pub body: Bytes,
}

impl fmt::Debug for CommitResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} to {:?}, {} bytes",
            self.status,
            self.request,
            self.body.len()
        )
    }
}

/// What a gate decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may leave.
    Pass,
    /// It must not. The page sees a failed request.
    Refuse {
        /// Why, for the record.
        reason: String,
    },
}

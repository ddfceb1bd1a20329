//! The storage state: what makes a clone of a session.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::indexed_db::Database;

/// Cookies and storage of a context. It is a login: keep it like a password.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StorageState {
    /// All cookies, those that only the server sees and those that end with the browser too.
    pub cookies: Vec<Cookie>,
    /// Storage by origin.
    pub origins: Vec<OriginStorage>,
}

impl fmt::Debug for StorageState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "StorageState({} cookies, {} origins)",
            self.cookies.len(),
            self.origins.len()
        )
    }
}

/// A cookie, in the protocol's own words.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The host it is for; a leading dot means sub-domains too.
    pub domain: String,
    /// The path it is for.
    pub path: String,
    /// Seconds since 1970; nothing or -1 for a cookie that ends with the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<f64>,
    /// Scripts do not see it.
    #[serde(default)]
    pub http_only: bool,
    /// Only over TLS.
    #[serde(default)]
    pub secure: bool,
    /// `Strict`, `Lax` or `None`; nothing is the browser's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_site: Option<String>,
    /// The site it is kept apart for, if it was set in a frame of another one and asked for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_key: Option<CookiePartition>,
}

/// For whom a partitioned cookie is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CookiePartition {
    /// The site of the whole page.
    pub top_level_site: String,
    /// Whether a frame of another site was in between.
    pub has_cross_site_ancestor: bool,
}

impl fmt::Debug for Cookie {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Cookie({} of {})", self.name, self.domain)
    }
}

/// The storage of one origin.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginStorage {
    /// For example `https://a.example`.
    pub origin: String,
    /// `localStorage`.
    #[serde(default)]
    pub local_storage: Vec<(String, String)>,
    /// `sessionStorage` of its first tab.
    #[serde(default)]
    pub session_storage: Vec<(String, String)>,
    /// Its databases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexed_db: Vec<Database>,
}

impl fmt::Debug for OriginStorage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, session) = (self.local_storage.len(), self.session_storage.len());
        let databases = self.indexed_db.len();
        write!(
            formatter,
            "OriginStorage({}: {local} local, {session} session, {databases} databases)",
            self.origin
        )
    }
}

//! Patterns of addresses, as they are written in a portal definition.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A pattern of addresses: `*` stands for any run of characters, everything else for itself.
///
/// A pattern that begins with `/` is compared with the path at any origin. A pattern without `?` takes any query.
/// The fragment never counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UrlGlob(pub String);

impl UrlGlob {
    /// A pattern.
    pub fn new(glob: impl Into<String>) -> Self {
        Self(glob.into())
    }

    /// Whether an address matches.
    pub fn matches(&self, url: &str) -> bool {
        let url = url.split('#').next().unwrap_or_default();
        let url = if self.0.contains('?') {
            url
        } else {
            url.split('?').next().unwrap_or_default()
        };
        let subject = if self.0.starts_with('/') {
            path_of(url)
        } else {
            url
        };
        glob_matches(&self.0, subject)
    }

    /// The same in Chromium's notation, or more: what it lets through is compared again here.
    pub(crate) fn fetch_pattern(&self) -> String {
        let escaped = self.0.replace('\\', "\\\\").replace('?', "\\?");
        let prefix = if self.0.starts_with('/') { "*" } else { "" };
        format!("{prefix}{escaped}*")
    }
}

impl fmt::Display for UrlGlob {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn path_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else {
        return url;
    };
    rest.find('/').map_or("/", |start| &rest[start..])
}

/// Each literal part is taken at its first place after the one before, the last one at the end.
fn glob_matches(glob: &str, subject: &str) -> bool {
    let Some((head, tail)) = glob.split_once('*') else {
        return glob == subject;
    };
    let Some(mut rest) = subject.strip_prefix(head) else {
        return false;
    };
    let mut parts: Vec<&str> = tail.split('*').collect();
    let Some(last) = parts.pop() else { return true };
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_without_a_query_takes_any_query() {
        assert!(UrlGlob::new("https://a.example/save").matches("https://a.example/save?x=1#top"));
        assert!(!UrlGlob::new("https://a.example/save?x=2").matches("https://a.example/save?x=1"));
    }

    #[test]
    fn a_pattern_that_begins_with_a_slash_is_a_path_at_any_origin() {
        assert!(
            UrlGlob::new("/Motor/Save*")
                .matches("https://a.example:8443/Motor/SaveMotorIMD?q=/other")
        );
        assert!(!UrlGlob::new("/Motor/Save").matches("https://a.example/x/Motor/Save"));
        assert!(UrlGlob::new("/").matches("https://a.example"));
    }

    #[test]
    fn stars_match_runs_and_dots_only_themselves() {
        assert!(UrlGlob::new("https://*.example/*/end").matches("https://a.b.example/x/y/end"));
        assert!(!UrlGlob::new("https://a.example/").matches("https://aXexample/"));
        assert!(!UrlGlob::new("*ab*ba").matches("aba"));
        assert!(UrlGlob::new("*").matches(""));
    }

    #[test]
    fn chromium_never_sees_less_than_the_pattern() {
        assert_eq!(UrlGlob::new("/a?b").fetch_pattern(), r"*/a\?b*");
        assert_eq!(UrlGlob::new("https://x/*").fetch_pattern(), "https://x/**");
    }
}

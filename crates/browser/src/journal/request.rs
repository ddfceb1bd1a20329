//! A request and what became of it.

use serde::Serialize;

use crate::Sensitive;

/// A request and what became of it. Never its body, its headers, or what its query says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestLine {
    /// When it began, in milliseconds since the beginning of the journal.
    pub at_ms: u64,
    /// Such as `GET`.
    pub method: String,
    /// Origin and path.
    pub url: String,
    /// What it is for, such as `Document`, `XHR` or `Image`, in Chromium's words.
    pub kind: String,
    /// What became of it.
    pub end: RequestEnd,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "result")]
pub enum RequestEnd {
    /// It is on its way, or its answer is.
    Open {
        /// The answer's status, once it has come.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
    },
    /// It was answered.
    Answered {
        /// The answer's status.
        status: u16,
        /// From its beginning to the last byte.
        duration_ms: u64,
        /// What came over the wire; nothing where that is not told.
        #[serde(skip_serializing_if = "Option::is_none")]
        size_bytes: Option<u64>,
    },
    /// It failed.
    Failed {
        /// Such as `net::ERR_CONNECTION_REFUSED`.
        reason: String,
        /// From its beginning to its end.
        duration_ms: u64,
    },
}

/// No path of a portal is longer.
const LONGEST_CHARACTERS: usize = 1_000;

impl RequestLine {
    pub(super) fn redact(&mut self, sensitive: &Sensitive) {
        self.url = blanked_place(&self.url, sensitive);
        self.method = sensitive.redact(&self.method);
    }
}

/// Origin and path of an address; only the scheme of one that is no place.
pub(super) fn place_of(url: &str) -> String {
    let Ok(parsed) = url::Url::parse(url) else {
        return String::new();
    };
    if !matches!(parsed.scheme(), "http" | "https" | "ws" | "wss") {
        return format!("{}:", parsed.scheme());
    }
    let origin = parsed.origin().ascii_serialization();
    let path: String = parsed.path().chars().take(LONGEST_CHARACTERS).collect();
    format!("{origin}{path}")
}

/// The same with each part of the path blanked that holds a sensitive value, percent-encoded or not.
pub(super) fn blanked_place(place: &str, sensitive: &Sensitive) -> String {
    let parts = place.split('/').map(|part| {
        let pairs = format!("={}", part.replace('+', "%2B"));
        let plain = url::form_urlencoded::parse(pairs.as_bytes()).next();
        let plain = plain
            .map(|(_, plain)| plain.into_owned())
            .unwrap_or_default();
        if sensitive.shows(part) || sensitive.shows(&plain) {
            "▒▒▒"
        } else {
            part
        }
    });
    let blanked = parts.collect::<Vec<_>>().join("/");
    // A value that is spread over several parts.
    if sensitive.shows(&blanked) {
        return sensitive.redact(&blanked);
    }
    blanked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kf43_a_place_has_no_query_no_user_and_no_value() {
        let sensitive = Sensitive {
            values: vec!["Asha Example".to_owned(), "9876501234".to_owned()],
        };
        let cases = [
            (
                "https://u:p@a.example:444/x/y?q=Asha#z",
                "https://a.example:444/x/y",
            ),
            (
                "http://a.example/of/Asha%20Example/9876501234",
                "http://a.example/of/▒▒▒/▒▒▒",
            ),
            (
                "http://a.example/of/asha/example",
                "http://a.example/of/▒▒▒",
            ),
            ("data:text/html,Asha Example", "data:"),
            ("blob:http://a.example/1", "blob:"),
            ("nonsense", ""),
        ];
        for (url, place) in cases {
            assert_eq!(blanked_place(&place_of(url), &sensitive), place, "{url}");
        }
    }
}

//! How an input is written.

use std::path::Path;

/// How an input is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object or an array of them.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A table with a header line.
    Csv,
}

impl Format {
    /// What the name of a file says.
    pub fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The media type of a request.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Jsonl => "application/x-ndjson",
            Self::Csv => "text/csv",
        }
    }

    /// What a media type says; parameters such as the character set are left aside.
    pub fn of_media_type(text: &str) -> Option<Self> {
        let bare = text.split(';').next().unwrap_or_default().trim();
        [Self::Json, Self::Jsonl, Self::Csv]
            .into_iter()
            .find(|format| bare.eq_ignore_ascii_case(format.media_type()))
    }
}

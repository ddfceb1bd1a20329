//! What is wrong with a configuration, and where.

use std::{fmt::Write as _, ops::Range, path::PathBuf};

use thiserror::Error;

/// The configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file's text is not as it should be.
    #[error("{}:{line}:{column}: {message}\n{shown}", file.display())]
    Malformed {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// What is wrong and what would be right.
        message: String,
        /// The line itself, marked.
        shown: String,
    },
    /// Two values do not go together.
    #[error("{file}: {message}")]
    Contradiction {
        /// The file, or `the defaults`.
        file: String,
        /// What does not go together.
        message: String,
    },
}

impl ConfigError {
    /// Places an error of the TOML reader in its file.
    pub(super) fn malformed(file: PathBuf, text: &str, error: &toml::de::Error) -> Self {
        let span = error.span().unwrap_or(0..0);
        let start = floor(text, span.start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        let line = before.matches('\n').count() + 1;
        let column = text[line_start..start].chars().count() + 1;
        let message = error.message().trim().replace('\n', ", ");
        let shown = show_line(text, line, line_start, start..floor(text, span.end));
        Self::Malformed {
            file,
            line,
            column,
            message,
            shown,
        }
    }
}

/// The line with a mark below. What looks like a secret is left out: the message may end up in a log.
fn show_line(text: &str, line: usize, line_start: usize, span: Range<usize>) -> String {
    let whole = text[line_start..].lines().next().unwrap_or_default();
    let (key, _) = whole.split_once('=').unwrap_or((whole, ""));
    // In the whole line, as a table within it has keys of its own; and a service's address may hold its key.
    let words = whole.to_ascii_lowercase().replace(' ', "");
    let secret = [
        "pass",
        "secret",
        "token",
        "hash",
        "totp",
        "one_time_code",
        "http=",
        "mongodb",
    ]
    .iter()
    .any(|word| words.contains(word));
    let visible = if secret && whole.contains('=') {
        format!("{key}= …")
    } else {
        whole.to_owned()
    };
    let indent = text[line_start..span.start].chars().count();
    let room = visible.chars().count().saturating_sub(indent);
    let width = text[span]
        .chars()
        .take_while(|c| *c != '\n')
        .count()
        .clamp(1, room.max(1));
    let gutter = line.to_string().len();
    let mut shown = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(shown, "{:gutter$} |", "");
    let _ = writeln!(shown, "{line} | {visible}");
    let _ = write!(
        shown,
        "{:gutter$} | {:indent$}{}",
        "",
        "",
        "^".repeat(width)
    );
    shown
}

fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

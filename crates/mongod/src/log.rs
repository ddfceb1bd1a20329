//! The server's log file: what it printed, never shown unless it failed to start.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Enough for the reason of a failed start.
const LINES: usize = 10;

/// More than the server writes while it starts, and little enough to be read at once.
const READ_LIMIT_BYTES: u64 = 1 << 20;

/// One line a message, each a JSON object with its severity in `s`. Errors and fatal errors:
const SEVERE: [&str; 2] = [r#""s":"E""#, r#""s":"F""#];

/// The log of one run of the server. The runs of one folder share a file.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    begins_at: u64,
}

impl Log {
    /// Opens the file for a new run and gives what the run writes to.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, File)> {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(path)?;
        let log = Self {
            path: path.to_owned(),
            begins_at: file.metadata()?.len(),
        };
        Ok((log, file))
    }

    /// The lines of this run that say why it failed, or else its last ones: a server that gives up goes on to tell at length
    /// how it shuts down.
    pub(crate) fn reason(&self) -> String {
        match self.read() {
            Ok(text) => reason(&text),
            Err(error) => format!("{} cannot be read: {error}", self.path.display()),
        }
    }

    fn read(&self) -> io::Result<String> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.begins_at))?;
        let mut bytes = Vec::new();
        file.take(READ_LIMIT_BYTES).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn reason(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_severe = |line: &&str| SEVERE.iter().any(|severity| line.contains(severity));
    let severe: Vec<&str> = lines.iter().copied().filter(is_severe).collect();
    let chosen = if severe.is_empty() { lines } else { severe };
    chosen[chosen.len().saturating_sub(LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn errors_are_the_reason_and_without_any_the_last_lines() {
        let plain: Vec<String> = (0..20)
            .map(|n| format!(r#"{{"s":"I","msg":"{n}"}}"#))
            .collect();
        assert_eq!(reason(&plain.join("\n")), plain[10..].join("\n"));
        let error = r#"{"s":"E","msg":"Failed to set up listener"}"#;
        let text = format!("{}\n{error}\n{}", plain[0], plain[1..].join("\n"));
        assert_eq!(reason(&text), error);
        assert_eq!(reason(""), "");
    }
}

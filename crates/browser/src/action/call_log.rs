//! What was tried, for the person who reads the error. Never holds what was typed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Enough to see a pattern; a page that moves for minutes must not fill the memory.
const LINES_LIMIT: usize = 40;

/// What was tried, oldest first. Repeated lines are kept once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallLog {
    lines: Vec<String>,
}

impl CallLog {
    /// The lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    pub(crate) fn add(&mut self, line: impl Into<String>) {
        let line = line.into();
        if self.lines.last() == Some(&line) {
            return;
        }
        if self.lines.len() == LINES_LIMIT {
            // The first lines say how it began and the last how it ended.
            self.lines.remove(LINES_LIMIT / 2);
        }
        self.lines.push(line);
    }

    pub(crate) fn extend(&mut self, lines: Vec<String>) {
        for line in lines {
            self.add(line);
        }
    }
}

impl fmt::Display for CallLog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(formatter, "  - {line}")?;
        }
        Ok(())
    }
}

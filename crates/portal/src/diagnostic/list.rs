//! All that was found, as text for a person.

use std::{fmt, path::PathBuf};

use thiserror::Error;

use super::{Files, Span};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file.
    pub file: PathBuf,
    /// Its line, counted from 1; 0 if it concerns the whole file.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
    /// The line itself.
    pub text: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(files: &Files, span: Span, message: String, help: Option<String>) -> Self {
        Self {
            file: files.path(span.file),
            line: span.line,
            column: span.column,
            text: files.line(span),
            message,
            help,
        }
    }
}

/// A longer line is cut around the place that is meant: the caret must stay under it.
const WIDEST: usize = 120;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        if self.line == 0 {
            writeln!(f, "  --> {}", self.file.display())?;
        } else {
            let number = self.line.to_string();
            let gutter = " ".repeat(number.len());
            let column = (self.column as usize).saturating_sub(1);
            let skipped = column.saturating_sub(WIDEST / 2);
            let shown: String = self
                .text
                .chars()
                .skip(skipped)
                .take(WIDEST)
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            writeln!(
                f,
                "{gutter}--> {}:{}:{}",
                self.file.display(),
                self.line,
                self.column
            )?;
            writeln!(f, "{gutter} |")?;
            writeln!(f, "{}", format!("{number} | {shown}").trim_end())?;
            writeln!(f, "{gutter} | {}^", " ".repeat(column - skipped))?;
        }
        if let Some(help) = &self.help {
            writeln!(f, "  help: {help}")?;
        }
        Ok(())
    }
}

/// Everything that is wrong with a definition, in the order of its places.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

//! Why a value could not be made.

use thiserror::Error;

/// A value could not be made from the record. Says what is missing, never what the rest of the record holds.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ValueError {
    /// The template or expression is not well formed.
    #[error("is not a valid {what}: {message}")]
    Syntax {
        /// `template` or `expression`.
        what: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// Something that it needs is not there. Nothing stands in for it.
    #[error("needs {name}, which is missing")]
    Missing {
        /// Its name where it is known, such as `record.middleName`.
        name: String,
    },
    /// A code list has no such word.
    #[error("{word:?} is not a word of the code list `{list}`; {valid}")]
    Unmapped {
        /// The list.
        list: String,
        /// The word, cut to a readable length.
        word: String,
        /// What would be right: the nearest words or some of them.
        valid: String,
    },
    /// A text is not a date.
    #[error("needs a date such as 31-12-1990 (day-month-year) or 1990-12-31")]
    NotADate,
    /// An expression gave something else than it is asked for.
    #[error("must give {expected}, and gives {found}")]
    Kind {
        /// What is expected.
        expected: &'static str,
        /// What kind of value it gave.
        found: String,
    },
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl ValueError {
    /// Finds the reason in an error of the template engine.
    pub(super) fn from_engine(error: &minijinja::Error, what: &'static str, source: &str) -> Self {
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            if let Some(found) = inner.downcast_ref::<Self>() {
                return found.clone();
            }
            cause = inner.source();
        }
        match error.kind() {
            minijinja::ErrorKind::SyntaxError => Self::Syntax {
                what,
                message: error.detail().unwrap_or("syntax error").to_owned(),
            },
            minijinja::ErrorKind::UndefinedError => Self::Missing {
                name: format!("a value in `{source}`"),
            },
            _ => Self::Other(format!(
                "{} in `{source}`",
                error.detail().unwrap_or("cannot be evaluated")
            )),
        }
    }

    pub(super) fn into_engine(self) -> minijinja::Error {
        minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, self.to_string())
            .with_source(self)
    }
}

//! Why a call got no result.

/// Why a protocol call got no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The browser is gone: its process died or its pipe closed.
    #[error("the browser is gone")]
    Closed,
    /// The page or worker that the call was for is gone or has crashed.
    #[error("the target of {method} is gone")]
    SessionGone {
        /// The protocol method.
        method: String,
    },
    /// Chromium refused the call.
    #[error("{method} was refused: {message} ({code})")]
    Refused {
        /// The protocol method.
        method: String,
        /// Chromium's code.
        code: i64,
        /// Chromium's words.
        message: String,
    },
    /// The result is not what the protocol promises.
    #[error("{method} answered with something else than expected: {detail}")]
    Unexpected {
        /// The protocol method.
        method: String,
        /// What was wrong.
        detail: String,
    },
}

impl CallError {
    /// Whether the document that the call was for has gone: navigated away, or its frame was removed.
    pub fn is_context_lost(&self) -> bool {
        let Self::Refused { message, .. } = self else {
            return false;
        };
        [
            "Cannot find context",
            "context was destroyed",
            "navigated or closed",
            "Cannot find default execution",
        ]
        .iter()
        .chain(&[
            "No frame",
            "Frame with the given id",
            "frame was detached",
            "uniqueContextId not found",
        ])
        .any(|known| message.contains(known))
    }

    pub(crate) fn unexpected(method: &str, detail: impl std::fmt::Display) -> Self {
        Self::Unexpected {
            method: method.to_owned(),
            detail: detail.to_string(),
        }
    }
}

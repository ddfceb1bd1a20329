//! Why the steps ended before their end. What happens next is chosen here, where the knowledge is.

use formhand_browser::{ActError, ActErrorKind, PageError, WaitError};
use formhand_domain::{Failure, FailureCode};
use formhand_portal::value::ValueError;

use crate::{submit::WriteError, takeover::GivenUp};

/// Why the steps ended.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The attempt failed.
    Failed(Box<Failed>),
    /// The portal no longer knows the session. Before the commit, a fresh clone may go on.
    SessionGone,
    /// The portal refused the form, and that is recorded: the job has ended.
    Rejected,
    /// The lease is over: nothing may be written any more.
    LeaseLost,
    /// The server shuts down, and nothing was submitted yet.
    Drained,
    /// A person had the page and left it, not as it was.
    Left,
    /// A person had the page and gave up.
    GivenUp(Box<GivenUp>),
}

/// A failure and what was tried before it.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    /// The call log; it holds no values.
    pub(crate) log: String,
}

impl Stop {
    pub(crate) fn failed(code: FailureCode, message: impl Into<String>) -> Self {
        Failure::new(code, message).into()
    }

    /// The same, with what was tried before it.
    pub(crate) fn with_log(mut self, log: String) -> Self {
        if let Self::Failed(failed) = &mut self {
            failed.log = log;
        }
        self
    }

    /// The same, told to be of this step unless an inner step said so already.
    pub(crate) fn at_step(mut self, name: &str) -> Self {
        if let Self::Failed(failed) = &mut self
            && failed.failure.step.is_none()
        {
            failed.failure.step = Some(name.to_owned());
        }
        self
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(Box::new(Failed {
            failure,
            log: String::new(),
        }))
    }
}

impl From<ActError> for Stop {
    fn from(error: ActError) -> Self {
        let code = match &error.kind {
            ActErrorKind::TimedOut { .. } | ActErrorKind::ContextLost => FailureCode::StepTimedOut,
            ActErrorKind::Ambiguous { .. } | ActErrorKind::Disagree => FailureCode::PageChanged,
            ActErrorKind::NotOffered { .. } => FailureCode::NotOffered,
            ActErrorKind::NotTaken { .. } | ActErrorKind::NotClicked { .. } => {
                FailureCode::FormNotTaken
            }
            ActErrorKind::PageCrashed | ActErrorKind::BrowserGone | ActErrorKind::ContextClosed => {
                FailureCode::BrowserCrashed
            }
            _ => FailureCode::DefinitionError,
        };
        let log = error.call_log.to_string();
        let mut failure = Failure::new(code, error.to_string());
        if let ActErrorKind::NotOffered { offered, .. } = &error.kind {
            // A list that is empty may be one that has not come: that says nothing of the record.
            failure.retryable = offered.is_empty();
        }
        Self::Failed(Box::new(Failed { failure, log }))
    }
}

impl From<WaitError> for Stop {
    fn from(error: WaitError) -> Self {
        let code = match &error {
            WaitError::TimedOut { .. } => FailureCode::StepTimedOut,
            WaitError::Invalid { .. } => FailureCode::DefinitionError,
            WaitError::PageCrashed | WaitError::BrowserGone | WaitError::Closed => {
                FailureCode::BrowserCrashed
            }
            _ => FailureCode::PageChanged,
        };
        if let WaitError::TimedOut { call_log, .. } = &error {
            return Self::failed(code, error.to_string()).with_log(call_log.to_string());
        }
        Self::failed(code, error.to_string())
    }
}

impl From<PageError> for Stop {
    fn from(error: PageError) -> Self {
        let code = match &error {
            PageError::TimedOut { .. } => FailureCode::StepTimedOut,
            PageError::OriginRefused { .. } => FailureCode::DefinitionError,
            PageError::NotReached { .. } => FailureCode::Network,
            _ => FailureCode::BrowserCrashed,
        };
        Self::failed(code, error.to_string())
    }
}

impl From<ValueError> for Stop {
    fn from(error: ValueError) -> Self {
        let code = match &error {
            ValueError::Unmapped { .. } => FailureCode::UnmappedValue,
            _ => FailureCode::DefinitionError,
        };
        Self::failed(code, error.to_string())
    }
}

impl From<WriteError> for Stop {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::LeaseLost(_) => Self::LeaseLost,
            WriteError::LeaseTooShort(message) => Self::failed(FailureCode::LeaseTooShort, message),
            WriteError::Refused(message) | WriteError::Store(message) => {
                Self::failed(FailureCode::Internal, message)
            }
        }
    }
}

//! What a script of ours says it did.

use serde::Deserialize;
use serde_json::Value;

use super::error::ActErrorKind;
use super::kind::Done;
use crate::frame::ScriptError;

#[derive(Debug, Deserialize)]
pub(crate) struct Outcome {
    #[serde(default)]
    pub(crate) fail: Option<Fail>,
    #[serde(default)]
    pub(crate) log: Vec<String>,
    #[serde(default)]
    pub(crate) done: Vec<Change>,
    #[serde(default)]
    values: Vec<Option<String>>,
    #[serde(default)]
    pub(crate) token: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Change {
    value: Option<String>,
    changed: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Fail {
    #[serde(default)]
    index: usize,
    #[serde(flatten)]
    kind: FailKind,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum FailKind {
    TimedOut {
        state: String,
    },
    Ambiguous {
        count: usize,
    },
    Disagree,
    NotOffered {
        wanted: String,
        offered: Vec<String>,
    },
    NotTaken {
        expected: String,
        found: String,
    },
    NotClicked {
        what: String,
    },
    Invalid {
        what: String,
    },
}

impl Outcome {
    pub(crate) fn parse(value: Value) -> Result<Self, (usize, ActErrorKind)> {
        serde_json::from_value(value).map_err(|error| {
            (
                0,
                ActErrorKind::Protocol {
                    detail: error.to_string(),
                },
            )
        })
    }

    pub(crate) fn failure(&mut self) -> Option<(usize, ActErrorKind)> {
        self.fail.take().map(|fail| (fail.index, fail.kind.into()))
    }

    pub(crate) fn into_done(mut self) -> Result<Vec<Done>, (usize, ActErrorKind)> {
        match self.failure() {
            Some(failure) => Err(failure),
            None => Ok(self
                .done
                .into_iter()
                .map(|Change { value, changed }| Done { value, changed })
                .collect()),
        }
    }

    pub(crate) fn into_values(mut self) -> Result<Vec<Option<String>>, (usize, ActErrorKind)> {
        self.failure().map_or(Ok(self.values), Err)
    }

    pub(crate) fn into_token(mut self) -> Result<String, (usize, ActErrorKind)> {
        let missing = || {
            (
                0,
                ActErrorKind::Protocol {
                    detail: "the script named no element".to_owned(),
                },
            )
        };
        self.failure()
            .map_or_else(|| self.token.ok_or_else(missing), Err)
    }
}

impl From<FailKind> for ActErrorKind {
    fn from(kind: FailKind) -> Self {
        match kind {
            FailKind::TimedOut { state } => Self::TimedOut { waiting_for: state },
            FailKind::Ambiguous { count } => Self::Ambiguous { count },
            FailKind::Disagree => Self::Disagree,
            FailKind::NotOffered { wanted, offered } => Self::NotOffered { wanted, offered },
            FailKind::NotTaken { expected, found } => Self::NotTaken { expected, found },
            FailKind::NotClicked { what } => Self::NotClicked { what },
            FailKind::Invalid { what } => Self::Invalid { what },
        }
    }
}

impl ActErrorKind {
    pub(crate) fn from_script(error: ScriptError, waiting_for: &str) -> Self {
        match error {
            ScriptError::ContextLost => Self::ContextLost,
            ScriptError::Hung => Self::TimedOut {
                waiting_for: format!("{waiting_for}: the page does not answer"),
            },
            ScriptError::Threw(what) => Self::Invalid { what },
            ScriptError::Page(error) => error.into(),
        }
    }
}

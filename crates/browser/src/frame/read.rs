//! `Frame::read`: what elements hold, many in one trip.

use std::time::Duration;

use serde_json::{Value, json};

use super::handle::Frame;
use crate::action::{ActError, ActErrorKind, CallLog, Outcome, Target};
use crate::deadline::Deadline;

/// Reading does not wait for anything, so this is only for a page that hangs.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Of which element.
    pub target: Target,
    /// What.
    pub what: ReadWhat,
}

/// What to read of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadWhat {
    /// The value of a form control.
    Value,
    /// Its text, white space collapsed.
    Text,
    /// `true` or `false`.
    Checked,
    /// An attribute; for `href` and `src` the whole address.
    Attribute(String),
    /// The text of the option that is chosen in a native list.
    OptionText,
    /// The texts of all visible elements of the target, one a line. Several matches are no error here.
    AllText,
}

impl Read {
    pub(super) fn to_script(&self) -> Value {
        let (what, name) = match &self.what {
            ReadWhat::Value => ("value", ""),
            ReadWhat::Text => ("text", ""),
            ReadWhat::Checked => ("checked", ""),
            ReadWhat::Attribute(name) => ("attribute", name.as_str()),
            ReadWhat::OptionText => ("option_text", ""),
            ReadWhat::AllText => ("all_text", ""),
        };
        json!({"target": self.target.to_script(), "what": what, "name": name})
    }
}

impl Frame {
    /// Reads elements as they are now. One that is not there is `None`; several matches are an error.
    pub async fn read(&self, reads: &[Read]) -> Result<Vec<Option<String>>, ActError> {
        let deadline = Deadline::after(ANSWER_LIMIT);
        let list: Value = reads.iter().map(Read::to_script).collect();
        let outcome = loop {
            match self.script("read", vec![list.clone()], deadline).await {
                Err(super::ScriptError::ContextLost)
                    if self.is_there(deadline).await.is_some() && !deadline.has_passed() => {}
                outcome => break outcome,
            }
        };
        let label = |at: usize| {
            reads
                .get(at)
                .map(|read| read.target.to_string())
                .unwrap_or_default()
        };
        let value = outcome.map_err(|error| ActError {
            kind: ActErrorKind::from_script(error, "the page to answer"),
            at: 0,
            label: label(0),
            call_log: CallLog::default(),
        })?;
        Outcome::parse(value)
            .and_then(Outcome::into_values)
            .map_err(|(at, kind)| ActError {
                kind,
                at,
                label: label(at),
                call_log: CallLog::default(),
            })
    }
}

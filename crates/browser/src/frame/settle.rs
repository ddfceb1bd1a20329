//! Waiting until a document is what its scripts make of it.

use serde_json::json;

use super::{Frame, ScriptError};
use crate::deadline::Deadline;
use crate::page::PageError;

const WAITING_FOR: &str = "the scripts of the document to have run";

impl Frame {
    /// Waits until the scripts that its document comes with have run. If it goes on to another document, to those of
    /// that one.
    pub async fn settled(&self, deadline: Deadline) -> Result<(), PageError> {
        loop {
            let arguments = vec![json!(deadline.remaining_ms())];
            match self.script_beside("settle", arguments, deadline).await {
                Ok(settled) if settled == true => return Ok(()),
                Ok(_) => {
                    return Err(PageError::TimedOut {
                        waiting_for: WAITING_FOR.to_owned(),
                    });
                }
                Err(ScriptError::ContextLost) if !deadline.has_passed() => {}
                Err(error) => return Err(error.in_page(self.shared(), WAITING_FOR)),
            }
        }
    }
}

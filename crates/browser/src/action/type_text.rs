//! Filling a field key by key, and pressing single keys on an element.

use serde_json::{Value, json};

use super::call_log::CallLog;
use super::error::ActErrorKind;
use super::kind::Done;
use super::outcome::Outcome;
use super::target::Target;
use crate::deadline::Deadline;
use crate::frame::Frame;

impl Frame {
    /// Types a text into an emptied field and reads it back.
    pub(crate) async fn type_text(
        &self,
        target: &Target,
        value: &str,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Done, ActErrorKind> {
        let token = self.focus(target, true, log, deadline).await?;
        self.replace_by_keys(value, deadline).await?;
        let arguments = vec![json!(token), json!(value)];
        self.finish("typed", arguments, log, deadline).await
    }

    /// Presses a key while an element has the focus.
    pub(crate) async fn press(
        &self,
        target: &Target,
        key: &str,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        self.focus(target, false, log, deadline).await?;
        match self.press_key(key, deadline).await {
            // A key can submit a form and close its page.
            Err(ActErrorKind::ContextLost) => Ok(()),
            result => result,
        }
    }

    /// Gives an element the focus, with its text selected if it is to be replaced.
    pub(crate) async fn focus(
        &self,
        target: &Target,
        edit: bool,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<String, ActErrorKind> {
        loop {
            let arguments = vec![
                target.to_script(),
                json!(edit),
                json!(deadline.remaining_ms()),
            ];
            let value = self.script("focus", arguments, deadline).await;
            let found =
                value.map_err(|error| ActErrorKind::from_script(error, "the page to answer"));
            let found = found.and_then(|value| Outcome::parse(value).map_err(|(_, kind)| kind));
            match found {
                Ok(mut outcome) => {
                    log.extend(std::mem::take(&mut outcome.log));
                    return outcome.into_token().map_err(|(_, kind)| kind);
                }
                Err(ActErrorKind::ContextLost) if self.goes_on(deadline, log).await => {}
                Err(kind) => return Err(kind),
            }
        }
    }

    /// Types over the selected text. An empty text deletes it.
    pub(crate) async fn replace_by_keys(
        &self,
        value: &str,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        if value.is_empty() {
            self.press_key("Delete", deadline).await
        } else {
            self.type_keys(value, deadline).await
        }
    }

    /// Runs a function that ends an act and says what the field holds.
    pub(crate) async fn finish(
        &self,
        name: &'static str,
        arguments: Vec<Value>,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Done, ActErrorKind> {
        let value = self.script(name, arguments, deadline).await;
        let value =
            value.map_err(|error| ActErrorKind::from_script(error, "the page to answer"))?;
        let mut outcome = Outcome::parse(value).map_err(|(_, kind)| kind)?;
        log.extend(std::mem::take(&mut outcome.log));
        let mut done = outcome.into_done().map_err(|(_, kind)| kind)?;
        Ok(done.pop().unwrap_or_default())
    }
}

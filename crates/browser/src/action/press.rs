//! Pressing a key on an element.

use serde_json::json;

use super::call_log::CallLog;
use super::error::ActErrorKind;
use super::kind::Done;
use super::outcome::Outcome;
use super::target::Target;
use crate::deadline::Deadline;
use crate::frame::Frame;

impl Frame {
    /// Presses a key while an element has the focus.
    pub(super) async fn press(
        &self,
        target: &Target,
        key: &str,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Done, ActErrorKind> {
        self.focus(target, log, deadline).await?;
        let pressed = self.press_key(key)?;
        match self.keys_taken(pressed, deadline).await {
            // A key can submit a form and close its page.
            Ok(()) | Err(ActErrorKind::ContextLost) => Ok(Done {
                value: None,
                changed: true,
            }),
            Err(kind) => Err(kind),
        }
    }

    async fn focus(
        &self,
        target: &Target,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        loop {
            let arguments = vec![target.to_script(), json!(deadline.remaining_ms())];
            let value = self.script("focused", arguments, deadline).await;
            let found =
                value.map_err(|error| ActErrorKind::from_script(error, "the page to answer"));
            let found = found.and_then(|value| Outcome::parse(value).map_err(|(_, kind)| kind));
            match found {
                Ok(mut outcome) => {
                    log.extend(std::mem::take(&mut outcome.log));
                    return outcome.failure().map_or(Ok(()), |(_, kind)| Err(kind));
                }
                Err(ActErrorKind::ContextLost) if self.goes_on(deadline, log).await => {}
                Err(kind) => return Err(kind),
            }
        }
    }
}

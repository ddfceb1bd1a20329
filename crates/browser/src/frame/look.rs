//! `Frame::holds`, `Frame::read_there` and `Frame::image`: what is there now, and pictures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::condition::Condition;
use super::handle::Frame;
use super::read::Read;
use crate::action::{ActError, ActErrorKind, CallLog, Outcome, Target};
use crate::deadline::Deadline;

impl Frame {
    /// The document that is in the frame now, by Chromium's id. Another one after each navigation.
    pub fn document(&self) -> Option<String> {
        self.shared()
            .frame(&self.id)
            .map(|frame| frame.loader)
            .filter(|loader| !loader.is_empty())
    }

    /// The first of several conditions that holds at this moment, without waiting for any.
    ///
    /// For looking only: a condition that several elements fit counts as holding.
    pub async fn holds(
        &self,
        conditions: &[Condition],
        deadline: Deadline,
    ) -> Result<Option<usize>, ActError> {
        let facts = self.facts(conditions);
        let answer = self.script("holdsNow", vec![facts], deadline).await;
        let answer = answer.map_err(|error| ActError {
            kind: ActErrorKind::from_script(error, "the page to answer"),
            at: 0,
            label: conditions
                .first()
                .map(ToString::to_string)
                .unwrap_or_default(),
            call_log: CallLog::default(),
        })?;
        Ok(answer["index"]
            .as_u64()
            .and_then(|index| usize::try_from(index).ok()))
    }

    /// Reads an element, seen or not, once it is there; nothing where it has no such attribute.
    pub async fn read_there(
        &self,
        read: &Read,
        deadline: Deadline,
    ) -> Result<Option<String>, ActError> {
        let target = &read.target;
        let what = read.to_script();
        let outcome = self.looked("readThere", target, &what, deadline).await?;
        let values = outcome.into_values();
        let values = values.map_err(|(_, kind)| failed(target, kind))?;
        Ok(values.into_iter().flatten().next())
    }

    /// The picture of an `img` element in its own size, as PNG, once it is loaded.
    pub async fn image(&self, target: &Target, deadline: Deadline) -> Result<Vec<u8>, ActError> {
        let what = target.to_script();
        let outcome = self.looked("image", target, &what, deadline).await?;
        let text = outcome
            .into_token()
            .map_err(|(_, kind)| failed(target, kind))?;
        STANDARD.decode(text).map_err(|error| {
            failed(
                target,
                ActErrorKind::Protocol {
                    detail: error.to_string(),
                },
            )
        })
    }

    /// Runs one of these scripts, again in the next document if one comes meanwhile.
    async fn looked(
        &self,
        name: &'static str,
        target: &Target,
        what: &Value,
        deadline: Deadline,
    ) -> Result<Outcome, ActError> {
        loop {
            let arguments = vec![what.clone(), json!(deadline.remaining_ms())];
            match self.script(name, arguments, deadline).await {
                Ok(value) => {
                    return Outcome::parse(value).map_err(|(_, kind)| failed(target, kind));
                }
                Err(super::ScriptError::ContextLost)
                    if self.is_there(deadline).await.is_some() && !deadline.has_passed() => {}
                Err(error) => {
                    return Err(failed(
                        target,
                        ActErrorKind::from_script(error, "the element"),
                    ));
                }
            }
        }
    }
}

fn failed(target: &Target, kind: ActErrorKind) -> ActError {
    ActError {
        kind,
        at: 0,
        label: target.to_string(),
        call_log: CallLog::default(),
    }
}

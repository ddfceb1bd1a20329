//! Files in a file field.

use std::path::PathBuf;

use serde_json::json;

use super::call_log::CallLog;
use super::error::ActErrorKind;
use super::kind::Done;
use super::outcome::Outcome;
use super::target::Target;
use crate::deadline::Deadline;
use crate::frame::Frame;

impl Frame {
    pub(crate) async fn upload(
        &self,
        target: &Target,
        files: &[PathBuf],
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Done, ActErrorKind> {
        // Chromium takes a path that does not exist and fails only when the form is sent.
        if let Some(missing) = files.iter().find(|file| !file.is_file()) {
            return Err(ActErrorKind::Invalid {
                what: format!("there is no file {}", missing.display()),
            });
        }
        let arguments = vec![target.to_script(), json!(deadline.remaining_ms())];
        let value = self.script("findFile", arguments, deadline).await;
        let value = value.map_err(|error| ActErrorKind::from_script(error, "the file field"))?;
        let mut outcome = Outcome::parse(value).map_err(|(_, kind)| kind)?;
        log.extend(std::mem::take(&mut outcome.log));
        let token = outcome.into_token().map_err(|(_, kind)| kind)?;
        let object = self
            .script_for_object("held", vec![json!(token)], deadline)
            .await;
        let object = object.map_err(|error| ActErrorKind::from_script(error, "the file field"))?;
        let object = object.ok_or(ActErrorKind::ContextLost)?;
        let session = self
            .shared()
            .frame(&self.id)
            .map(|frame| frame.session)
            .ok_or(ActErrorKind::ContextLost)?;
        let params = json!({"files": files, "objectId": object});
        let set = self
            .shared()
            .send(&session, "DOM.setFileInputFiles", params);
        match tokio::time::timeout_at(deadline.hung_at(), set).await {
            Err(_) => {
                return Err(ActErrorKind::TimedOut {
                    waiting_for: "the page to take the files".to_owned(),
                });
            }
            Ok(result) => result.map_err(|error| self.shared().explain(error))?,
        };
        let names: Vec<_> = files
            .iter()
            .filter_map(|file| file.file_name())
            .map(|name| name.to_string_lossy())
            .collect();
        let arguments = vec![json!(token), json!(names)];
        let value = self.script("uploaded", arguments, deadline).await;
        let value = value.map_err(|error| ActErrorKind::from_script(error, "the file field"))?;
        let mut outcome = Outcome::parse(value).map_err(|(_, kind)| kind)?;
        log.extend(std::mem::take(&mut outcome.log));
        let mut done = outcome.into_done().map_err(|(_, kind)| kind)?;
        Ok(done.pop().unwrap_or_default())
    }
}

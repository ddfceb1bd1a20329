//! Lists that a script draws: the one wanted item is clicked, or none.

use serde_json::json;

use super::call_log::CallLog;
use super::click::Mouse;
use super::error::ActErrorKind;
use super::kind::Done;
use super::target::{Locator, Target, TextMatch};
use crate::deadline::Deadline;
use crate::frame::Frame;

impl Frame {
    /// Opens a list with a click and clicks the item with this text.
    pub(crate) async fn pick(
        &self,
        target: &Target,
        list: &Locator,
        option: &str,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Done, ActErrorKind> {
        self.click(target, log, deadline).await?;
        self.click_item(list, &TextMatch::Equals(option.to_owned()), log, deadline)
            .await?;
        self.list_closed(target, list, log, deadline).await
    }

    /// Types into a type-ahead field and clicks the suggestion that is wanted.
    pub(crate) async fn choose(
        &self,
        target: &Target,
        text: &str,
        list: &Locator,
        option: &TextMatch,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Done, ActErrorKind> {
        self.focus(target, true, log, deadline).await?;
        self.type_for_suggestions(text, deadline).await?;
        self.click_item(list, option, log, deadline).await?;
        self.list_closed(target, list, log, deadline).await
    }

    async fn click_item(
        &self,
        list: &Locator,
        option: &TextMatch,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        let what = json!({"list": [list.to_script()], "option": option.to_script(), "wanted": option.wanted()});
        self.mouse("pointAtItem", what, Mouse::Click, log, deadline)
            .await
    }

    async fn list_closed(
        &self,
        target: &Target,
        list: &Locator,
        log: &mut CallLog,
        deadline: Deadline,
    ) -> Result<Done, ActErrorKind> {
        let arguments = vec![
            target.to_script(),
            json!([list.to_script()]),
            json!(deadline.remaining_ms()),
        ];
        self.finish("listClosed", arguments, log, deadline).await
    }
}

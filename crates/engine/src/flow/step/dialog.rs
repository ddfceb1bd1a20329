//! `dialog`: how a native dialog is answered from here on.

use formhand_browser::{DialogAnswer, DialogRule};
use formhand_portal::{Answer, TextMatch};

use super::super::{Run, translate};

pub(crate) fn dialog(run: &mut Run, text: &TextMatch, answer: Answer) {
    let answer = match answer {
        Answer::Accept => DialogAnswer::Accept,
        Answer::Dismiss => DialogAnswer::Dismiss,
    };
    let message = Some(translate::text_match(text));
    run.dialogs.rules.push(DialogRule {
        kind: None,
        message,
        answer,
    });
    run.page.set_dialogs(run.dialogs.clone());
}

//! Which action a step has, and what the step is called if it has no name.

use crate::raw::{self, Target};

/// The actions that a step has; one, if it is right.
pub(super) fn actions(step: &raw::Step) -> Vec<&'static str> {
    [
        ("goto", step.goto.is_some()),
        ("follow", step.follow.is_some()),
        ("click", step.click.is_some()),
        ("hover", step.hover.is_some()),
        ("press", step.press.is_some()),
        ("fill", step.fill.is_some()),
        ("select", step.select.is_some()),
        ("pick", step.pick.is_some()),
        ("choose", step.choose.is_some()),
        ("check", step.check.is_some()),
        ("date", step.date.is_some()),
        ("upload", step.upload.is_some()),
        ("download", step.download.is_some()),
        ("do", step.group.is_some()),
        ("within", step.within.is_some()),
        ("dialog", step.dialog.is_some()),
        ("wait", step.wait.is_some()),
        ("expect", step.expect.is_some()),
        ("capture", step.capture.is_some()),
        ("when", step.when.is_some()),
        ("each", step.each.is_some()),
        ("use", step.block.is_some()),
        ("captcha", step.captcha.is_some()),
        ("otp", step.otp.is_some()),
        ("readback", step.readback.is_some()),
        ("submit", step.submit.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, there)| there.then_some(name))
    .collect()
}

/// All actions, for the help of an error.
pub(super) const ACTIONS: &[&str] = &[
    "goto", "follow", "click", "hover", "press", "fill", "select", "pick", "choose", "check",
    "date", "upload", "download", "do", "within", "dialog", "wait", "expect", "capture", "when",
    "each", "use", "captcha", "otp", "readback", "submit",
];

/// What a person calls the step.
pub(super) fn name(step: &raw::Step, action: &str) -> String {
    if let Some(name) = &step.name {
        return name.clone();
    }
    let place = place(step);
    if place.is_empty() {
        return action.to_owned();
    }
    format!("{action} {place}")
}

fn place(step: &raw::Step) -> String {
    let at = |at: &raw::At| target(&at.0);
    let found = step
        .follow
        .as_ref()
        .or(step.click.as_ref())
        .or(step.hover.as_ref())
        .map(at);
    found
        .or_else(|| step.goto.as_ref().map(|url| url.value.clone()))
        .or_else(|| step.press.as_ref().map(|press| target(&press.at)))
        .or_else(|| step.fill.as_ref().map(|fill| target(&fill.at)))
        .or_else(|| step.select.as_ref().map(|select| target(&select.at)))
        .or_else(|| step.pick.as_ref().map(|pick| target(&pick.at)))
        .or_else(|| step.choose.as_ref().map(|choose| target(&choose.at)))
        .or_else(|| step.check.as_ref().map(|check| target(&check.at)))
        .or_else(|| step.date.as_ref().map(|date| target(&date.at)))
        .or_else(|| step.upload.as_ref().map(|upload| target(&upload.at)))
        .or_else(|| {
            step.capture
                .as_ref()
                .map(|capture| capture.name.value.clone())
        })
        .or_else(|| {
            step.download
                .as_ref()
                .map(|download| document(&download.value))
        })
        .or_else(|| step.otp.as_ref().map(|otp| target(&otp.into)))
        .or_else(|| step.submit.as_ref().map(|submit| target(&submit.click.0)))
        .unwrap_or_default()
}

fn document(download: &raw::Download) -> String {
    let name = download.name.as_ref().or(download.goto.as_ref());
    let at = || download.click.as_ref().map(target);
    name.map(|name| name.value.clone())
        .or_else(at)
        .unwrap_or_default()
}

fn target(target: &Target) -> String {
    target.0.value.0.join(" and ")
}

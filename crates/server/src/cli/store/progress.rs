//! How far a copy is, on standard error: a moving bar at a terminal, a line a part elsewhere, nothing beside JSON.

use std::sync::{Mutex, PoisonError};

use formhand_store::{CopyPart, Progress};
use indicatif::{ProgressBar, ProgressStyle};

use super::super::Output;

/// Shows how far a copy is.
pub(super) struct Shown {
    output: Output,
    now: Mutex<Option<(CopyPart, Option<ProgressBar>)>>,
}

impl Shown {
    pub(super) fn new(output: Output) -> Self {
        let now = Mutex::new(None);
        Self { output, now }
    }

    pub(super) fn show(&self, progress: Progress) {
        if self.output.json {
            return;
        }
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.as_ref().is_none_or(|(part, _)| *part != progress.part) {
            end(now.take());
            *now = Some((progress.part, self.begin(progress)));
        }
        if let Some((_, Some(bar))) = &*now {
            bar.set_position(progress.done);
        }
    }

    /// Nothing of it stays on the screen.
    pub(super) fn finish(&self) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        end(now.take());
    }

    fn begin(&self, progress: Progress) -> Option<ProgressBar> {
        let name = name(progress.part);
        if !self.output.live {
            self.output.say(&format!("  {name}"));
            return None;
        }
        let bar = ProgressBar::new(progress.total);
        let template = "  {prefix:34}  {bar:32.green/dim} {human_pos} of {human_len}  {elapsed}";
        // A template that indicatif does not understand falls back to its own.
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(name);
        Some(bar)
    }
}

fn end(shown: Option<(CopyPart, Option<ProgressBar>)>) {
    if let Some((_, Some(bar))) = shown {
        bar.finish_and_clear();
    }
}

fn name(part: CopyPart) -> &'static str {
    match part {
        CopyPart::Clearing => "removing what was left unfinished",
        CopyPart::Jobs => "jobs",
        CopyPart::Audit => "the audit",
        CopyPart::Accounts => "accounts",
        CopyPart::SessionEvents => "session events",
        CopyPart::Webhooks => "webhooks and their messages",
        CopyPart::Comparing => "comparing",
    }
}

//! Jobs that move, on standard error: a line a job at a terminal, a plain line a change elsewhere.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    time::Duration,
};

use formhand_domain::{JobId, Stage, Status};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::http::JobView;

/// With more jobs than this a line for each would fill the screen.
const MOST_LINES: usize = 24;

/// Fast enough to look alive, slow enough to cost nothing.
const TICK: Duration = Duration::from_millis(120);

/// Labels are cut to this.
const LABEL_WIDTH: usize = 24;

/// Shows jobs while they move.
pub(crate) struct Board {
    seen: BTreeMap<JobId, (Status, Option<Stage>, u32)>,
    bars: Option<Bars>,
}

struct Bars {
    jobs: BTreeMap<JobId, ProgressBar>,
    total: ProgressBar,
    // Draws all of them.
    _screen: MultiProgress,
}

impl Board {
    /// A board with these jobs. `live` says that standard error is a terminal.
    pub(crate) fn new(jobs: &[&JobView], live: bool) -> Self {
        let bars = live.then(|| Bars::new(jobs));
        let mut board = Self {
            seen: BTreeMap::new(),
            bars,
        };
        for job in jobs {
            board.update(job);
        }
        board
    }

    /// Shows where a job stands now.
    pub(crate) fn update(&mut self, job: &JobView) {
        let now = (job.status, job.stage, job.attempts);
        if self.seen.insert(job.id, now) == Some(now) {
            return;
        }
        if let Some(bars) = &self.bars {
            bars.update(job);
            return;
        }
        let mark = if job.is_settled() { mark(job) } else { "·" };
        let line = format!("{mark} {:LABEL_WIDTH$}  {}", label(job), describe(job));
        let _ = writeln!(io::stderr().lock(), "{}", line.trim_end());
    }

    /// Leaves the last state on the screen.
    pub(crate) fn finish(self) {
        if let Some(bars) = self.bars {
            for bar in bars.jobs.values().filter(|bar| !bar.is_finished()) {
                bar.abandon();
            }
            bars.total.finish_and_clear();
        }
    }
}

impl Bars {
    fn new(jobs: &[&JobView]) -> Self {
        let screen = MultiProgress::new();
        let lines = if jobs.len() > MOST_LINES { &[] } else { jobs };
        let bars = lines
            .iter()
            .map(|job| {
                let bar = screen.add(ProgressBar::new_spinner());
                bar.set_style(style("  {spinner:.cyan} {prefix:24}  {wide_msg}"));
                bar.set_prefix(label(job));
                bar.enable_steady_tick(TICK);
                (job.id, bar)
            })
            .collect();
        let total = screen.add(ProgressBar::new(jobs.len() as u64));
        total.set_style(style(
            "  {bar:32.green/dim} {pos} of {len} ended  {elapsed}",
        ));
        total.enable_steady_tick(TICK);
        Self {
            jobs: bars,
            total,
            _screen: screen,
        }
    }

    fn update(&self, job: &JobView) {
        let line = self.jobs.get(&job.id);
        if let Some(bar) = line {
            bar.set_message(describe(job));
        }
        if !job.is_settled() {
            return;
        }
        self.total.inc(1);
        if let Some(bar) = line.filter(|bar| !bar.is_finished()) {
            let template = format!("  {} {{prefix:24}}  {{wide_msg}}", coloured_mark(job));
            bar.set_style(style(&template));
            bar.finish();
        }
    }
}

/// A template that indicatif does not understand falls back to its own.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
        .tick_strings(&["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"])
        .progress_chars("━━─")
}

fn label(job: &JobView) -> String {
    let text = if job.label.trim().is_empty() {
        job.captcha_id.as_str()
    } else {
        &job.label
    };
    let mut label: String = text.chars().take(LABEL_WIDTH).collect();
    if text.chars().count() > LABEL_WIDTH {
        label.pop();
        label.push('…');
    }
    label
}

fn mark(job: &JobView) -> &'static str {
    match job.status {
        Status::Completed | Status::CompletedWithErrors => "✓",
        Status::NeedsReview | Status::OnHold => "?",
        _ => "✗",
    }
}

fn coloured_mark(job: &JobView) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match (mark(job), plain) {
        (mark, true) => mark.to_owned(),
        ("✓", false) => "\x1b[32m✓\x1b[0m".to_owned(),
        ("?", false) => "\x1b[33m?\x1b[0m".to_owned(),
        (mark, false) => format!("\x1b[31m{mark}\x1b[0m"),
    }
}

/// Where a job stands, in a line.
fn describe(job: &JobView) -> String {
    match job.status {
        Status::Processing => {
            let again = if job.attempts > 1 {
                format!(" (attempt {})", job.attempts)
            } else {
                String::new()
            };
            let stage = match job.stage {
                Some(Stage::Session) => "getting a session",
                Some(Stage::LoginForm) => "filling the form",
                Some(Stage::Submitting) => "submitting",
                Some(Stage::PostSubmission) => "filed",
                None => "starting",
            };
            format!("{stage}{again}")
        }
        Status::Pending => "waiting".to_owned(),
        Status::Completed => match receipt_number(job) {
            Some(number) => format!("filed as {number}"),
            None => "filed".to_owned(),
        },
        _ => {
            let why = job
                .failure
                .as_ref()
                .map(|failure| format!(": {}", failure.message));
            let again = job
                .retry_at
                .map(|_| ", will be tried again")
                .unwrap_or_default();
            format!("{}{}{again}", job.status, why.unwrap_or_default())
        }
    }
}

/// What a person calls the filing by.
pub(super) fn receipt_number(job: &JobView) -> Option<&str> {
    let fields = &job.receipt.as_ref()?.0;
    let named = fields
        .iter()
        .find(|(name, _)| name.to_ascii_lowercase().contains("proposal"));
    named
        .or_else(|| fields.iter().next())
        .map(|(_, value)| value.as_str())
}

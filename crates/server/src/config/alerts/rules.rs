//! `[alerts.rules]`: each rule's numbers, and whether it is on.

use jiff::SignedDuration;
use serde::Deserialize;

use crate::{
    alerts::{Lasting, Rules},
    config::text::{Count, Span, Text},
};

/// The section as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RulesSection {
    recovery_exhausted: Plain,
    recoveries_frequent: Counting,
    job_success: Share,
    soft_recovery_success: Share,
    hard_recovery_success: Share,
    nuclear_recovery_success: Share,
    account_down: Plain,
    account_needs_person: Plain,
    outcome_unknown: Waiting,
    job_waiting: Waiting,
    disk_full: Room,
    question_waiting: Waiting,
    unknown_words: Within,
    server_silent: Waiting,
    webhook_failing: Waiting,
    audit_broken: Plain,
}

/// A rule without numbers.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Plain {
    enabled: Option<bool>,
    lasting: Option<Text<Span>>,
}

/// A rule that counts.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Counting {
    enabled: Option<bool>,
    lasting: Option<Text<Span>>,
    more_than: Option<Count<1000>>,
}

/// A rule about how many of how many.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Share {
    enabled: Option<bool>,
    lasting: Option<Text<Span>>,
    below_percent: Option<Count<100>>,
    window: Option<Text<Span>>,
    least: Option<Count<100_000>>,
}

/// A rule about what waits.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Waiting {
    enabled: Option<bool>,
    lasting: Option<Text<Span>>,
    older_than: Option<Text<Span>>,
}

/// A rule about room.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Room {
    enabled: Option<bool>,
    lasting: Option<Text<Span>>,
    below_mb: Option<Count<100_000_000>>,
}

/// A rule about what happened lately.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Within {
    enabled: Option<bool>,
    lasting: Option<Text<Span>>,
    window: Option<Text<Span>>,
}

/// What is remembered of the last jobs and recoveries lies in memory.
const LONGEST_WINDOW: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The numbers of a rule about how many of how many.
struct Numbers<'a> {
    below_percent: &'a mut u32,
    window: &'a mut SignedDuration,
    least: &'a mut u32,
}

macro_rules! numbers {
    ($rule:ident) => {
        Numbers {
            below_percent: &mut $rule.below_percent,
            window: &mut $rule.window,
            least: &mut $rule.least,
        }
    };
}

impl RulesSection {
    /// Puts what is written over what was known before.
    pub(super) fn over(self, before: Rules) -> Result<Rules, String> {
        let rules = Rules {
            recovery_exhausted: self.recovery_exhausted.over(before.recovery_exhausted),
            recoveries_frequent: self
                .recoveries_frequent
                .over(before.recoveries_frequent, |rule| &mut rule.more_than),
            job_success: self
                .job_success
                .over(before.job_success, |rule| numbers!(rule)),
            soft_recovery_success: self
                .soft_recovery_success
                .over(before.soft_recovery_success, |rule| numbers!(rule)),
            hard_recovery_success: self
                .hard_recovery_success
                .over(before.hard_recovery_success, |rule| numbers!(rule)),
            nuclear_recovery_success: self
                .nuclear_recovery_success
                .over(before.nuclear_recovery_success, |rule| numbers!(rule)),
            account_down: self.account_down.over(before.account_down),
            account_needs_person: self.account_needs_person.over(before.account_needs_person),
            outcome_unknown: self
                .outcome_unknown
                .over(before.outcome_unknown, |rule| &mut rule.older_than),
            job_waiting: self
                .job_waiting
                .over(before.job_waiting, |rule| &mut rule.older_than),
            disk_full: self
                .disk_full
                .over(before.disk_full, |rule| &mut rule.below_mb),
            question_waiting: self
                .question_waiting
                .over(before.question_waiting, |rule| &mut rule.older_than),
            unknown_words: self
                .unknown_words
                .over(before.unknown_words, |rule| &mut rule.window),
            server_silent: self
                .server_silent
                .over(before.server_silent, |rule| &mut rule.older_than),
            webhook_failing: self
                .webhook_failing
                .over(before.webhook_failing, |rule| &mut rule.older_than),
            audit_broken: self.audit_broken.over(before.audit_broken),
        };
        let longest = rules.job_window().max(rules.recovery_window());
        if longest > LONGEST_WINDOW {
            return Err("a window of alerts.rules is longer than 7d, which is the most".to_owned());
        }
        Ok(rules)
    }
}

impl Plain {
    fn over<T>(self, before: Option<Lasting<T>>) -> Option<Lasting<T>> {
        let mut on = before.filter(|_| self.enabled != Some(false))?;
        put_span(self.lasting, &mut on.lasting);
        Some(on)
    }
}

impl Counting {
    fn over<T>(
        self,
        before: Option<Lasting<T>>,
        number: impl FnOnce(&mut T) -> &mut u32,
    ) -> Option<Lasting<T>> {
        let mut on = plain(self.enabled, self.lasting).over(before)?;
        put_count(self.more_than, number(&mut on.rule));
        Some(on)
    }
}

impl Share {
    fn over<T>(
        self,
        before: Option<Lasting<T>>,
        numbers: impl FnOnce(&mut T) -> Numbers<'_>,
    ) -> Option<Lasting<T>> {
        let mut on = plain(self.enabled, self.lasting).over(before)?;
        let numbers = numbers(&mut on.rule);
        put_count(self.below_percent, numbers.below_percent);
        put_span(self.window, numbers.window);
        put_count(self.least, numbers.least);
        Some(on)
    }
}

impl Waiting {
    fn over<T>(
        self,
        before: Option<Lasting<T>>,
        age: impl FnOnce(&mut T) -> &mut SignedDuration,
    ) -> Option<Lasting<T>> {
        let mut on = plain(self.enabled, self.lasting).over(before)?;
        put_span(self.older_than, age(&mut on.rule));
        Some(on)
    }
}

impl Room {
    fn over<T>(
        self,
        before: Option<Lasting<T>>,
        size: impl FnOnce(&mut T) -> &mut u32,
    ) -> Option<Lasting<T>> {
        let mut on = plain(self.enabled, self.lasting).over(before)?;
        put_count(self.below_mb, size(&mut on.rule));
        Some(on)
    }
}

impl Within {
    fn over<T>(
        self,
        before: Option<Lasting<T>>,
        window: impl FnOnce(&mut T) -> &mut SignedDuration,
    ) -> Option<Lasting<T>> {
        let mut on = plain(self.enabled, self.lasting).over(before)?;
        put_span(self.window, window(&mut on.rule));
        Some(on)
    }
}

fn plain(enabled: Option<bool>, lasting: Option<Text<Span>>) -> Plain {
    Plain { enabled, lasting }
}

fn put_count<const MOST: u32>(written: Option<Count<MOST>>, to: &mut u32) {
    *to = written.map_or(*to, |Count(number)| number);
}

fn put_span(written: Option<Text<Span>>, to: &mut SignedDuration) {
    *to = written.map_or(*to, |Text(Span(span))| span);
}

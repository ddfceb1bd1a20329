//! All rules, each of which may be off.

use jiff::{SignedDuration, Timestamp};

use super::{
    AccountDown, AccountNeedsPerson, AuditBroken, DiskFull, Finding, JobSuccess, JobWaiting,
    OutcomeUnknown, QuestionWaiting, RecoveriesFrequent, RecoveryExhausted, RecoverySuccess,
    RuleName, ServerSilent, UnknownWords, WebhookFailing,
};
use crate::alerts::Facts;

/// A rule, and how long what it finds has to last before somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasting<T> {
    /// The rule.
    pub rule: T,
    /// Zero tells at once.
    pub lasting: SignedDuration,
}

/// All rules; what is nothing is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Every level of a recovery was tried in vain.
    pub recovery_exhausted: Option<Lasting<RecoveryExhausted>>,
    /// Too many recoveries.
    pub recoveries_frequent: Option<Lasting<RecoveriesFrequent>>,
    /// Too few jobs are filed.
    pub job_success: Option<Lasting<JobSuccess>>,
    /// Soft recoveries help too seldom.
    pub soft_recovery_success: Option<Lasting<RecoverySuccess>>,
    /// Hard recoveries help too seldom.
    pub hard_recovery_success: Option<Lasting<RecoverySuccess>>,
    /// Nuclear recoveries help too seldom.
    pub nuclear_recovery_success: Option<Lasting<RecoverySuccess>>,
    /// No session for now.
    pub account_down: Option<Lasting<AccountDown>>,
    /// No session without a person.
    pub account_needs_person: Option<Lasting<AccountNeedsPerson>>,
    /// Filed or not, nobody knows.
    pub outcome_unknown: Option<Lasting<OutcomeUnknown>>,
    /// Due and not worked on.
    pub job_waiting: Option<Lasting<JobWaiting>>,
    /// A disk is nearly full.
    pub disk_full: Option<Lasting<DiskFull>>,
    /// A question waits.
    pub question_waiting: Option<Lasting<QuestionWaiting>>,
    /// Words that are not known.
    pub unknown_words: Option<Lasting<UnknownWords>>,
    /// A server is silent.
    pub server_silent: Option<Lasting<ServerSilent>>,
    /// A webhook takes nothing.
    pub webhook_failing: Option<Lasting<WebhookFailing>>,
    /// The audit does not hold.
    pub audit_broken: Option<Lasting<AuditBroken>>,
}

impl<T> Lasting<T> {
    /// A rule whose finds are told at once.
    pub fn at_once(rule: T) -> Self {
        Self {
            rule,
            lasting: SignedDuration::ZERO,
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        // A session that is lost, or a receiver that is started anew, is most often back before that.
        let a_while = SignedDuration::from_mins(5);
        Self {
            recovery_exhausted: Some(Lasting::at_once(RecoveryExhausted)),
            recoveries_frequent: Some(Lasting::at_once(RecoveriesFrequent::default())),
            job_success: Some(Lasting::at_once(JobSuccess::default())),
            soft_recovery_success: Some(Lasting::at_once(RecoverySuccess::soft())),
            hard_recovery_success: Some(Lasting::at_once(RecoverySuccess::hard())),
            nuclear_recovery_success: Some(Lasting::at_once(RecoverySuccess::nuclear())),
            account_down: Some(Lasting {
                rule: AccountDown,
                lasting: a_while,
            }),
            account_needs_person: Some(Lasting::at_once(AccountNeedsPerson)),
            outcome_unknown: Some(Lasting::at_once(OutcomeUnknown::default())),
            job_waiting: Some(Lasting::at_once(JobWaiting::default())),
            disk_full: Some(Lasting::at_once(DiskFull::default())),
            question_waiting: Some(Lasting::at_once(QuestionWaiting::default())),
            unknown_words: Some(Lasting::at_once(UnknownWords::default())),
            server_silent: Some(Lasting::at_once(ServerSilent::default())),
            webhook_failing: Some(Lasting {
                rule: WebhookFailing::default(),
                lasting: a_while,
            }),
            audit_broken: Some(Lasting::at_once(AuditBroken)),
        }
    }
}

impl Rules {
    /// What all rules find, in their order.
    pub fn check(&self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let recoveries = [
            &self.soft_recovery_success,
            &self.hard_recovery_success,
            &self.nuclear_recovery_success,
        ];
        let mut found = Vec::new();
        let mut add = |more: Option<Vec<Finding>>| found.extend(more.unwrap_or_default());
        add(on(self.recovery_exhausted.as_ref(), |_| {
            RecoveryExhausted::check(facts)
        }));
        add(on(self.recoveries_frequent.as_ref(), |rule| {
            rule.check(facts, now)
        }));
        add(on(self.job_success.as_ref(), |rule| rule.check(facts, now)));
        for level in recoveries {
            add(on(level.as_ref(), |rule| rule.check(facts, now)));
        }
        add(on(self.account_down.as_ref(), |_| {
            AccountDown::check(facts)
        }));
        add(on(self.account_needs_person.as_ref(), |_| {
            AccountNeedsPerson::check(facts)
        }));
        add(on(self.outcome_unknown.as_ref(), |rule| {
            rule.check(facts, now)
        }));
        add(on(self.job_waiting.as_ref(), |rule| rule.check(facts, now)));
        add(on(self.disk_full.as_ref(), |rule| rule.check(facts)));
        add(on(self.question_waiting.as_ref(), |rule| {
            rule.check(facts, now)
        }));
        add(on(self.unknown_words.as_ref(), |rule| {
            rule.check(facts, now)
        }));
        add(on(self.server_silent.as_ref(), |rule| {
            rule.check(facts, now)
        }));
        add(on(self.webhook_failing.as_ref(), |rule| {
            rule.check(facts, now)
        }));
        add(on(self.audit_broken.as_ref(), |_| {
            AuditBroken::check(facts)
        }));
        found
    }

    /// How long what a rule finds has to last; nothing if it is off.
    pub fn lasting(&self, rule: RuleName) -> Option<SignedDuration> {
        match rule {
            RuleName::RecoveryExhausted => lasting(self.recovery_exhausted.as_ref()),
            RuleName::RecoveriesFrequent => lasting(self.recoveries_frequent.as_ref()),
            RuleName::JobSuccess => lasting(self.job_success.as_ref()),
            RuleName::SoftRecoverySuccess => lasting(self.soft_recovery_success.as_ref()),
            RuleName::HardRecoverySuccess => lasting(self.hard_recovery_success.as_ref()),
            RuleName::NuclearRecoverySuccess => lasting(self.nuclear_recovery_success.as_ref()),
            RuleName::AccountDown => lasting(self.account_down.as_ref()),
            RuleName::AccountNeedsPerson => lasting(self.account_needs_person.as_ref()),
            RuleName::OutcomeUnknown => lasting(self.outcome_unknown.as_ref()),
            RuleName::JobWaiting => lasting(self.job_waiting.as_ref()),
            RuleName::DiskFull => lasting(self.disk_full.as_ref()),
            RuleName::QuestionWaiting => lasting(self.question_waiting.as_ref()),
            RuleName::UnknownWords => lasting(self.unknown_words.as_ref()),
            RuleName::ServerSilent => lasting(self.server_silent.as_ref()),
            RuleName::WebhookFailing => lasting(self.webhook_failing.as_ref()),
            RuleName::AuditBroken => lasting(self.audit_broken.as_ref()),
        }
    }

    /// How far back the ends of jobs are looked at.
    pub fn job_window(&self) -> SignedDuration {
        let jobs = self.job_success.as_ref().map(|on| on.rule.window);
        let words = self.unknown_words.as_ref().map(|on| on.rule.window);
        jobs.max(words).unwrap_or(SignedDuration::ZERO)
    }

    /// How far back recoveries are looked at.
    pub fn recovery_window(&self) -> SignedDuration {
        let levels = [
            &self.soft_recovery_success,
            &self.hard_recovery_success,
            &self.nuclear_recovery_success,
        ];
        let windows = levels.into_iter().flatten().map(|on| on.rule.window);
        windows.fold(RecoveriesFrequent::WINDOW, SignedDuration::max)
    }
}

fn on<T>(
    rule: Option<&Lasting<T>>,
    check: impl FnOnce(&T) -> Vec<Finding>,
) -> Option<Vec<Finding>> {
    rule.map(|on| check(&on.rule))
}

fn lasting<T>(rule: Option<&Lasting<T>>) -> Option<SignedDuration> {
    rule.map(|on| on.lasting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_off_finds_nothing() {
        let node = formhand_domain::NodeId::new("node-a").unwrap();
        let facts = Facts {
            free_bytes: [(node, 0)].into(),
            ..Facts::default()
        };
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(Rules::default().check(&facts, now).len(), 1);
        let rules = Rules {
            disk_full: None,
            ..Rules::default()
        };
        assert_eq!(rules.check(&facts, now), []);
        assert_eq!(rules.lasting(RuleName::DiskFull), None);
    }
}

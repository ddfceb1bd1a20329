//! A webhook does not take what it is told.

use jiff::{SignedDuration, Timestamp};

use super::{Finding, RuleName, Subject};
use crate::alerts::{Facts, SeenWebhook};

/// Fires as long as a webhook has not taken a message for longer than this, as it is switched off by its own answer, and
/// for a day after a message was given up that nobody has sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookFailing {
    /// By then a message was tried four times.
    pub older_than: SignedDuration,
}

/// What was given up before that is known, or not missed.
const GIVEN_UP_FOR: SignedDuration = SignedDuration::from_hours(24);

impl Default for WebhookFailing {
    fn default() -> Self {
        Self {
            older_than: SignedDuration::from_hours(1),
        }
    }
}

impl WebhookFailing {
    pub(super) fn check(self, facts: &Facts, now: Timestamp) -> Vec<Finding> {
        let webhooks = facts.webhooks.iter();
        let failing = webhooks.filter_map(|webhook| Some((webhook, self.matter(webhook, now)?)));
        failing
            .map(|(webhook, text)| Finding {
                rule: RuleName::WebhookFailing,
                subject: Subject::Webhook(webhook.name.clone()),
                text,
            })
            .collect()
    }

    /// The worst of what is the matter. What a receiver said may be its own secret, so it is not told.
    fn matter(self, webhook: &SeenWebhook, now: Timestamp) -> Option<String> {
        let name = &webhook.name;
        if let Some(at) = webhook.off_since {
            return Some(format!(
                "{name} has answered at {at:.0} that it wants nothing any more, so it is switched off, and its messages \
                 wait. If that is not meant: `formhand webhook enable {name}`."
            ));
        }
        let oldest = webhook.oldest_pending_at;
        let oldest = oldest.filter(|at| now.duration_since(*at) > self.older_than);
        if let Some(at) = oldest {
            return Some(format!(
                "{name} has not taken a message that was made at {at:.0}. Messages are tried for three days and then given \
                 up. `formhand webhook list` says what it answers, `formhand webhook test {name}` tries it."
            ));
        }
        let given_up = webhook.given_up_at;
        let given_up = given_up.filter(|at| now.duration_since(*at) <= GIVEN_UP_FOR)?;
        Some(format!(
            "{name} has not taken a message in three days, and it was given up at {given_up:.0}. See \
             `formhand webhook deliveries {name} --state failed`; `formhand webhook replay` sends it once more."
        ))
    }
}

#[cfg(test)]
mod tests {
    use formhand_domain::WebhookName;

    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn webhook() -> SeenWebhook {
        SeenWebhook {
            name: WebhookName::new("crm").unwrap(),
            off_since: None,
            oldest_pending_at: None,
            given_up_at: None,
        }
    }

    /// What is told of it.
    fn told(webhook: SeenWebhook, minute: i64) -> Option<String> {
        let facts = Facts {
            webhooks: vec![webhook],
            ..Facts::default()
        };
        let mut found = WebhookFailing::default().check(&facts, at(minute));
        let name = WebhookName::new("crm").unwrap();
        let subject = Subject::Webhook(name);
        assert!(found.iter().all(|finding| finding.subject == subject));
        found.pop().map(|finding| finding.text)
    }

    #[test]
    fn a_webhook_that_takes_nothing_for_an_hour_fires_until_it_has_taken_it() {
        let waits = || SeenWebhook {
            oldest_pending_at: Some(at(0)),
            ..webhook()
        };
        assert_eq!(told(waits(), 60), None);
        let text = told(waits(), 61).unwrap();
        assert!(text.contains("has not taken a message"), "{text}");
        assert_eq!(told(webhook(), 61), None);
    }

    #[test]
    fn a_message_that_was_given_up_fires_for_a_day() {
        let given_up = || SeenWebhook {
            given_up_at: Some(at(0)),
            ..webhook()
        };
        let text = told(given_up(), 24 * 60).unwrap();
        assert!(text.contains("--state failed"), "{text}");
        assert_eq!(told(given_up(), 24 * 60 + 1), None);
    }

    #[test]
    fn a_webhook_that_is_off_fires_until_it_is_on_whatever_else_is_the_matter() {
        let off = SeenWebhook {
            off_since: Some(at(0)),
            oldest_pending_at: Some(at(0)),
            ..webhook()
        };
        let text = told(off, 9000).unwrap();
        assert!(text.contains("formhand webhook enable crm"), "{text}");
    }
}

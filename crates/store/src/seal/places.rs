//! The places of sealed values. A value is bound to its place, and to what stands readable beside it.

use formhand_domain::AccountKey;

use crate::AuditEntry;

/// The names of places.
pub(crate) struct Places;

impl Places {
    /// Of a job.
    pub(crate) fn job(id: &str) -> String {
        format!("jobs/{id}/job")
    }

    /// Of the key of the call that handed a job in.
    pub(crate) fn idempotency_key(id: &str) -> String {
        format!("jobs/{id}/idempotency_key")
    }

    /// Of a text of an entry. An entry has no number yet when it is written on MongoDB, so it is named by all that is
    /// readable of it.
    pub(crate) fn audit(entry: &AuditEntry, field: &str) -> String {
        format!(
            "audit/{}/{}/{}/{}/{}/{field}",
            entry.job,
            crate::time::stored(entry.at),
            entry.event,
            entry.to.as_str(),
            entry.attempt
        )
    }

    /// Of a field of a question.
    pub(crate) fn question(id: &str, field: &str) -> String {
        format!("questions/{id}/{field}")
    }

    /// Of the body of a message.
    pub(crate) fn delivery(webhook: &str, id: &str) -> String {
        format!("deliveries/{webhook}/{id}/body")
    }

    /// Of what happened to a session: the `number`th of its account.
    pub(crate) fn session_event(portal: &str, account: &str, number: i64) -> String {
        format!("session_events/{portal}/{account}/{number}/detail")
    }

    /// Of where a session stands.
    pub(crate) fn session(account: &AccountKey) -> String {
        format!("sessions/{account}/state")
    }
}

//! Identities. Each is a type of its own, so that one cannot be passed for another.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ulid::Ulid;

/// How an id is written, for programs that check it.
const ULID: &str = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$";

/// The same of names and keys. A rule of theirs and its pattern say the same.
const SLUG: &str = "^[a-z0-9-]{1,64}$";
const TOKEN: &str = "^[!-~]{1,128}$";
const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]{1,256}$";

/// Names one job. Sorts by the time it was made.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
#[schemars(extend("pattern" = ULID, "examples" = ["01JD8Z7K3N5Q2V6W9X0Y1A2B3C"]))]
pub struct JobId(#[schemars(with = "String")] Ulid);

impl JobId {
    /// Makes an id from the time and 80 random bits (the higher bits of `random` are dropped).
    pub fn new(now: Timestamp, random: u128) -> Self {
        Self(ulid(now, random))
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text is not a job id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a job id: expected 26 letters and digits such as 01JD8Z7K3N5Q2V6W9X0Y1A2B3C")]
pub struct NotAJobId(pub String);

impl FromStr for JobId {
    type Err = NotAJobId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ulid::from_string(text)
            .map(Self)
            .map_err(|_| NotAJobId(text.chars().take(40).collect()))
    }
}

/// Names one recovery of a session. Sorts by the time it began.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
#[schemars(extend("pattern" = ULID, "examples" = ["01JD8Z9M5Q7R3T8V2W6X0Y4Z1A"]))]
pub struct RecoveryId(#[schemars(with = "String")] Ulid);

impl RecoveryId {
    /// Makes an id from the time and 80 random bits (the higher bits of `random` are dropped).
    pub fn new(now: Timestamp, random: u128) -> Self {
        Self(ulid(now, random))
    }

    /// Whether the recovery began at this time or later, to the millisecond.
    pub fn began_since(self, time: Timestamp) -> bool {
        self.0.timestamp_ms() >= ulid(time, 0).timestamp_ms()
    }
}

impl fmt::Display for RecoveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn ulid(now: Timestamp, random: u128) -> Ulid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    Ulid::from_parts(millis, random)
}

/// A text breaks the rule of the identity it was meant for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what} {text:?} is not valid: expected {expected}")]
pub struct InvalidId {
    /// Which kind of identity.
    pub what: &'static str,
    /// The text, cut to a readable length.
    pub text: String,
    /// What would be right.
    pub expected: &'static str,
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $expected:literal, $rule:expr, $pattern:expr, $example:literal) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(try_from = "String", into = "String")]
        #[schemars(extend("pattern" = $pattern, "examples" = [$example]))]
        pub struct $name(String);

        impl $name {
            /// Checks the text and wraps it.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                let rule: fn(&str) -> bool = $rule;
                if rule(&text) {
                    Ok(Self(text))
                } else {
                    Err(InvalidId {
                        what: $what,
                        text: text.chars().take(40).collect(),
                        expected: $expected,
                    })
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

text_id!(
    /// Names a portal; the same as `portal:` of its definition.
    PortalName, "portal", "1 to 64 lower-case letters, digits and hyphens", is_slug, SLUG, "acme-motor"
);
text_id!(
    /// Names a flow of a portal.
    FlowName, "flow", "1 to 64 lower-case letters, digits and hyphens", is_slug, SLUG, "vehicle"
);
text_id!(
    /// Names an account of a portal in the configuration. It is not the login name.
    AccountName, "account", "1 to 64 lower-case letters, digits and hyphens", is_slug, SLUG, "main"
);
text_id!(
    /// Names a running server, for leases and logs.
    NodeId, "node", "1 to 64 lower-case letters, digits and hyphens", is_slug, SLUG, "node-1"
);
text_id!(
    /// Names a source of records: a collection of the business that is watched.
    SourceName, "source", "1 to 64 lower-case letters, digits and hyphens", is_slug, SLUG, "policies"
);
text_id!(
    /// Names a webhook: an address of the business that is told what becomes of jobs.
    WebhookName, "webhook", "1 to 64 lower-case letters, digits and hyphens", is_slug, SLUG, "crm"
);
text_id!(
    /// The caller's own id of a record; `captchaId` on the wire.
    CallerId, "caller id", "1 to 128 visible ASCII characters without spaces", is_token, TOKEN, "CRM-2026-0042"
);
text_id!(
    /// The value of an `Idempotency-Key` header.
    IdempotencyKey, "idempotency key", "1 to 128 visible ASCII characters without spaces", is_token, TOKEN, "7c1f0c9e-nightly-42"
);
text_id!(
    /// What makes a record the same business case, for instance a chassis number. One per portal, for ever.
    BusinessKey, "business key", "1 to 256 characters, none of them a control character", is_line, LINE, "MA3EXAMPLE0000001"
);
text_id!(
    /// Names a question that waits for a person.
    QuestionId, "question", "1 to 128 visible ASCII characters without spaces", is_token, TOKEN, "01JD8ZQ1Q7R3T8V2W6X0Y4Z1A5"
);

fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_token(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

fn is_line(text: &str) -> bool {
    (1..=256).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

/// One login of one portal.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct AccountKey {
    /// The portal.
    pub portal: PortalName,
    /// The account's name in the configuration.
    pub account: AccountName,
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.portal, self.account)
    }
}

/// Counts the logins of one account. Every login makes a new generation; a clone carries the one it was made from.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Generation(pub u64);

impl Generation {
    /// The generation that the next login makes.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_what_would_be_right() {
        let error = PortalName::new("Smart Zone").unwrap_err();
        insta::assert_snapshot!(error, @r#"portal "Smart Zone" is not valid: expected 1 to 64 lower-case letters, digits and hyphens"#);
    }

    #[test]
    fn kf38_a_malformed_job_id_is_an_answer_and_not_a_crash() {
        assert!("../../etc/passwd".parse::<JobId>().is_err());
        assert!("".parse::<JobId>().is_err());
        let id = JobId::new(Timestamp::UNIX_EPOCH, 7);
        assert_eq!(id.to_string().parse(), Ok(id));
    }
}

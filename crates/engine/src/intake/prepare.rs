//! A submission becomes a job, checked against its flow. Nothing is stored here.

use std::{fmt, sync::Arc};

use formhand_domain::{
    AccountKey, AccountName, BusinessKey, CallerId, End, Failure, FailureCode, FencingToken,
    FlowName, Job, JobId, JobState, NewJob, PortalName,
};
use formhand_portal::{Flow, Portal, record::FieldError, value::Scope};
use formhand_store::StoreError;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::{Intake, IntakeError, Submission};

/// A job that is not stored yet.
pub(super) struct Prepared {
    /// Waiting, or finished as invalid.
    pub(super) new: NewJob,
    /// The record's bad fields.
    pub(super) errors: Vec<FieldError>,
}

impl Intake {
    /// The portal and the flow that a submission means, where it may leave them out.
    pub fn flow(
        &self,
        portal: Option<&PortalName>,
        flow: Option<&FlowName>,
    ) -> Result<(Arc<Portal>, FlowName), IntakeError> {
        let portal = self.find_portal(portal)?;
        let flow = find_flow(&portal, flow)?.name.clone();
        Ok((portal, flow))
    }

    /// The job that a submission becomes. An `Err` means that it can be none. Of jobs that are made in the same
    /// millisecond, those of smaller random numbers come first.
    pub(super) fn prepare(
        &self,
        submission: Submission,
        random: u128,
    ) -> Result<Prepared, IntakeError> {
        let portal = self.find_portal(submission.portal.as_ref())?;
        let flow = find_flow(&portal, submission.flow.as_ref())?;
        let account = self.find_account(&portal.name, submission.account.as_ref())?;
        let now = self.clock.now();
        let (key, label, errors) = examine(&portal, flow, &submission.record, now);
        let id = JobId::new(now, random);
        let state = if errors.is_empty() {
            JobState::Pending { due_at: now }
        } else {
            let failure = invalid(&errors);
            JobState::finished(End::Invalid { failure }, now)
        };
        let job = Job {
            id,
            portal: portal.name.clone(),
            flow: flow.name.clone(),
            account,
            caller_id: match submission.caller_id {
                Some(caller_id) => caller_id,
                None => CallerId::new(id.to_string())
                    .map_err(|error| StoreError::Corrupt(error.to_string()))?,
            },
            business_key: key,
            label,
            record: submission.record,
            created_at: now,
            attempts: 0,
            fence: FencingToken::default(),
            state,
        };
        let new = NewJob {
            job,
            idempotency_key: submission.idempotency_key,
        };
        Ok(Prepared { new, errors })
    }

    fn find_portal(&self, name: Option<&PortalName>) -> Result<Arc<Portal>, IntakeError> {
        let known = || list(self.portals.keys());
        match name {
            Some(name) => {
                self.portals
                    .get(name)
                    .cloned()
                    .ok_or_else(|| IntakeError::UnknownPortal {
                        given: name.to_string(),
                        known: known(),
                    })
            }
            None => only(self.portals.values())
                .cloned()
                .ok_or_else(|| IntakeError::Ambiguous {
                    what: "portal",
                    known: known(),
                }),
        }
    }

    fn find_account(
        &self,
        portal: &PortalName,
        name: Option<&AccountName>,
    ) -> Result<AccountName, IntakeError> {
        let of_portal = || {
            self.accounts
                .iter()
                .filter(|key| key.portal == *portal)
                .map(|key| &key.account)
        };
        match name {
            Some(name) if of_portal().any(|account| account == name) => Ok(name.clone()),
            Some(name) => Err(IntakeError::UnknownAccount {
                given: AccountKey {
                    portal: portal.clone(),
                    account: name.clone(),
                },
                known: list(of_portal()),
            }),
            None => only(of_portal())
                .cloned()
                .ok_or_else(|| IntakeError::Ambiguous {
                    what: "account",
                    known: list(of_portal()),
                }),
        }
    }
}

/// The record's key and label, and what is wrong with it.
fn examine(
    portal: &Portal,
    flow: &Flow,
    record: &Value,
    now: Timestamp,
) -> (Option<BusinessKey>, String, Vec<FieldError>) {
    let zone = portal
        .time_zone
        .as_deref()
        .and_then(|name| TimeZone::get(name).ok())
        .unwrap_or(TimeZone::UTC);
    let today = now.to_zoned_datetime(zone).date();
    let scope = Scope::for_record(record.clone());
    // A bad record may lack what its label is made of; it is then known by its caller's id alone.
    let label = flow.label.render(&scope).unwrap_or_default();
    let mut errors = match flow.record.check(record, today) {
        Ok(()) => Vec::new(),
        Err(errors) => errors,
    };
    if !errors.is_empty() {
        return (None, label, errors);
    }
    let key = flow
        .business_key
        .render(&scope)
        .map_err(|error| error.to_string())
        .and_then(|text| BusinessKey::new(text).map_err(|error| error.to_string()));
    match key {
        Ok(key) => (Some(key), label, errors),
        Err(message) => {
            errors.push(FieldError {
                pointer: String::new(),
                message: format!("the record gives no business key: {message}"),
            });
            (None, label, errors)
        }
    }
}

fn invalid(errors: &[FieldError]) -> Failure {
    let shown: Vec<String> = errors
        .iter()
        .map(|error| {
            let pointer = if error.pointer.is_empty() {
                "/"
            } else {
                &error.pointer
            };
            format!("{pointer}: {}", error.message)
        })
        .collect();
    Failure::new(FailureCode::InvalidRecord, shown.join("; "))
}

fn find_flow<'a>(portal: &'a Portal, name: Option<&FlowName>) -> Result<&'a Flow, IntakeError> {
    let known = || list(portal.flows.keys());
    match name {
        Some(name) => portal
            .flows
            .get(name)
            .ok_or_else(|| IntakeError::UnknownFlow {
                portal: portal.name.clone(),
                given: name.clone(),
                known: known(),
            }),
        None => only(portal.flows.values()).ok_or_else(|| IntakeError::Ambiguous {
            what: "flow",
            known: known(),
        }),
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

fn list(items: impl Iterator<Item = impl fmt::Display>) -> String {
    let names: Vec<String> = items.map(|item| item.to_string()).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

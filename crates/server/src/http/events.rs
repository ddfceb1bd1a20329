//! `GET /api/events?after=SEQ`: what happens to jobs and sessions, as server-sent events with replay.
//!
//! The audit is the truth: a signal of the store only says when to look again, so a reader that was away, or a
//! signal that was lost, misses nothing. The id of each event is its number in the audit.
//!
//! What happens to sessions comes as it happens and without an id: it is not replayed. Their history has it all. Of
//! questions and servers it is only said that they are worth a look.

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{
        Sse,
        sse::{Event, KeepAlive},
    },
};
use formhand_domain::{Failure, JobId, Stage, Status, account::Severity};
use formhand_store::{AuditEntry, Change, SessionEntry};
use futures_util::{Stream, StreamExt as _, stream};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    ApiState, Problem, job_view::writer_name, openapi::Time, query::Query,
    session_view::SessionEntryView,
};
use crate::access::{Caller, Visit};

/// Entries that are read at once.
const BATCH: u32 = 200;

/// A line that says nothing keeps proxies from closing an idle connection after a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// One change of one job.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobEvent")]
pub(super) struct JobEventView<'a> {
    /// Its number in the audit; the `id` of the event.
    seq: u64,
    /// When.
    #[schemars(with = "Time")]
    at: Timestamp,
    /// The job.
    job: JobId,
    /// What happened.
    event: &'a str,
    /// Who did it: `worker`, `queue`, `search` or a person's name.
    by: String,
    /// The status before; null for a new job.
    from: Option<Status>,
    /// The status since.
    to: Status,
    /// How far the attempt came.
    stage: Option<Stage>,
    /// The attempt it belongs to.
    attempt: u32,
    /// Without what fields hold: that is in the job's own view.
    failure: Option<Failure>,
}

/// Where a reader stands.
struct Reader {
    state: ApiState,
    caller: Caller,
    /// Its place among the streams of this caller.
    _visit: Visit<String>,
    signals: Receiver<Change>,
    /// The last entry that was sent; nothing until the first change, for a reader that asked for no replay.
    seen: Option<u64>,
}

/// Events after `after` or the `Last-Event-ID`; without either, from now on.
pub(super) async fn follow(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    query: Query,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let query = query.only(&["after"])?;
    let visit = state.access.streams().enter(caller.name.clone());
    let visit = visit.ok_or_else(too_many)?;
    let seen = last_event_id(&headers)?.or(query.seq("after")?);
    // Subscribed before the first look, so that nothing falls between the two.
    let signals = state.store.changes();
    let stop = state.stop.clone();
    let batches = stream::unfold(
        Reader {
            state,
            caller,
            _visit: visit,
            signals,
            seen,
        },
        async |mut reader| {
            let batch = reader.next_batch().await?;
            // Whoever logged out, or whose token is over, learns nothing more.
            let now = reader.state.clock.now();
            if !reader.state.access.lets_stay(&reader.caller, now) {
                return None;
            }
            Some((stream::iter(batch), reader))
        },
    );
    let events = batches.flatten().map(Ok).take_until(stop.cancelled_owned());
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

fn too_many() -> Problem {
    let detail = "there are too many open streams of this token; close some";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_streams", detail)
}

/// A browser sends it when it connects again; it is newer than what the address says.
fn last_event_id(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get("last-event-id") else {
        return Ok(None);
    };
    let number = value.to_str().ok().and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| {
        Problem::bad_request(
            "invalid_parameter",
            "Last-Event-ID must be the id of an event",
        )
    })
}

impl Reader {
    /// The next entries, once there are some. Nothing when the store is gone.
    async fn next_batch(&mut self) -> Option<Vec<Event>> {
        loop {
            if let Some(seen) = self.seen {
                let entries = match self.state.store.audit_after(seen, BATCH).await {
                    Ok(entries) => entries,
                    Err(error) => {
                        tracing::warn!(code = "store_failed", %error, "an event stream ends");
                        return None;
                    }
                };
                if let Some(last) = entries.last() {
                    self.seen = Some(last.seq);
                    return Some(entries.iter().filter_map(event).collect());
                }
            }
            let of_sessions = self.wait().await?;
            if !of_sessions.is_empty() {
                return Some(of_sessions);
            }
        }
    }

    /// Waits until it is worth looking again, or until something is to be told of a session.
    async fn wait(&mut self) -> Option<Vec<Event>> {
        match self.signals.recv().await {
            Ok(Change::Job(entry)) => {
                self.seen.get_or_insert(entry.seq.saturating_sub(1));
                Some(Vec::new())
            }
            Ok(Change::SessionEvent(entry)) => Some(session_events(&entry)),
            // A lost signal may have been of a session, too: whoever follows one has to look.
            Ok(Change::Session | Change::Missed) | Err(RecvError::Lagged(_)) => {
                Some(vec![changed("sessions")])
            }
            Ok(Change::Question) => Some(vec![changed("questions")]),
            Ok(Change::Node) => Some(vec![changed("servers")]),
            Ok(Change::Webhook) => Some(Vec::new()),
            Err(RecvError::Closed) => None,
        }
    }
}

fn event(entry: &AuditEntry) -> Option<Event> {
    let view = JobEventView {
        seq: entry.seq,
        at: entry.at,
        job: entry.job,
        event: &entry.event,
        by: writer_name(&entry.writer),
        from: entry.from,
        to: entry.to,
        stage: entry.stage,
        attempt: entry.attempt,
        failure: entry.failure.clone().map(without_values),
    };
    // Plain data: it can always be written, and a reader sees a gap by the ids if it could not.
    Event::default()
        .event("job")
        .id(entry.seq.to_string())
        .json_data(view)
        .ok()
}

/// An event goes to more places than a job's view does: what a record says and a page holds is not part of it.
fn without_values(failure: Failure) -> Failure {
    Failure {
        fields: Vec::new(),
        ..failure
    }
}

/// A happening, and once more as an alert if somebody has to be told.
fn session_events(entry: &SessionEntry) -> Vec<Event> {
    let view = SessionEntryView::of(entry);
    let names: &[&str] = match view.severity {
        Severity::Critical => &["session", "alert"],
        Severity::Info | Severity::Warning => &["session"],
    };
    names
        .iter()
        .filter_map(|name| Event::default().event(name).json_data(&view).ok())
        .collect()
}

/// Says no more than that `what` is worth a look.
fn changed(what: &str) -> Event {
    Event::default().event(what).data("{}")
}

//! `GET /api/alerts`: what is the matter, what nobody wants to hear of, and whether the channels work.

use axum::{Json, extract::State};
use formhand_domain::NodeId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem,
    query::Query,
    silence_view::{SilenceView, SubjectView},
};
use crate::alerts::{Alert, Book, Channel, RuleName, Severity};

/// All of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AlertsView {
    pub(crate) alerts: Vec<AlertView>,
    pub(crate) silences: Vec<SilenceView>,
    pub(crate) channels: Vec<ChannelView>,
    /// The server that watches at present; null when none has done so lately.
    pub(crate) watched_by: Option<NodeId>,
}

/// An alert.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AlertView {
    pub(crate) rule: RuleName,
    pub(crate) severity: Severity,
    /// `firing`, `silenced`, or `pending` while it has not lasted long enough.
    pub(crate) state: String,
    pub(crate) about: SubjectView,
    /// Since when it is so.
    pub(crate) since: Timestamp,
    /// What is the matter and what can be done.
    pub(crate) text: String,
}

/// A channel, as it is known here: neither its address nor its secrets.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelView {
    pub(crate) name: String,
    /// `mail`, `slack` or `webhook`.
    pub(crate) kind: String,
    /// `ok`, `failing`, or `unused` before its first message.
    pub(crate) state: String,
    /// When it last took a message.
    pub(crate) delivered_at: Option<Timestamp>,
    /// Since when it takes none.
    pub(crate) failing_since: Option<Timestamp>,
    /// What it said last when it took none.
    pub(crate) said: Option<String>,
    /// When its message is tried again.
    pub(crate) next_try_at: Option<Timestamp>,
    /// Messages that it has not taken for too long, since it fails.
    pub(crate) given_up: u32,
}

/// What is known.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<AlertsView>, Problem> {
    query.only(&[])?;
    alerts(&state).await.map(Json)
}

/// What is known of alerts.
pub(crate) async fn alerts(state: &ApiState) -> Result<AlertsView, Problem> {
    let book = state.alerts.book().await?;
    let now = state.clock.now();
    let channels = state.alerts.channels().iter();
    let watch = book.watch.as_ref().filter(|watch| now < watch.until);
    Ok(AlertsView {
        alerts: book
            .alerts
            .iter()
            .map(|alert| view(alert, &book, now))
            .collect(),
        channels: channels.map(|channel| health(channel, &book)).collect(),
        watched_by: watch.map(|watch| watch.node.clone()),
        silences: book
            .silences
            .into_iter()
            .filter(|silence| now < silence.until)
            .map(SilenceView::from)
            .collect(),
    })
}

fn view(alert: &Alert, book: &Book, now: Timestamp) -> AlertView {
    let mut silences = book.silences.iter();
    let is_silenced = silences.any(|silence| silence.holds(alert, now));
    let state = match (alert.fires(), is_silenced) {
        (false, _) => "pending",
        (true, false) => "firing",
        (true, true) => "silenced",
    };
    AlertView {
        rule: alert.rule,
        severity: alert.rule.severity(),
        state: state.to_owned(),
        about: (&alert.subject).into(),
        since: alert.since,
        text: alert.text.clone(),
    }
}

fn health(channel: &Channel, book: &Book) -> ChannelView {
    let known = book.channels.get(channel.name());
    let failing = known.and_then(|known| known.failing.as_ref());
    let delivered_at = known.and_then(|known| known.delivered_at);
    let state = match (failing, delivered_at) {
        (Some(_), _) => "failing",
        (None, Some(_)) => "ok",
        (None, None) => "unused",
    };
    let outgoing = known.and_then(|known| known.outgoing.as_ref());
    ChannelView {
        name: channel.name().to_owned(),
        kind: channel.kind().to_owned(),
        state: state.to_owned(),
        delivered_at,
        failing_since: failing.map(|failing| failing.since),
        said: failing.map(|failing| failing.said.clone()),
        next_try_at: outgoing.filter(|out| out.tries > 0).map(|out| out.next_at),
        given_up: failing.map_or(0, |failing| failing.given_up),
    }
}

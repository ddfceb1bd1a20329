//! `GET /api/alerts`: what is the matter, what nobody wants to hear of, and whether the channels work.

use axum::{Json, extract::State};
use formhand_domain::NodeId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem,
    openapi::Time,
    query::Query,
    silence_view::{SilenceView, SubjectView},
};
use crate::alerts::{Alert, Book, Channel, RuleName, Severity};

/// All of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Alerts")]
pub(crate) struct AlertsView {
    /// What fires, or is about to.
    pub(crate) alerts: Vec<AlertView>,
    /// What is not told for a while.
    pub(crate) silences: Vec<SilenceView>,
    /// The channels, in the order of the configuration.
    pub(crate) channels: Vec<ChannelView>,
    /// The server that watches at present; null when none has done so lately.
    pub(crate) watched_by: Option<NodeId>,
}

/// An alert.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Alert")]
pub(crate) struct AlertView {
    /// The rule that found it.
    pub(crate) rule: RuleName,
    /// How soon somebody has to look.
    pub(crate) severity: Severity,
    /// `firing`, `silenced`, or `pending` while it has not lasted long enough.
    #[schemars(extend("enum" = ["firing", "silenced", "pending"]))]
    pub(crate) state: String,
    /// What it is about.
    pub(crate) about: SubjectView,
    /// Since when it is so.
    #[schemars(with = "Time")]
    pub(crate) since: Timestamp,
    /// What is the matter and what can be done.
    pub(crate) text: String,
}

/// A channel, as it is known here: neither its address nor its secrets.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "AlertChannel")]
pub(crate) struct ChannelView {
    /// Its name in the configuration.
    pub(crate) name: String,
    /// `mail`, `slack` or `webhook`.
    #[schemars(extend("enum" = ["mail", "slack", "webhook"]))]
    pub(crate) kind: String,
    /// `ok`, `failing`, or `unused` before its first message.
    #[schemars(extend("enum" = ["ok", "failing", "unused"]))]
    pub(crate) state: String,
    /// When it last took a message.
    #[schemars(with = "Option<Time>")]
    pub(crate) delivered_at: Option<Timestamp>,
    /// Since when it takes none.
    #[schemars(with = "Option<Time>")]
    pub(crate) failing_since: Option<Timestamp>,
    /// What it said last when it took none.
    pub(crate) said: Option<String>,
    /// When its message is tried again.
    #[schemars(with = "Option<Time>")]
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

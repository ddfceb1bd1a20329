//! `formhand session list`

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::SessionView,
};

#[derive(Deserialize)]
struct Sessions {
    sessions: Vec<SessionView>,
}

/// Lists the sessions.
pub(super) async fn run(client: &Client, output: Output) -> Result<Exit, CliError> {
    let Sessions { sessions } = client.get(&["api", "sessions"]).await?;
    if output.json {
        output.json(&sessions);
        return Ok(Exit::Done);
    }
    if sessions.is_empty() {
        output.say("no account is configured");
        return Ok(Exit::Done);
    }
    output.line(&table(&sessions, output).trim_fmt());
    Ok(Exit::Done)
}

/// A line for each session.
pub(super) fn table(sessions: &[SessionView], output: Output) -> comfy_table::Table {
    let mut table = output.table(&[
        "ACCOUNT",
        "SESSION",
        "LOGINS",
        "AGE",
        "SEEN ALIVE",
        "LAST RECOVERY",
        "ALERTS",
        "REASON",
    ]);
    for session in sessions {
        let recovery = session.last_recovery.as_ref();
        table.add_row([
            format!("{}/{}", session.portal, session.name),
            state(session),
            session.generation.0.to_string(),
            session.age_ms.map(seconds).unwrap_or_default(),
            moment(session.validated_at),
            recovery
                .map(|recovery| format!("{} {:.0}", recovery.verdict, recovery.at))
                .unwrap_or_default(),
            alerts(session),
            session.reason.clone().unwrap_or_default(),
        ]);
    }
    table
}

/// The state with what belongs to it.
fn state(session: &SessionView) -> String {
    match (session.level, session.attempt, session.until) {
        (Some(level), Some(attempt), _) => format!("{} ({level}, {attempt})", session.state),
        (_, _, Some(until)) => format!("{} until {until:.0}", session.state),
        _ => session.state.clone(),
    }
}

fn alerts(session: &SessionView) -> String {
    let alerts = session.alerts;
    [(alerts.critical, "critical"), (alerts.warning, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| format!("{count} {severity}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn moment(at: Option<Timestamp>) -> String {
    at.map(|at| format!("{at:.0}")).unwrap_or_default()
}

fn seconds(age_ms: u64) -> String {
    let seconds = i64::try_from(age_ms / 1000).unwrap_or(i64::MAX);
    format!("{:#}", SignedDuration::from_secs(seconds))
}

//! `formhand alert list`

use jiff::Timestamp;

use crate::{
    cli::{CliError, Exit, Output, client::Client},
    http::{AlertsView, ChannelView, SilenceView},
};

/// Lists alerts, silences and channels.
pub(super) async fn run(client: &Client, output: Output) -> Result<Exit, CliError> {
    let view: AlertsView = client.get(&["api", "alerts"]).await?;
    if output.json {
        output.json(&view);
        return Ok(Exit::Done);
    }
    if view.watched_by.is_none() {
        output.say("no server has watched for a while; the list below is old");
    }
    if view.alerts.is_empty() {
        output.say("nothing is the matter");
    } else {
        let mut table = output.table(&["STATE", "SEVERITY", "RULE", "ABOUT", "SINCE", "WHAT"]);
        for alert in &view.alerts {
            table.add_row([
                alert.state.clone(),
                alert.severity.as_str().to_owned(),
                alert.rule.to_string(),
                alert.about.to_string(),
                short(alert.since),
                alert.text.clone(),
            ]);
        }
        output.line(&table.trim_fmt());
    }
    silences(&view.silences, output);
    channels(&view.channels, output);
    Ok(Exit::Done)
}

fn silences(silences: &[SilenceView], output: Output) {
    if silences.is_empty() {
        return;
    }
    let mut table = output.table(&["SILENCE", "RULE", "ABOUT", "UNTIL", "BY", "REASON"]);
    for silence in silences {
        let rule = silence.rule.map_or("any", |rule| rule.as_str());
        table.add_row([
            silence.id.clone(),
            rule.to_owned(),
            silence.about.to_string(),
            short(silence.until),
            silence.by.clone(),
            silence.reason.clone(),
        ]);
    }
    output.line("");
    output.line(&table.trim_fmt());
}

fn channels(channels: &[ChannelView], output: Output) {
    if channels.is_empty() {
        output.say("no channel is configured, so nobody is told");
        return;
    }
    let mut table = output.table(&["CHANNEL", "KIND", "STATE", "LAST TAKEN", "WHAT IT SAID"]);
    for channel in channels {
        table.add_row([
            channel.name.clone(),
            channel.kind.clone(),
            channel.state.clone(),
            channel.delivered_at.map_or("never".to_owned(), short),
            channel.said.clone().unwrap_or_default(),
        ]);
    }
    output.line("");
    output.line(&table.trim_fmt());
}

fn short(at: Timestamp) -> String {
    format!("{at:.0}")
}

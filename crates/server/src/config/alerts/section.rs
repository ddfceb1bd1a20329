//! The section as a whole.

use serde::Deserialize;

use super::{
    channels::{AlertChannelConfig, AlertChannelError, SlackSection, WebhookSection},
    mail::MailSection,
    rules::RulesSection,
};
use crate::config::here::Here;
use crate::{
    alerts::{AlertSetup, AlertTiming, Rules},
    config::text::{Span, Text},
};

/// The section as written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(in crate::config) struct AlertsSection {
    name: Option<String>,
    group_wait: Option<Text<Span>>,
    group_interval: Option<Text<Span>>,
    repeat: Option<Text<Span>>,
    retry_for: Option<Text<Span>>,
    rules: RulesSection,
    mail: Vec<MailSection>,
    slack: Vec<SlackSection>,
    webhook: Vec<WebhookSection>,
}

/// What is watched, and who is told.
#[derive(Debug, Clone)]
pub struct AlertsConfig {
    /// What this installation is called in messages.
    pub name: String,
    /// What is watched.
    pub rules: Rules,
    /// When what is sent.
    pub timing: AlertTiming,
    /// Where it goes.
    pub channels: Vec<AlertChannelConfig>,
}

impl Default for AlertsConfig {
    fn default() -> Self {
        let AlertSetup {
            name,
            rules,
            timing,
            channels: _,
        } = AlertSetup::default();
        Self {
            name,
            rules,
            timing,
            channels: Vec::new(),
        }
    }
}

impl AlertsSection {
    /// Puts what is written over what was known before, or says what is contradictory about it.
    pub(in crate::config) fn over(
        self,
        before: AlertsConfig,
        folder: &Here,
    ) -> Result<AlertsConfig, String> {
        let mut channels = before.channels;
        for mail in self.mail {
            channels.push(mail.resolve(folder)?);
        }
        for slack in self.slack {
            channels.push(slack.resolve(folder)?);
        }
        for webhook in self.webhook {
            channels.push(webhook.resolve(folder)?);
        }
        let names: Vec<&str> = channels.iter().map(|one| one.name.as_str()).collect();
        if let Some(twice) = super::super::load::repeated(names.into_iter()) {
            return Err(format!("alert channel {twice} is there twice"));
        }
        let name = self.name.unwrap_or(before.name);
        if name.is_empty() || name.len() > 60 || name.chars().any(char::is_control) {
            return Err("alerts.name must be one line of 1 to 60 bytes".to_owned());
        }
        let span =
            |written: Option<Text<Span>>, before| written.map_or(before, |Text(Span(span))| span);
        Ok(AlertsConfig {
            name,
            rules: self.rules.over(before.rules)?,
            timing: AlertTiming {
                group_wait: span(self.group_wait, before.timing.group_wait),
                group_interval: span(self.group_interval, before.timing.group_interval),
                repeat: span(self.repeat, before.timing.repeat),
                retry_for: span(self.retry_for, before.timing.retry_for),
            },
            channels,
        })
    }
}

impl AlertsConfig {
    /// All that alerts need, with the secrets that the configuration points to.
    pub fn setup(&self) -> Result<AlertSetup, AlertChannelError> {
        let channels = self.channels.iter().map(AlertChannelConfig::setup);
        Ok(AlertSetup {
            name: self.name.clone(),
            rules: self.rules.clone(),
            timing: self.timing,
            channels: channels.collect::<Result<_, _>>()?,
        })
    }
}

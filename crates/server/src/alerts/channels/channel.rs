//! One channel, whatever it is.

use std::{slice, time::Duration};

use jiff::Timestamp;

use super::{
    ChannelError, ChannelKind, ChannelSetup, SendError, SigningKey, mail::Mailer, slack, webhook,
};
use crate::{
    alerts::Message,
    post::{HttpSender, headers},
};

/// What takes longer than this has not worked.
const LIMIT: Duration = Duration::from_secs(20);

/// A channel that messages can be sent through.
pub struct Channel {
    name: String,
    kind: &'static str,
    way: Way,
}

enum Way {
    Mail(Box<Mailer>),
    Slack(HttpSender),
    Webhook(HttpSender, SigningKey),
}

impl Channel {
    /// Makes a channel. Nothing is sent.
    pub fn new(setup: ChannelSetup) -> Result<Self, ChannelError> {
        let kind = setup.kind.as_str();
        let way = match setup.kind {
            ChannelKind::Mail(mail) => Way::Mail(Box::new(Mailer::new(mail)?)),
            ChannelKind::Slack { url } => Way::Slack(HttpSender::to(&url)?),
            ChannelKind::Webhook { url, key } => Way::Webhook(HttpSender::to(&url)?, key),
        };
        Ok(Self {
            name: setup.name,
            kind,
            way,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is: `mail`, `slack` or `webhook`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Sends a message once. `from` is what this installation is called.
    pub async fn send(
        &self,
        message: &Message,
        from: &str,
        now: Timestamp,
    ) -> Result<(), SendError> {
        let sending = async {
            match &self.way {
                Way::Mail(mailer) => mailer.send(message, from).await,
                Way::Slack(http) => http.post(slack::body(message, from), &[]).await?.taken(),
                Way::Webhook(http, key) => {
                    let body = webhook::body(message, from);
                    let headers = headers(slice::from_ref(key), &message.id, now, &body);
                    http.post(body, &headers).await?.taken()
                }
            }
        };
        match tokio::time::timeout(LIMIT, sending).await {
            Ok(sent) => sent,
            Err(_) => Err(SendError(format!("no answer within {LIMIT:?}"))),
        }
    }
}

//! Mail over SMTP.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message as Mail, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};

use super::{ChannelError, MailSecurity, MailSetup, SendError, words};
use crate::{alerts::Message, post::TlsError};

/// For each step of the conversation.
const LIMIT: Duration = Duration::from_secs(15);

/// Sends mail to the same people over the same server.
pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    to: Vec<Mailbox>,
}

impl Mailer {
    pub(super) fn new(setup: MailSetup) -> Result<Self, ChannelError> {
        let parameters = || {
            TlsParameters::new(setup.host.clone())
                .map_err(|error| ChannelError::Tls(TlsError(error.to_string())))
        };
        let tls = match setup.security {
            MailSecurity::StartTls => Tls::Required(parameters()?),
            MailSecurity::Tls => Tls::Wrapper(parameters()?),
            MailSecurity::None => Tls::None,
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&setup.host)
            .port(setup.port)
            .tls(tls)
            .timeout(Some(LIMIT));
        let transport = match setup.login {
            Some((user, password)) => {
                transport.credentials(Credentials::new(user, password.expose().to_owned()))
            }
            None => transport,
        };
        Ok(Self {
            transport: transport.build(),
            from: setup.from,
            to: setup.to,
        })
    }

    pub(super) async fn send(&self, message: &Message, from: &str) -> Result<(), SendError> {
        let mail = self.mail(message, from)?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) => Err(SendError::of(&error)),
        }
    }

    fn mail(&self, message: &Message, from: &str) -> Result<Mail, SendError> {
        let domain = self.from.email.domain();
        let mut mail = Mail::builder()
            .from(self.from.clone())
            .subject(words::subject(message, from))
            .date(system_time(message.at))
            // The same however often it is tried, so that a mail program shows it once.
            .message_id(Some(format!("<{}@{domain}>", message.id)))
            .header(ContentType::TEXT_PLAIN);
        for to in &self.to {
            mail = mail.to(to.clone());
        }
        mail.body(words::text(message, from))
            .map_err(|error| SendError(error.to_string()))
    }
}

fn system_time(at: Timestamp) -> SystemTime {
    let since = at.duration_since(Timestamp::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + Duration::try_from(since).unwrap_or_default()
}

//! Following a session until a wish is fulfilled, or is seen not to be.

use formhand_domain::account::SessionEventKind;
use formhand_store::SessionWish;
use serde::Deserialize;

use crate::{
    cli::{CliError, Exit, Output, client::Client, event_stream::EventStream},
    http::{SessionView, SessionWithHistory, Wished},
};

/// What is read of an event of any kind; one of a job says nothing here.
#[derive(Deserialize)]
struct SessionLine {
    portal: Option<String>,
    name: Option<String>,
    event: Option<String>,
}

/// A wish whose end is waited for.
pub(super) struct Wait<'a> {
    client: &'a Client,
    wished: SessionWish,
    before: SessionView,
    /// Whether a recovery has come to an end since.
    has_recovered: bool,
}

impl<'a> Wait<'a> {
    pub(super) fn new(client: &'a Client, wished: Wished) -> Self {
        Self {
            client,
            wished: wished.wished,
            before: wished.session,
            has_recovered: false,
        }
    }

    /// The session as it ended, and whether that is what was wished. `events` were opened before the wish was made.
    pub(super) async fn follow(
        mut self,
        mut events: EventStream,
        output: Output,
    ) -> Result<(SessionView, bool), CliError> {
        let mut told = String::new();
        loop {
            let session = self.look().await?;
            if session.state != told {
                output.say(&session.state);
                told.clone_from(&session.state);
            }
            if let Some(is_done) = self.verdict(&session) {
                return Ok((session, is_done));
            }
            let line: SessionLine = events.next().await.map_err(|why| {
                CliError::new(Exit::Unreachable, format!("the server is lost: {why}"))
            })?;
            self.hear(&line);
        }
    }

    fn hear(&mut self, line: &SessionLine) {
        let is_ours = line.portal.as_deref() == Some(self.before.portal.as_str())
            && line.name.as_deref() == Some(self.before.name.as_str());
        let ended = SessionEventKind::RecoveryEnded.as_str();
        if is_ours && line.event.as_deref() == Some(ended) {
            self.has_recovered = true;
        }
    }

    async fn look(&self) -> Result<SessionView, CliError> {
        let (portal, name) = (self.before.portal.as_str(), self.before.name.as_str());
        let shown: SessionWithHistory = self.client.get(&["api", "sessions", portal, name]).await?;
        Ok(shown.session)
    }

    /// Whether it came to what was wished; nothing while that is open.
    fn verdict(&self, session: &SessionView) -> Option<bool> {
        let has_moved = self.has_recovered
            || session.generation != self.before.generation
            || session.last_recovery != self.before.last_recovery;
        // A session that was down before the wish is so until somebody takes it up.
        let is_news = has_moved || session.saved_at != self.before.saved_at;
        match (self.wished, session.state.as_str()) {
            (SessionWish::Recover, "active") => has_moved.then_some(true),
            (SessionWish::LogIn, "active") | (SessionWish::LogOut, "cold") => Some(true),
            (_, "down" | "needs_human") => is_news.then_some(false),
            (SessionWish::Recover | SessionWish::LogIn, "cold") => has_moved.then_some(false),
            _ => None,
        }
    }
}

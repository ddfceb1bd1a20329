//! Following a session until a wish is fulfilled, or is seen not to be.

use formhand_store::SessionWish;
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    cli::{CliError, Output, client::Client, event_stream::EventStream},
    http::{SessionView, SessionWithHistory, Wished},
};

/// A wish whose end is waited for.
pub(super) struct Wait<'a> {
    client: &'a Client,
    wished: Wished,
}

impl<'a> Wait<'a> {
    pub(super) fn new(client: &'a Client, wished: Wished) -> Self {
        Self { client, wished }
    }

    /// The session as it ended, and whether that is what was wished. `events` were opened before the wish was made.
    pub(super) async fn follow(
        self,
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
            if let Some(is_done) = verdict(self.wished.wish, self.wished.at, &session) {
                return Ok((session, is_done));
            }
            // Whatever happened, the session says what came of it.
            let _: Value = events.next().await?;
        }
    }

    async fn look(&self) -> Result<SessionView, CliError> {
        let before = &self.wished.session;
        let (portal, name) = (before.portal.as_str(), before.name.as_str());
        let shown: SessionWithHistory = self.client.get(&["api", "sessions", portal, name]).await?;
        Ok(shown.session)
    }
}

/// Whether it came to what was wished at this time; nothing while that is open.
fn verdict(wished: SessionWish, at: Timestamp, session: &SessionView) -> Option<bool> {
    if session.wish.is_some() {
        // Nobody has taken it up. What is going on was set off by something else.
        return None;
    }
    let last = session.last_recovery.as_ref();
    let has_recovered = last.is_some_and(|last| last.recovery.began_since(at));
    match (wished, session.state.as_str()) {
        (SessionWish::LogIn, "active") | (SessionWish::LogOut, "cold") => Some(true),
        // One that was given up is active again when somebody has needed a new one since.
        (SessionWish::Recover | SessionWish::LogOut, "active") => has_recovered.then_some(true),
        // A wish does not help here, only a person.
        (_, "needs_human") => Some(false),
        (SessionWish::Recover | SessionWish::LogIn, "down" | "cold") => {
            has_recovered.then_some(false)
        }
        _ => None,
    }
}

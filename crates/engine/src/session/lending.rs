//! Lending the session to a job, wherever it is kept.

use formhand_domain::{Generation, account::RecoveryCause};
use formhand_portal::CloneMode;

use super::{
    Lent, NoSession,
    actor::{Actor, Reply},
    follow::Role,
    held::Held,
    lend::Copied,
};

impl Actor {
    /// Answers a job: at once, or when the session is there again.
    pub(super) async fn lend(&mut self, reply: Reply) {
        if self.establisher.setup.portal.session.clone == CloneMode::Login {
            let none = Generation::default();
            let lent = self.workplace.lend(none, Copied::Nothing);
            // The asker may have given up; so it may below.
            let _ = reply.send(Ok(lent));
            return;
        }
        if matches!(self.role, Role::Open) {
            let sought = match self.refusal() {
                Some(no_session) => Err(no_session),
                None => self.seek().await,
            };
            if let Err(no_session) = sought {
                let _ = reply.send(Err(no_session));
                return;
            }
        }
        if matches!(self.role, Role::Keeper(_)) {
            let answer = self.lend_own().await;
            // The session is kept for the next one.
            let _ = reply.send(answer);
            return;
        }
        match self.shared().await {
            Some((generation, copy)) => {
                let _ = reply.send(Ok(self.workplace.lend(generation, copy)));
            }
            None => self.wait(reply),
        }
    }

    /// Why no session is even tried for; nothing if one is.
    fn refusal(&self) -> Option<NoSession> {
        match &self.held {
            Held::Down { until, reason } if *until > self.register.now() => {
                Some(NoSession::Until(*until, reason.clone()))
            }
            Held::NeedsHuman(reason) => Some(NoSession::Human(reason.clone())),
            _ => None,
        }
    }

    async fn lend_own(&mut self) -> Result<Lent, NoSession> {
        if let Some(no_session) = self.refusal() {
            return Err(no_session);
        }
        let cause = match &self.held {
            Held::Active(live) => {
                return Ok(self.workplace.lend(live.generation, live.copy.clone()));
            }
            Held::Nothing(cause) => *cause,
            Held::Down { .. } => RecoveryCause::Probe,
            Held::Elsewhere(_) | Held::NeedsHuman(_) => RecoveryCause::TakenOver,
        };
        self.recover(cause).await?;
        match &self.held {
            Held::Active(live) => Ok(self.workplace.lend(live.generation, live.copy.clone())),
            _ => Err(NoSession::Closing),
        }
    }

    /// Whoever waits is answered when the keeper has a session again.
    fn wait(&mut self, reply: Reply) {
        self.waiting.retain(|reply| !reply.is_closed());
        self.waiting.push(reply);
    }

    /// Something has changed for those who wait.
    pub(super) async fn answer_waiting(&mut self) {
        for reply in std::mem::take(&mut self.waiting) {
            if !reply.is_closed() {
                self.lend(reply).await;
            }
        }
    }
}

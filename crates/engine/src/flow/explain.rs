//! What a failure means is often said by the page.

use std::time::Duration;

use formhand_domain::{Failure, FailureCode};

use super::{Run, Stop, Trouble, tries, trouble};

/// A redirect takes less, unless the portal hangs.
const ON_ITS_WAY: Duration = Duration::from_millis(1500);

impl Run {
    /// What a failure means is often said by the page: a message, or the login form in the page's place.
    pub(super) async fn explain(&self, stop: Stop) -> Stop {
        let Stop::Failed(failed) = stop else {
            return stop;
        };
        let explainable = matches!(
            failed.failure.code,
            FailureCode::StepTimedOut | FailureCode::FormNotTaken | FailureCode::NotOffered
        );
        if !explainable || self.session_over.is_none() {
            return Stop::Failed(failed);
        }
        match trouble::look(&self.portal, &self.page.main()).await {
            Some(Trouble::LoggedOut) => Stop::SessionGone,
            Some(Trouble::Said { class, failure }) => trouble::stop(
                class,
                Failure {
                    step: failed.failure.step.clone(),
                    ..failure
                },
            )
            .with_log(failed.log),
            Some(Trouble::Unknown(failure)) => Stop::from(Failure {
                step: failed.failure.step.clone(),
                ..failure
            })
            .with_log(failed.log),
            None if self.is_over_soon().await => Stop::SessionGone,
            None => Stop::Failed(failed),
        }
    }

    /// A page that is just on its way to the login shows neither what was waited for nor the login.
    async fn is_over_soon(&self) -> bool {
        let ended = tries::ended(self.session_over.clone());
        tokio::time::timeout(ON_ITS_WAY, ended).await.is_ok()
    }
}

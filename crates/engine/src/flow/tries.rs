//! A step's own tries. Only steps after the submit have more than one: before it the whole job is tried again.

use std::time::Duration;

use formhand_browser::{Frame, Page};
use formhand_domain::{Failure, FailureCode};
use formhand_portal::{Step, Tries, value::Scope};
use tokio::sync::watch;

use super::{Run, Stop, fields::SetFields};

/// What a step that failed must not leave behind.
pub(super) struct Mark {
    scope: Scope,
    page: Page,
    fields: SetFields,
    shrugged_count: usize,
}

impl Run {
    /// Remembers where the steps are.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            scope: self.scope.clone(),
            page: self.page.clone(),
            fields: self.fields.clone(),
            shrugged_count: self.shrugged.len(),
        }
    }

    /// Goes back to where the steps were: what a failed step captured, and what it shrugged at, is forgotten.
    pub(super) fn return_to(&mut self, mark: &Mark) {
        self.scope.clone_from(&mark.scope);
        self.page.clone_from(&mark.page);
        self.fields.clone_from(&mark.fields);
        self.shrugged.truncate(mark.shrugged_count);
    }

    /// Does a step, as often as it takes and may.
    pub(super) async fn tried(
        &mut self,
        frame: &Frame,
        step: &Step,
        tries: Tries,
    ) -> Result<(), Stop> {
        let before = self.mark();
        let mut number = 1;
        loop {
            self.begin(&format!("{}, try {number} of {}", step.name, tries.times));
            let done = self.guarded(frame, &[step]).await;
            let mut failed = match done.map_err(|stop| stop.at_step(&step.name)) {
                Err(Stop::Failed(failed)) => failed,
                // Whatever else ends the steps ends them for good.
                result => return result,
            };
            let code = failed.failure.code;
            if number == tries.times || !can_become_better(&failed.failure) {
                let words = &failed.failure.message;
                failed.failure.message = format!("{words} (try {number} of {})", tries.times);
                return Err(Stop::Failed(failed));
            }
            tracing::info!(step = step.name, number, %code, "a try failed, and another follows");
            self.return_to(&before);
            // A window that the failed try has opened must not be taken for that of the next one.
            self.context.close_unclaimed().await;
            self.rest(tries.pause).await?;
            number += 1;
        }
    }

    /// Rests between two tries, but not longer than the session lives.
    async fn rest(&self, pause: Duration) -> Result<(), Stop> {
        tokio::select! {
            biased;
            () = ended(self.session_over.clone()) => Err(Stop::SessionGone),
            () = tokio::time::sleep(pause) => Ok(()),
        }
    }
}

/// Resolves when the session is over; never where nobody watches it.
pub(super) async fn ended(watched: Option<watch::Receiver<bool>>) {
    if let Some(mut over) = watched
        && over.wait_for(|over| *over).await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}

/// Whether another try of the same step on the same page can help.
fn can_become_better(failure: &Failure) -> bool {
    match failure.code {
        // Before the filing they are final, lest wrong data is filed. Here the portal may only not be ready yet.
        FailureCode::PageChanged | FailureCode::ReadbackMismatch => true,
        // A new attempt would have a new browser; a new try has the same.
        FailureCode::BrowserCrashed => false,
        _ => failure.retryable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_become_better_is_not_tried_again() {
        let again: Vec<_> = FailureCode::ALL
            .iter()
            .filter(|code| can_become_better(&Failure::new(**code, "")))
            .collect();
        for code in [
            FailureCode::StepTimedOut,
            FailureCode::PortalFault,
            FailureCode::Network,
        ] {
            assert!(again.contains(&&code), "{code}");
        }
        for code in [
            FailureCode::DefinitionError,
            FailureCode::UnmappedValue,
            FailureCode::DataRefused,
            FailureCode::BrowserCrashed,
        ] {
            assert!(!again.contains(&&code), "{code}");
        }
    }

    #[test]
    fn the_portals_words_can_say_that_it_will_not_become_better() {
        let mut failure = Failure::new(FailureCode::PortalFault, "no schedule for this product");
        failure.retryable = false;
        assert!(!can_become_better(&failure));
    }
}

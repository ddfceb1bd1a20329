//! Does steps with people coming in between: between two steps, and where one has failed.

use formhand_browser::Frame;
use formhand_domain::FailureCode;
use formhand_portal::{FrameOf, Step, StepAction};

use super::{Run, Stop, stop::Failed, tries};
use crate::{
    submit::WriteError,
    takeover::{Handed, Hands},
};

impl Run {
    /// Does one step, or several that set fields in one trip.
    pub(super) async fn attended(&mut self, frame: &Frame, steps: &[Step]) -> Result<(), Stop> {
        let Some(hands) = self.hands.clone() else {
            return self.traced(frame, steps).await;
        };
        if hands.is_wanted() && !self.filed && is_safe_before(steps) {
            self.give(&hands, steps).await?;
        }
        if steps.iter().any(files) {
            hands.too_late();
        }
        let is_optional = steps.iter().any(|step| step.optional);
        self.optional_depth += u32::from(is_optional);
        let done = self.with_help(&hands, frame, steps).await;
        self.optional_depth -= u32::from(is_optional);
        done
    }

    async fn give(&mut self, hands: &Hands, steps: &[Step]) -> Result<(), Stop> {
        let next = steps.first().map_or("", |step| step.name.as_str());
        let given = tokio::select! {
            biased;
            () = tries::ended(self.session_over.clone()) => return Err(Stop::SessionGone),
            given = hands.give(&self.page, next) => given,
        };
        // Windows that the person has opened must not be taken for those that steps open.
        self.context.close_unclaimed().await;
        match after(given)? {
            Handed::Left => Err(Stop::Left),
            _ => Ok(()),
        }
    }

    async fn with_help(
        &mut self,
        hands: &Hands,
        frame: &Frame,
        steps: &[Step],
    ) -> Result<(), Stop> {
        loop {
            // Fields that are set leave nothing behind if they fail.
            let is_set = matches!(steps[0].action, StepAction::Set(_));
            let before = (!is_set).then(|| self.mark());
            let failed = match self.traced(frame, steps).await {
                Err(Stop::Failed(failed)) if self.may_be_helped(hands, &failed) => failed,
                result => return result,
            };
            let step = failed.failure.step.as_deref().unwrap_or_default();
            let helped = tokio::select! {
                biased;
                () = tries::ended(self.session_over.clone()) => return Err(Stop::SessionGone),
                helped = hands.help(&self.page, step, &failed.failure) => helped,
            };
            match after(helped)? {
                Handed::TryAgain => {
                    if let Some(before) = &before {
                        self.return_to(before);
                    }
                    self.context.close_unclaimed().await;
                }
                _ => return Err(Stop::Failed(failed)),
            }
        }
    }

    fn may_be_helped(&self, hands: &Hands, failed: &Failed) -> bool {
        let can_be = matches!(
            failed.failure.code,
            FailureCode::StepTimedOut
                | FailureCode::FormNotTaken
                | FailureCode::NotOffered
                | FailureCode::PageChanged
                | FailureCode::UnknownMessage
                | FailureCode::PortalFault
                | FailureCode::DataRefused
                | FailureCode::ReadbackMismatch
                | FailureCode::Network
        );
        can_be && self.optional_depth == 0 && !self.filed && !hands.is_too_late()
    }
}

fn after(handed: Result<Handed, WriteError>) -> Result<Handed, Stop> {
    match handed? {
        Handed::GivenUp(given_up) => Err(Stop::GivenUp(Box::new(given_up))),
        handed => Ok(handed),
    }
}

fn files(step: &Step) -> bool {
    matches!(step.action, StepAction::Submit(_))
}

/// A window that a step has opened waits for the next one, and no other may come between.
fn is_safe_before(steps: &[Step]) -> bool {
    let takes_window = |step: &Step| {
        matches!(
            step.action,
            StepAction::Within {
                frame: FrameOf::Popup,
                ..
            }
        )
    };
    !steps.first().is_some_and(takes_window)
}

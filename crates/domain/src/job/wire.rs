//! The names that users of the first system know. All of them are derived from the state, none is stored beside it.

use super::state::{End, Job, JobState, Progress};
use crate::names::wire_names;

wire_names! {
    /// Where a job stands.
    Status {
        /// Waits to be worked on. The queue moves it on as soon as its account has room.
        Pending = "pending",
        /// A server holds its lease. If that server dies, recovery moves it on when the lease ends.
        Processing = "processing",
        /// Filed, and all that follows is done.
        Completed = "completed",
        /// Filed, but an optional step after it failed.
        CompletedWithErrors = "completed_with_errors",
        /// Failed before anything was filed. The queue tries it again at its retry time, if it has one.
        FailedLoginForm = "failed_login_form",
        /// Failed at or after the commit. Only a person moves it on.
        FailedPostSubmission = "failed_post_submission",
        /// The record breaks the flow's rules; it never reached a browser.
        FailedValidation = "failed_validation",
        /// Another job of the same business case is alive or filed.
        FailedDuplicate = "failed_duplicate",
        /// A person holds it. Only a person moves it on.
        OnHold = "on_hold",
        /// Nobody knows whether it was filed. A person, or a search of the portal, settles it.
        NeedsReview = "needs_review",
        /// A person ended it before it was filed.
        Cancelled = "cancelled",
    }
}

wire_names! {
    /// How far the present or last attempt came.
    Stage {
        /// Getting a session; the form is untouched.
        Session = "session",
        /// Filling the form.
        LoginForm = "login-form",
        /// At the commit.
        Submitting = "submitting",
        /// After the commit.
        PostSubmission = "post-submission",
    }
}

wire_names! {
    /// Whether the form was filed, as far as can be proven.
    Outcome {
        /// It was not.
        NotSubmitted = "not_submitted",
        /// It was, and there is a receipt.
        Submitted = "submitted",
        /// It may have been.
        Unknown = "unknown",
    }
}

impl Status {
    /// Whether nothing will change it any more unless a person does.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Pending | Self::Processing | Self::OnHold)
    }
}

impl Job {
    /// Where the job stands.
    pub fn status(&self) -> Status {
        match &self.state {
            JobState::Pending { .. } => Status::Pending,
            JobState::Processing { .. } => Status::Processing,
            JobState::RetryWait { .. } => Status::FailedLoginForm,
            JobState::OnHold { .. } => Status::OnHold,
            JobState::NeedsReview { .. } => Status::NeedsReview,
            JobState::Finished { end, .. } => match end {
                End::Completed { .. } => Status::Completed,
                End::CompletedWithErrors { .. } => Status::CompletedWithErrors,
                End::FailedBeforeFiling { .. } => Status::FailedLoginForm,
                End::Rejected { .. }
                | End::SettledNotFiled { .. }
                | End::FailedAfterFiling { .. } => Status::FailedPostSubmission,
                End::Invalid { .. } => Status::FailedValidation,
                End::Duplicate { .. } => Status::FailedDuplicate,
                End::Cancelled { .. } => Status::Cancelled,
            },
        }
    }

    /// Whether the form was filed, as far as can be proven.
    pub fn outcome(&self) -> Outcome {
        match &self.state {
            JobState::Processing { progress, .. } => match progress {
                Progress::Session | Progress::LoginForm => Outcome::NotSubmitted,
                Progress::Armed { .. } | Progress::Crossed { .. } => Outcome::Unknown,
                Progress::Filed { .. } => Outcome::Submitted,
            },
            JobState::NeedsReview { .. } => Outcome::Unknown,
            JobState::Finished { end, .. } => match end {
                End::Completed { .. }
                | End::CompletedWithErrors { .. }
                | End::FailedAfterFiling { .. } => Outcome::Submitted,
                End::FailedBeforeFiling { .. }
                | End::Rejected { .. }
                | End::SettledNotFiled { .. }
                | End::Invalid { .. }
                | End::Duplicate { .. }
                | End::Cancelled { .. } => Outcome::NotSubmitted,
            },
            JobState::Pending { .. } | JobState::RetryWait { .. } | JobState::OnHold { .. } => {
                Outcome::NotSubmitted
            }
        }
    }

    /// How far the present or last attempt came; nothing before the first.
    pub fn stage(&self) -> Option<Stage> {
        match &self.state {
            JobState::Processing { progress, .. } => Some(progress.stage()),
            JobState::Pending { .. } | JobState::OnHold { .. } => None,
            JobState::RetryWait { stage, .. } => Some(*stage),
            JobState::NeedsReview { .. } => Some(Stage::Submitting),
            JobState::Finished { end, .. } => match end {
                End::Completed { .. }
                | End::CompletedWithErrors { .. }
                | End::FailedAfterFiling { .. } => Some(Stage::PostSubmission),
                End::Rejected { .. } | End::SettledNotFiled { .. } => Some(Stage::Submitting),
                End::FailedBeforeFiling { stage, .. } => Some(*stage),
                End::Invalid { .. } | End::Duplicate { .. } | End::Cancelled { .. } => None,
            },
        }
    }
}

impl Progress {
    /// The stage that this progress belongs to.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Session => Stage::Session,
            Self::LoginForm => Stage::LoginForm,
            Self::Armed { .. } | Self::Crossed { .. } => Stage::Submitting,
            Self::Filed { .. } => Stage::PostSubmission,
        }
    }
}

//! A person takes over the page of a job that is worked on. Only the server whose browser shows it can give it.

pub(super) mod act;
pub(super) mod ask;
pub(super) mod end;
mod show;
mod view;

pub(crate) use self::{
    act::act,
    ask::ask,
    end::end,
    show::show,
    view::{Stands, TakeOverView, view},
};
use formhand_domain::JobId;
use formhand_engine::TakeOverRefused;

use super::{ApiState, Problem, show_job::find};

/// What the caller is told in the place of what was refused.
async fn refused(state: &ApiState, job: JobId, why: TakeOverRefused) -> Problem {
    let code = match &why {
        TakeOverRefused::NotHere => return elsewhere(state, job).await,
        TakeOverRefused::TooLate => "too_late",
        TakeOverRefused::Others { .. } => "taken_over",
        TakeOverRefused::NotYours | TakeOverRefused::Ended => "not_taken_over",
        TakeOverRefused::StepFailed => "step_failed",
        TakeOverRefused::NothingFailed => "nothing_failed",
        TakeOverRefused::NotDone(_) => "not_done",
    };
    Problem::refused(code, why.to_string())
}

/// No browser of this server shows it: who does, or why nobody does.
async fn elsewhere(state: &ApiState, job: JobId) -> Problem {
    let job = match find(state, job).await {
        Ok(job) => job,
        Err(problem) => return problem,
    };
    let Some(lease) = job.lease() else {
        let detail = format!(
            "only the page of a job that is worked on can be taken over, and this one is {}",
            job.status()
        );
        return Problem::refused("not_at_work", detail);
    };
    let detail = format!(
        "no browser of this server fills the job's form now. Server {} works on it: ask that one, once the form is open",
        lease.owner
    );
    Problem::refused("works_elsewhere", detail)
}

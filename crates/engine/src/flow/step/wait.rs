//! `wait` and `expect`: until the page shows something, or says what is wrong.

use formhand_browser::{Deadline, Frame};
use formhand_domain::FailureCode;
use formhand_portal::Condition;

use super::super::{Run, Stop, Trouble, translate, trouble};

/// Waits for one of `any`. The portal's own messages end the wait as well: there is no use in waiting on.
pub(crate) async fn wait(
    run: &mut Run,
    frame: &Frame,
    any: &[Condition],
    deadline: Deadline,
) -> Result<(), Stop> {
    let wanted = any.len();
    let mut conditions = translate::conditions(&run.portal.base, any);
    conditions.extend(trouble::message_signals(&run.portal));
    loop {
        let hit = frame.first_of(&conditions, deadline).await?;
        if hit.index < wanted {
            return Ok(());
        }
        match trouble::messages(&run.portal, frame).await {
            Some(Trouble::LoggedOut) => return Err(Stop::SessionGone),
            Some(Trouble::Said { class, failure }) => return Err(trouble::stop(class, failure)),
            Some(Trouble::Unknown(failure)) => return Err(failure.into()),
            // It was information only, or is gone again: what is wanted is all that is left to wait for.
            None => conditions.truncate(wanted),
        }
    }
}

pub(crate) async fn expect(
    run: &mut Run,
    frame: &Frame,
    condition: &Condition,
    otherwise: Option<&str>,
    deadline: Deadline,
) -> Result<(), Stop> {
    let result = wait(run, frame, std::slice::from_ref(condition), deadline).await;
    match (result, otherwise) {
        (Err(Stop::Failed(mut failed)), Some(meaning))
            if failed.failure.code == FailureCode::StepTimedOut =>
        {
            failed.failure.message = format!("{meaning} ({})", failed.failure.message);
            Err(Stop::Failed(failed))
        }
        (result, _) => result,
    }
}

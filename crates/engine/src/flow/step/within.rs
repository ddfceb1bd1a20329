//! `within`: works inside a frame or a window.

use std::time::Duration;

use formhand_browser::{Condition, Deadline, Frame};
use formhand_portal::{FrameOf, Step};

use super::super::{Run, Stop, translate};

pub(crate) async fn within(
    run: &mut Run,
    frame: &Frame,
    of: &FrameOf,
    steps: &[Step],
    deadline: Deadline,
) -> Result<(), Stop> {
    // A frame's fields are read back inside it: it may be gone when the form outside is submitted.
    let outside = std::mem::take(&mut run.fields);
    let result = match of {
        FrameOf::Frame(at) => {
            let inner = run
                .page
                .frame(frame, &translate::target(at), deadline)
                .await?;
            let signs = run.signs_of_logout();
            tokio::select! {
                biased;
                result = run.steps(&inner, steps) => result,
                // A dead session may show in the frame alone: the page around it was there before.
                () = shows(&inner, &signs) => Err(Stop::SessionGone),
            }
        }
        FrameOf::Popup => {
            let popup = run.context.next_page(deadline).await?;
            popup.set_dialogs(run.dialogs.clone());
            let main = popup.main();
            let opener = std::mem::replace(&mut run.page, popup);
            let result = run.steps(&main, steps).await;
            run.page = opener;
            result
        }
    };
    run.fields = outside;
    result
}

/// Resolves when one of these holds in the frame.
async fn shows(frame: &Frame, signs: &[Condition]) {
    let seen = frame.first_of(signs, Deadline::after(LONG)).await;
    if signs.is_empty() || seen.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Longer than any flow; the steps' own time ends the wait.
const LONG: Duration = Duration::from_hours(1);

//! `within`: works inside a frame or a window.

use formhand_browser::{Deadline, Frame};
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
            run.steps(&inner, steps).await
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

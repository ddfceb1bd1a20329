//! `click`, `hover` and `press`.

use formhand_browser::{ActionKind, Deadline, Frame};
use formhand_portal::Target;

use super::{super::Stop, goto::action};

pub(crate) async fn click(frame: &Frame, at: &Target, deadline: Deadline) -> Result<(), Stop> {
    frame
        .act(&[action(at, ActionKind::Click)], deadline)
        .await?;
    Ok(())
}

pub(crate) async fn hover(frame: &Frame, at: &Target, deadline: Deadline) -> Result<(), Stop> {
    frame
        .act(&[action(at, ActionKind::Hover)], deadline)
        .await?;
    Ok(())
}

pub(crate) async fn press(
    frame: &Frame,
    at: &Target,
    key: &str,
    deadline: Deadline,
) -> Result<(), Stop> {
    let kind = ActionKind::Press {
        key: key.to_owned(),
    };
    frame.act(&[action(at, kind)], deadline).await?;
    Ok(())
}

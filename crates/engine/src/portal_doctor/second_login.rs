//! Whether a second login ends the first.

use super::{PortalDoctorError, SecondLogin, lab::Lab};
use crate::session::crashed;

/// Logs a fresh context in, then asks for the first session.
pub(super) async fn measure(lab: &mut Lab) -> Result<SecondLogin, PortalDoctorError> {
    let (_, first) = lab.live_master().await?;
    let second = lab.clone_context(None).await?;
    let page = second.page().await.map_err(crashed)?;
    let known = match lab.log_in(&second, &page).await {
        Ok(_) => lab.knows(&first).await,
        Err(error) => Err(error),
    };
    // It goes down with its browser at the end if it cannot be closed now.
    let _ = second.close().await;
    Ok(if known? {
        SecondLogin::BothLive
    } else {
        SecondLogin::EndsTheFirst
    })
}

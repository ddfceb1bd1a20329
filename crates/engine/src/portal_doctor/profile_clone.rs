//! Whether the session outlives its browser, and whether a copy of its profile is logged in.

use formhand_browser::copy_profile;
use formhand_domain::{Failure, FailureCode};

use super::{PortalDoctorError, ProfileClone, Restart, lab::Lab};
use crate::session::Master;

/// Closes the browser in order, copies the profile, and starts a browser on each.
pub(super) async fn measure(lab: &mut Lab) -> Result<(Restart, ProfileClone), PortalDoctorError> {
    lab.live_master().await?;
    lab.close_master().await;
    let copy = lab.folder.join("copy");
    copy_profile(&lab.profile(), &copy).await.map_err(|error| {
        let failure = Failure::new(FailureCode::Internal, error.to_string());
        PortalDoctorError::Failed(failure)
    })?;
    let (_, page) = lab.master().await?;
    let restart = if lab.knows(&page).await? {
        Restart::Outlived
    } else {
        Restart::Lost
    };
    let clone = Master::start(&lab.setup.portal, copy, lab.setup.executable.clone()).await?;
    let known = lab.knows_clone(&clone.context).await;
    clone.browser.close().await;
    let profile = if known? {
        ProfileClone::LoggedIn
    } else {
        ProfileClone::LoggedOut
    };
    Ok((restart, profile))
}

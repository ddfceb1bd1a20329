//! Which parts of the storage carry the login, shown by contexts that get them and contexts that do not.

use std::collections::BTreeSet;

use formhand_portal::Carried;

use super::{ContextClone, PortalDoctorError, lab::Lab};
use crate::session::parts;

/// Databases first: they cost the most to copy, so they are the first to be left out.
const MOST_COSTLY_FIRST: [Carried; 4] = [
    Carried::IndexedDb,
    Carried::SessionStorage,
    Carried::LocalStorage,
    Carried::Cookies,
];

/// Tries everything, then leaves out one part after the other for as long as the clone stays logged in.
pub(super) async fn measure(lab: &mut Lab) -> Result<ContextClone, PortalDoctorError> {
    if stays_logged_in(lab, &BTreeSet::new()).await? {
        return Err(PortalDoctorError::CheckProvesNothing);
    }
    let mut carries = BTreeSet::from(MOST_COSTLY_FIRST);
    if !stays_logged_in(lab, &carries).await? {
        // Some databases cannot be copied at all, and need not be.
        carries.remove(&Carried::IndexedDb);
        if !stays_logged_in(lab, &carries).await? {
            return Ok(ContextClone::LoggedOut);
        }
    }
    for part in MOST_COSTLY_FIRST {
        if !carries.contains(&part) || carries.len() == 1 {
            continue;
        }
        let mut fewer = carries.clone();
        fewer.remove(&part);
        if stays_logged_in(lab, &fewer).await? {
            carries = fewer;
        }
    }
    Ok(ContextClone::LoggedIn { carries })
}

/// Each try is of a master that lives: a clone that the portal does not take may have cost it its session.
async fn stays_logged_in(
    lab: &mut Lab,
    carries: &BTreeSet<Carried>,
) -> Result<bool, PortalDoctorError> {
    let (master, _) = lab.live_master().await?;
    let origins = &lab.setup.portal.origins;
    let Ok(storage) = master.storage_state_with(origins, parts(carries)).await else {
        return Ok(false);
    };
    let clone = lab.clone_context(Some(storage)).await?;
    let known = lab.knows_clone(&clone).await;
    // It goes down with its browser at the end if it cannot be closed now.
    let _ = clone.close().await;
    known
}

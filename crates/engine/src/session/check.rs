//! Whether the portal still knows a session. Only a round trip proves it.

use formhand_browser::{Deadline, Page};
use formhand_portal::{Portal, value::Scope};

use crate::flow::{Stop, absolute, conditions};

/// What a check has seen.
pub(crate) struct Checked {
    /// Whether one is logged in.
    pub(crate) is_known: bool,
    /// The HTTP status of the page that the check was sent to.
    pub(crate) status: u16,
}

/// Whether one is logged in.
pub(crate) async fn logged_in(portal: &Portal, page: &Page) -> Result<bool, Stop> {
    Ok(check(portal, page).await?.is_known)
}

/// Opens the check page and sees which signal decides.
pub(crate) async fn check(portal: &Portal, page: &Page) -> Result<Checked, Stop> {
    let rules = &portal.session;
    let deadline = Deadline::after(rules.check_timeout);
    let url = absolute(&portal.base, &rules.check_url.render(&Scope::default())?)?;
    let status = page.goto(url.as_str(), deadline).await?.status;
    // Logged out first: a page that shows both signs is no proof of a session.
    let mut signals = conditions(&portal.base, &rules.logged_out);
    let out = signals.len();
    signals.extend(conditions(&portal.base, &rules.logged_in));
    let hit = page.main().first_of(&signals, deadline).await?;
    Ok(Checked {
        is_known: hit.index >= out,
        status,
    })
}

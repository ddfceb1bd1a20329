//! Whether the portal still knows a session. Only a round trip proves it.

use formhand_browser::{Deadline, Page};
use formhand_domain::FailureCode;
use formhand_portal::{Portal, value::Scope};

use crate::flow::{Stop, conditions};

/// Opens the check page and sees which signal decides. True if one is logged in.
pub(crate) async fn logged_in(portal: &Portal, page: &Page) -> Result<bool, Stop> {
    let rules = &portal.session;
    let deadline = Deadline::after(rules.check_timeout);
    let path = rules.check_url.render(&Scope::default())?;
    let url = portal
        .base
        .join(&path)
        .map_err(|error| Stop::failed(FailureCode::DefinitionError, error.to_string()))?;
    page.goto(url.as_str(), deadline).await?;
    // Logged out first: a page that shows both signs is no proof of a session.
    let mut signals = conditions(&portal.base, &rules.logged_out);
    let out = signals.len();
    signals.extend(conditions(&portal.base, &rules.logged_in));
    let hit = page.main().first_of(&signals, deadline).await?;
    Ok(hit.index >= out)
}

//! `goto` and `follow`: opens a page.

use formhand_browser::{Action, ActionKind, Deadline, Frame, Read, ReadWhat};
use formhand_domain::FailureCode;
use formhand_portal::{Target, value::Template};

use super::super::{Run, Stop, translate};

pub(crate) async fn goto(run: &mut Run, url: &Template, deadline: Deadline) -> Result<(), Stop> {
    let relative = url.render(&run.scope)?;
    open(run, &relative, deadline).await
}

/// Reads the link's own address, so that a menu need not be opened first.
pub(crate) async fn follow(
    run: &mut Run,
    frame: &Frame,
    link: &Target,
    deadline: Deadline,
) -> Result<(), Stop> {
    let read = Read {
        target: translate::target(link),
        what: ReadWhat::Attribute("href".into()),
    };
    let Some(href) = frame.read_there(&read, deadline).await? else {
        let message = format!("{link} has no address to follow");
        return Err(Stop::failed(FailureCode::PageChanged, message));
    };
    open(run, &href, deadline).await
}

async fn open(run: &mut Run, address: &str, deadline: Deadline) -> Result<(), Stop> {
    let url = translate::absolute(&run.portal.base, address)?;
    let arrived = run.page.goto(url.as_str(), deadline).await?;
    match arrived.status {
        500.. => {
            let message = format!("the portal answered {} for {}", arrived.status, url.path());
            Err(Stop::failed(FailureCode::PortalFault, message))
        }
        _ => Ok(()),
    }
}

/// An action on one element.
pub(super) fn action(target: &Target, kind: ActionKind) -> Action {
    Action {
        label: target.to_string(),
        timeout: None,
        target: translate::target(target),
        kind,
    }
}

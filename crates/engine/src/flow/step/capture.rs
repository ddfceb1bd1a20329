//! `capture`: reads something and keeps it under a name.

use formhand_browser::{Condition, Deadline, Frame, Read, TextMatch};
use formhand_domain::FailureCode;
use formhand_portal::{Capture, ReadWhat};

use super::super::{Run, Stop, translate};

pub(crate) async fn capture(
    run: &mut Run,
    frame: &Frame,
    capture: &Capture,
    deadline: Deadline,
) -> Result<(), Stop> {
    let read = Read {
        target: translate::target(&capture.at),
        what: translate::read_what(&capture.read),
    };
    let text = match capture.read {
        ReadWhat::Text => {
            let says = Condition::Text {
                target: read.target.clone(),
                matches: TextMatch::Matches(r"\S".into()),
            };
            frame.first_of(&[says], deadline).await?;
            frame.read(&[read]).await?.into_iter().flatten().next()
        }
        // A hidden field is never visible, so its presence is what is waited for.
        _ => frame.read_there(&read, deadline).await?,
    };
    let text = text.unwrap_or_default();
    let kept = match &capture.matches {
        None => Some(text.trim().to_owned()),
        Some(pattern) => pattern.captures(&text).and_then(|found| {
            found
                .get(1)
                .or_else(|| found.get(0))
                .map(|part| part.as_str().to_owned())
        }),
    };
    let Some(kept) = kept.filter(|kept| !kept.is_empty()) else {
        let message = format!(
            "{}: {} does not show what is to be captured",
            capture.name, capture.at
        );
        return Err(Stop::failed(FailureCode::PageChanged, message));
    };
    run.scope.capture(&capture.name, kept);
    Ok(())
}

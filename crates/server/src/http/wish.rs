//! What a person says with a wish.

use formhand_domain::Writer;

use super::Problem;
use crate::access::Caller;

/// A name or a reason longer than this is no name and no reason.
const LONGEST: usize = 500;

/// The same for programs that check it.
pub(super) const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";

/// One line of text, if there is one.
pub(super) fn line(what: &str, text: Option<String>) -> Result<Option<String>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let fits = (1..=LONGEST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits {
        return Ok(Some(text));
    }
    let detail = format!("{what:?} must be one line of 1 to {LONGEST} characters");
    Err(Problem::bad_request("malformed_body", detail))
}

/// The person who says it, as the audit shows it: the caller, or the name that was given.
pub(super) fn person(caller: &Caller, by: Option<String>) -> Result<Writer, Problem> {
    let name = caller.signs(line("by", by)?);
    Ok(Writer::Person { name })
}

//! What the verbs take.

/// Reads `PORTAL/NAME`.
pub(super) fn account(text: &str) -> Result<(String, String), String> {
    match text.split_once('/') {
        Some((portal, name)) if !portal.is_empty() && !name.is_empty() => {
            Ok((portal.to_owned(), name.to_owned()))
        }
        _ => Err("expected PORTAL/NAME, such as practice/main".to_owned()),
    }
}

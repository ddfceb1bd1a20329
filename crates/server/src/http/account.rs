//! The account that an address names.

use formhand_domain::AccountKey;

use super::{ApiState, Problem};

/// The account of the configuration, or a problem that says which there are.
pub(crate) fn find<'a>(
    state: &'a ApiState,
    portal: &str,
    name: &str,
) -> Result<&'a AccountKey, Problem> {
    state
        .accounts
        .iter()
        .find(|key| key.portal.as_str() == portal && key.account.as_str() == name)
        .ok_or_else(|| unknown(state, portal, name))
}

fn unknown(state: &ApiState, portal: &str, name: &str) -> Problem {
    let known: Vec<String> = state.accounts.iter().map(ToString::to_string).collect();
    let known = if known.is_empty() {
        "none".to_owned()
    } else {
        known.join(", ")
    };
    let given: String = format!("{portal}/{name}").chars().take(80).collect();
    Problem::not_found(
        "account",
        format!("there is no account {given:?}; there is {known}"),
    )
}

//! Are the tokens of the configuration of use?

use jiff::Timestamp;

use super::Check;
use crate::config::Config;

const NAME: &str = "token";

/// Each by itself. Nothing if there are none.
pub(super) fn check(config: &Config, now: Timestamp) -> Vec<Check> {
    let check = |token: &crate::config::TokenConfig| match token.token() {
        Err(error) => {
            let hint = "set it, or point the token at another place";
            Check::fail(NAME, format!("{} {error}", token.name), hint)
        }
        Ok(known) if known.is_over(now) => {
            let hint = "remove it, or make another with `formhand token create`";
            Check::warn(NAME, format!("the time of {} is over", token.name), hint)
        }
        Ok(known) => Check::ok(NAME, format!("{}, {}", known.name, known.role)),
    };
    config.tokens.iter().map(check).collect()
}

//! The order of the checks.

use formhand_domain::{Clock as _, SystemClock};

use super::{
    Check, accounts, alerts, browsers, configuration, data, intake, listening, ocr, store, tokens,
    webhooks,
};
use crate::{cli::CliError, config::Config};

/// All checks. Without a configuration the rest is checked as the defaults say.
pub(crate) async fn examine(config: Result<Config, CliError>) -> Vec<Check> {
    let (mut checks, config) = configuration::check(config);
    let Some(config) = config else {
        return checks;
    };
    checks.extend(browsers::check(&config.browser).await);
    checks.push(ocr::check().await);
    checks.extend(data::check(&config.data));
    checks.push(store::check(&config).await);
    checks.extend(configuration::check_portals(&config));
    checks.extend(accounts::check(&config.accounts));
    checks.extend(intake::check(&config));
    checks.extend(tokens::check(&config, SystemClock.now()));
    checks.extend(alerts::check(&config));
    checks.extend(webhooks::check(&config));
    checks.push(listening::check(&config));
    checks
}

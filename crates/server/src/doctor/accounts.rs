//! Do the accounts have passwords?

use std::{fs, os::unix::fs::PermissionsExt as _};

use super::Check;
use crate::config::{AccountConfig, PasswordSource};

/// A line for each account.
pub(super) fn check(accounts: &[AccountConfig]) -> Vec<Check> {
    if accounts.is_empty() {
        let hint = "add an [[accounts]] block for each login";
        return vec![Check::warn("accounts", "none is configured", hint)];
    }
    accounts.iter().map(one).collect()
}

fn one(account: &AccountConfig) -> Check {
    let key = &account.key;
    let place = match &account.password {
        PasswordSource::Variable(name) => format!("variable {name}"),
        PasswordSource::File(file) => file.display().to_string(),
    };
    if let Err(error) = account.password.read() {
        let hint = format!("put the password of {key} into {place}");
        return Check::fail("account", format!("{key}: {error}"), hint);
    }
    if let PasswordSource::File(file) = &account.password {
        let mode = fs::metadata(file).map_or(0, |metadata| metadata.permissions().mode());
        if mode & 0o077 != 0 {
            let found = format!("{key}: {place} can be read by other users");
            return Check::warn("account", found, format!("chmod 600 {place}"));
        }
    }
    Check::ok("account", format!("{key}, password from {place}"))
}

//! Accounts.

use super::{
    super::{
        super::list_accounts::{AccountView, Accounts},
        operation::Operation,
    },
    account, example, portal,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/accounts", "listAccounts", "List the accounts")
            .text("All accounts of the configuration, and where the session of each stands. Neither login names nor credentials are shown.")
            .gives::<Accounts>("The accounts.", example!("accounts.json")),
        Operation::post(
            "/api/accounts/{portal}/{name}/forgive",
            "forgiveAccount",
            "Say that the credentials are right now",
        )
        .text(
            "Forgets that the portal refused the account's credentials, locked it or asked for a person, so that it is logged in \
             again. A wrong password may lock the account at its portal.",
        )
        .with(portal())
        .with(account())
        .gives::<AccountView>("The account.", example!("account.json"))
        .refuses(404, &["account_not_found"]),
    ]
}

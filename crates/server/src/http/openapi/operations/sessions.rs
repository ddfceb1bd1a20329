//! Sessions.

use formhand_domain::{AccountName, PortalName};

use super::{
    super::{
        super::{
            list_sessions::Sessions, recovery_history::RecoveryHistory, session_status::Status,
            show_session::SessionWithHistory, wish_session::Wished,
        },
        operation::{Content, Operation},
        parameter::{Parameter, query},
    },
    account, example, limit, portal,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/sessions", "listSessions", "List the sessions")
            .text("Those of all accounts of the configuration.")
            .gives::<Sessions>("The sessions.", example!("sessions.json")),
        Operation::get("/api/sessions/{portal}/{name}", "showSession", "Show a session")
            .text("With a page of its history, newest first.")
            .with(portal())
            .with(account())
            .with(before())
            .with(limit())
            .gives::<SessionWithHistory>("The session.", example!("session.json"))
            .refuses(404, &["account_not_found"]),
        wish("/api/sessions/{portal}/{name}/recover", "recoverSession", "Bring a session back")
            .text("Whatever it looks like. The wish is noted, and whoever keeps the session fulfils it; the events tell of that."),
        wish("/api/sessions/{portal}/{name}/login", "logInSession", "Log in")
            .text("Unless there is a session. The wish is noted, and whoever keeps the session fulfils it."),
        wish("/api/sessions/{portal}/{name}/logout", "logOutSession", "Log out")
            .text("Gives the session up. The wish is noted, and whoever keeps the session fulfils it."),
        Operation::get("/api/session/status", "showSessionStatus", "Whether sessions are well, in short")
            .gives::<Status>("How all sessions are together.", example!("session-status.json")),
        Operation::get("/api/session/recovery-history", "listRecoveries", "What recoveries tried, and what came of them")
            .text("A page of tries and ends, newest first, and how often each level helped. Portal and account name an account together.")
            .with(query::<PortalName>("portal", "Of this portal."))
            .with(query::<AccountName>("account", "Of this account."))
            .with(before())
            .with(limit())
            .gives::<RecoveryHistory>("The page.", example!("recovery-history.json"))
            .refuses(404, &["account_not_found"]),
    ]
}

fn before() -> Parameter {
    query::<u64>("before", "The `next` of the page before.")
}

fn wish(path: &'static str, id: &'static str, summary: &'static str) -> Operation {
    Operation::post(path, id, summary)
        .with(portal())
        .with(account())
        .answers(
            202,
            "What was wished, and the session before that.",
            vec![Content::json::<Wished>(example!("session-wished.json"))],
        )
        .refuses(404, &["account_not_found"])
        .refuses(409, &["no_master_session"])
}

//! `formhand token list`

use formhand_domain::{Clock as _, SystemClock};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    access::{Caller, Role},
    cli::{Exit, Output},
    config::{Config, SecretSource, TokenConfig, TokenPlace},
    serving::TOKEN_VARIABLE,
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    name: String,
    role: Role,
    place: String,
    expires: Option<Timestamp>,
    is_over: bool,
}

/// Lists them, the server's own first.
pub(super) fn run(config: &Config, output: Output) -> Exit {
    let now = SystemClock.now();
    let mut rows = vec![own(config)];
    rows.extend(config.tokens.iter().map(|token| Row::of(token, now)));
    if output.json {
        output.json(&rows);
        return Exit::Done;
    }
    let mut table = output.table(&["NAME", "ROLE", "KNOWN BY", "EXPIRES"]);
    for row in rows {
        let expires = match row.expires {
            None => "never".to_owned(),
            Some(at) if row.is_over => format!("{at:.0}, which is over"),
            Some(at) => format!("{at:.0}"),
        };
        table.add_row([row.name, row.role.to_string(), row.place, expires]);
    }
    output.line(&table.trim_fmt());
    Exit::Done
}

fn own(config: &Config) -> Row {
    let is_set = std::env::var_os(TOKEN_VARIABLE).is_some_and(|text| !text.is_empty());
    let place = match &config.token_file {
        _ if is_set => format!("variable {TOKEN_VARIABLE}"),
        Some(file) => format!("file {}", file.display()),
        None => format!("file {}", config.data.join("token").display()),
    };
    Row {
        name: Caller::SERVER.to_owned(),
        role: Role::Admin,
        place,
        expires: None,
        is_over: false,
    }
}

impl Row {
    fn of(token: &TokenConfig, now: Timestamp) -> Self {
        let place = match &token.place {
            TokenPlace::Hash(_) => "hash".to_owned(),
            TokenPlace::Secret(SecretSource::Variable(name)) => format!("variable {name}"),
            TokenPlace::Secret(SecretSource::File(file)) => format!("file {}", file.display()),
            TokenPlace::Secret(SecretSource::Sealed { name, .. }) => format!("sealed {name}"),
        };
        Self {
            name: token.name.clone(),
            role: token.role,
            place,
            expires: token.expires_at,
            is_over: token.expires_at.is_some_and(|at| at <= now),
        }
    }
}

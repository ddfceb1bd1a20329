//! Can the server listen where it should?

use std::{io::ErrorKind, net::TcpListener};

use super::Check;
use crate::{config::Config, serving::ServerFile};

const NAME: &str = "address";

/// Tries to have the address for a moment. A server of this data folder may have it.
pub(super) fn check(config: &Config) -> Check {
    let address = config.listen;
    match TcpListener::bind(address) {
        Ok(_) => Check::ok(NAME, format!("{address} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse && is_ours(config) => Check::ok(
            NAME,
            format!("{address}, where a server of this data folder listens"),
        ),
        Err(error) => {
            let hint = "choose another `listen`, or see who has it with `ss -ltnp`";
            Check::fail(NAME, format!("{address}: {error}"), hint)
        }
    }
}

fn is_ours(config: &Config) -> bool {
    let file = ServerFile::read(&config.data).ok().flatten();
    file.is_some_and(|file| file.address == format!("http://{}", config.listen))
}

//! Whose connection it is. The proxy has no password (Chromium knows none for SOCKS), so the system says who is there.

mod question;
mod table;

use std::io;

use tokio::net::TcpStream;

/// Refuses a connection of another user of this machine.
pub(super) async fn own(client: &TcpStream) -> io::Result<()> {
    let (from, to) = (client.peer_addr()?, client.local_addr()?);
    let owner = match question::ask(from, to) {
        Ok(owner) => owner,
        // Some containers know no such questions.
        Err(_) => table::ask(from, to).await?,
    };
    match owner {
        Some(user) if user == rustix::process::geteuid().as_raw() => Ok(()),
        _ => Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "a connection of another user",
        )),
    }
}

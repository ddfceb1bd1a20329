//! A port that stays ours while its server is down.

use std::io;

use tokio::net::TcpSocket;

/// A port of the loopback address that nobody else is given.
///
/// It is bound here, but nobody listens on it here, so the server can bind it too: both set `SO_REUSEADDR`. Without that,
/// the system could give the port of a killed server to any connection that is made meanwhile. It would even happen that a
/// driver that tries to reach the server again and again is connected to itself.
#[derive(Debug)]
pub(crate) struct Port {
    number: u16,
    _held: TcpSocket,
}

impl Port {
    /// Takes a free one.
    pub(crate) fn take() -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind((std::net::Ipv4Addr::LOCALHOST, 0).into())?;
        Ok(Self {
            number: socket.local_addr()?.port(),
            _held: socket,
        })
    }

    pub(crate) fn number(&self) -> u16 {
        self.number
    }
}

//! As much of SOCKS 5 (RFC 1928) as Chromium speaks: no authentication, `CONNECT` only.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr},
};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const VERSION: u8 = 5;
const NO_AUTHENTICATION: u8 = 0;
const CONNECT: u8 = 1;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;

/// What the client is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reply {
    Connected = 0,
    NotAllowed = 2,
    Unreachable = 4,
    NotSupported = 7,
}

/// Reads a client's greeting and request; the host and port that it wants.
pub(super) async fn request(client: &mut TcpStream) -> io::Result<(String, u16)> {
    let [version, count] = read(client).await?;
    if version != VERSION {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not SOCKS 5"));
    }
    let mut methods = vec![0; usize::from(count)];
    client.read_exact(&mut methods).await?;
    client.write_all(&[VERSION, NO_AUTHENTICATION]).await?;
    let [_, command, _, kind] = read(client).await?;
    let host = match kind {
        IPV4 => Ipv4Addr::from(read::<4>(client).await?).to_string(),
        IPV6 => Ipv6Addr::from(read::<16>(client).await?).to_string(),
        NAME => {
            let [length] = read(client).await?;
            let mut name = vec![0; usize::from(length)];
            client.read_exact(&mut name).await?;
            String::from_utf8(name)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?
        }
        _ => return Err(unsupported(client).await),
    };
    let port = u16::from_be_bytes(read(client).await?);
    if command == CONNECT {
        Ok((host, port))
    } else {
        Err(unsupported(client).await)
    }
}

/// Answers a request.
pub(super) async fn reply(client: &mut TcpStream, reply: Reply) -> io::Result<()> {
    // The bound address is of no use to a browser, so it is all zeros.
    client
        .write_all(&[VERSION, reply as u8, 0, IPV4, 0, 0, 0, 0, 0, 0])
        .await
}

async fn unsupported(client: &mut TcpStream) -> io::Error {
    // Only for the client's own message: the connection ends either way.
    let _ = reply(client, Reply::NotSupported).await;
    io::Error::new(
        io::ErrorKind::Unsupported,
        "not a SOCKS request that is known here",
    )
}

async fn read<const N: usize>(client: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    client.read_exact(&mut bytes).await?;
    Ok(bytes)
}

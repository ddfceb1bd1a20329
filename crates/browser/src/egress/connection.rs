//! One connection through the egress.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::narrow::{Entry, Host, Number, Width};
use super::peer;
use super::socks::{self, Reply};

/// Carries one connection until either side ends it, or it may carry nothing more.
pub(super) async fn carry(
    mut client: TcpStream,
    number: Number,
    width: watch::Sender<Width>,
) -> io::Result<()> {
    peer::own(&client).await?;
    let (host, port) = socks::request(&mut client).await?;
    if !enter(number, &Host::new(&host), &width).await {
        return socks::reply(&mut client, Reply::NotAllowed).await;
    }
    let leave = Leave {
        number,
        width: width.clone(),
    };
    let Ok(outside) = TcpStream::connect((host.trim_matches(['[', ']']), port)).await else {
        // Nothing was sent, so the commit request may try once more.
        change(&width, |width| width.failed(number));
        return socks::reply(&mut client, Reply::Unreachable).await;
    };
    // Small requests must not wait for one another's acknowledgement.
    outside.set_nodelay(true)?;
    client.set_nodelay(true)?;
    socks::reply(&mut client, Reply::Connected).await?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_outside, mut to_outside) = outside.into_split();
    let mut closed = width.subscribe();
    tokio::select! {
        sent = send(&mut from_client, &mut to_outside, number, &width) => {
            sent?;
            // The page has no more to say, and may still get its answer.
            to_outside.shutdown().await?;
            copy(&mut from_outside, &mut to_client).await?;
        }
        received = copy(&mut from_outside, &mut to_client) => {
            received?;
        }
        () = async { drop(closed.wait_for(|width| *width == Width::Closed).await) } => {}
    }
    drop(leave);
    Ok(())
}

/// Waits for its turn; false if it has none.
async fn enter(number: Number, to: &Host, width: &watch::Sender<Width>) -> bool {
    let mut changes = width.subscribe();
    loop {
        changes.borrow_and_update();
        let mut entry = Entry::Refuse;
        change(width, |width| {
            let next;
            (entry, next) = width.enter(number, to);
            next
        });
        match entry {
            Entry::Go => return true,
            Entry::Refuse => return false,
            Entry::Wait => {
                if changes.changed().await.is_err() {
                    return false;
                }
            }
        }
    }
}

/// Carries what the page sends. What may not go out ends the connection, and not one byte of it leaves.
async fn send(
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    number: Number,
    width: &watch::Sender<Width>,
) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let count = from.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        if !width.borrow().may_send(number) {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "a commit request is out",
            ));
        }
        to.write_all(&buffer[..count]).await?;
    }
}

/// As much as a TLS record holds.
const BUFFER_BYTES: usize = 16 * 1024;

/// Says that a connection has ended, however it ended.
struct Leave {
    number: Number,
    width: watch::Sender<Width>,
}

impl Drop for Leave {
    fn drop(&mut self) {
        change(&self.width, |width| width.left(self.number));
    }
}

/// Wakes who waits only if something has changed.
fn change(width: &watch::Sender<Width>, next: impl FnOnce(Width) -> Width) {
    width.send_if_modified(|width| {
        let before = width.clone();
        *width = next(before.clone());
        *width != before
    });
}

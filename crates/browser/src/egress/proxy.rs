//! The proxy of one context.

use std::{io, net::Ipv4Addr};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::connection::carry;
use super::narrow::{Host, Width};

/// The way out of one context. Dropping it closes it.
#[derive(Debug)]
pub(crate) struct Egress {
    port: u16,
    width: watch::Sender<Width>,
}

impl Egress {
    /// A new way out.
    pub(crate) async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let width = watch::Sender::new(Width::Open);
        tokio::spawn(serve(listener, width.clone()));
        Ok(Self { port, width })
    }

    /// Its address in Chromium's notation.
    pub(crate) fn server(&self) -> String {
        format!("socks5://127.0.0.1:{}", self.port)
    }

    /// From now on one single new connection may go out, to this host, and nothing that was open before.
    pub(crate) fn narrow(&self, host: Host) {
        self.width.send_if_modified(|width| {
            let is_open = *width == Width::Open;
            if is_open {
                *width = Width::Narrow { host };
            }
            is_open
        });
    }

    /// The commit request has its answer: anything may go out again.
    pub(crate) fn widen(&self) {
        self.width.send_if_modified(|width| {
            let narrow = matches!(
                width,
                Width::Narrow { .. } | Width::Taken { .. } | Width::Spent
            );
            if narrow {
                *width = Width::Open;
            }
            narrow
        });
    }

    /// Nothing goes out or comes in any more, and nothing ever will.
    pub(crate) fn close(&self) {
        self.width.send_replace(Width::Closed);
    }
}

impl Drop for Egress {
    fn drop(&mut self) {
        self.close();
    }
}

async fn serve(listener: TcpListener, width: watch::Sender<Width>) {
    let mut closed = width.subscribe();
    let mut connections = JoinSet::new();
    let mut number = 0;
    loop {
        tokio::select! {
            biased;
            () = async { drop(closed.wait_for(|width| *width == Width::Closed).await) } => return,
            accepted = listener.accept() => {
                // A client that is gone before it was accepted has lost nothing.
                let Ok((client, _)) = accepted else { continue };
                number += 1;
                connections.spawn(carry(client, number, width.clone()));
            }
            // How a connection ended is of interest to its two ends only.
            Some(_) = connections.join_next() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    /// A server that answers every line with itself.
    async fn echo() -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    tokio::io::copy(&mut from, &mut to).await
                });
            }
        });
        port
    }

    fn here() -> Host {
        Host::new("127.0.0.1")
    }

    async fn through(egress: &Egress, port: u16) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, egress.port)).await?;
        let [high, low] = port.to_be_bytes();
        stream
            .write_all(&[5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, high, low])
            .await?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await?;
        if answer[3] == 0 {
            Ok(stream)
        } else {
            Err(io::Error::other("refused"))
        }
    }

    async fn works(stream: &mut TcpStream) -> bool {
        let mut answer = [0; 4];
        stream.write_all(b"ping").await.is_ok() && stream.read_exact(&mut answer).await.is_ok()
    }

    #[tokio::test]
    async fn an_old_connection_carries_nothing_while_a_commit_is_out() {
        let (egress, port) = (Egress::open().await.unwrap(), echo().await);
        let mut old = through(&egress, port).await.unwrap();
        assert!(works(&mut old).await);
        egress.narrow(here());
        assert!(!works(&mut old).await);
        let mut new = through(&egress, port).await.unwrap();
        assert!(works(&mut new).await);
    }

    #[tokio::test]
    async fn a_second_connection_waits_and_is_refused_when_the_first_ends_without_an_answer() {
        let (egress, port) = (Egress::open().await.unwrap(), echo().await);
        egress.narrow(here());
        let first = through(&egress, port).await.unwrap();
        let (second, ()) = tokio::join!(through(&egress, port), async { drop(first) });
        assert!(second.is_err());
        assert!(through(&egress, port).await.is_err());
    }

    #[tokio::test]
    async fn a_connection_that_reaches_nobody_does_not_cost_the_commit_its_way() {
        let (egress, port) = (Egress::open().await.unwrap(), echo().await);
        let nobody = {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            listener.local_addr().unwrap().port()
        };
        egress.narrow(here());
        assert!(through(&egress, nobody).await.is_err());
        let mut commit = through(&egress, port).await.unwrap();
        assert!(works(&mut commit).await);
        drop(commit);
        assert!(through(&egress, port).await.is_err());
    }

    #[tokio::test]
    async fn an_errand_to_another_host_waits_until_the_commit_has_its_answer() {
        let (egress, port) = (Egress::open().await.unwrap(), echo().await);
        egress.narrow(Host::new("portal.example"));
        let (errand, ()) = tokio::join!(through(&egress, port), async { egress.widen() });
        assert!(works(&mut errand.unwrap()).await);
    }

    #[tokio::test]
    async fn after_the_answer_the_second_connection_goes_on() {
        let (egress, port) = (Egress::open().await.unwrap(), echo().await);
        egress.narrow(here());
        let mut first = through(&egress, port).await.unwrap();
        assert!(works(&mut first).await);
        let (second, ()) = tokio::join!(through(&egress, port), async { egress.widen() });
        assert!(works(&mut second.unwrap()).await);
        assert!(works(&mut first).await);
    }

    #[tokio::test]
    async fn a_closed_egress_lets_nothing_through() {
        let (egress, port) = (Egress::open().await.unwrap(), echo().await);
        let mut open = through(&egress, port).await.unwrap();
        assert!(works(&mut open).await);
        egress.close();
        assert!(!works(&mut open).await);
        assert!(through(&egress, port).await.is_err());
    }
}

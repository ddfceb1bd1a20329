//! The listener: how many may be connected, and how long a request may take to arrive.
//!
//! `axum::serve` has none of these limits, so the connections are served by hyper itself. It speaks HTTP/1.1 only, as
//! the API always did.

use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::access::{Crowd, Place};

/// When no connection can be taken, most likely because there are no file descriptors left, a moment helps.
const REST: Duration = Duration::from_millis(100);

/// A head of a request is smaller by far.
const HEAD_LIMIT_BYTES: usize = 64 * 1024;

/// What a client may use up before anybody knows who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServeLimits {
    /// Connections at once. Further ones wait until one ends.
    pub connections: usize,
    /// Of these, connections from one address. Further ones are closed at once.
    pub connections_per_address: usize,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head: Duration,
    /// How long the body may take as a whole.
    pub body: Duration,
    /// How long the body may pause.
    pub body_pause: Duration,
}

impl Default for ServeLimits {
    fn default() -> Self {
        Self {
            connections: 512,
            connections_per_address: 256,
            head: Duration::from_secs(15),
            body: Duration::from_mins(2),
            body_pause: Duration::from_secs(15),
        }
    }
}

/// Serves until `stop`, and then until the answers that are under way have been given.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ServeLimits,
    stop: CancellationToken,
) {
    let room = Arc::new(Semaphore::new(limits.connections));
    let crowd = Crowd::new(limits.connections_per_address);
    let connections = TaskTracker::new();
    loop {
        let taken = tokio::select! {
            taken = take(&listener, &room) => taken,
            () = stop.cancelled() => break,
        };
        let Some((stream, peer, place)) = taken else {
            continue;
        };
        let Some(visit) = crowd.enter(Place::of(Some(peer.ip()))) else {
            continue;
        };
        let connection = connection(stream, peer, router.clone(), limits, stop.clone());
        connections.spawn(async move {
            connection.await;
            drop((place, visit));
        });
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn take(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    // The room is never closed.
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            tracing::warn!(code = "accept_failed", %error, "a connection cannot be taken");
            tokio::time::sleep(REST).await;
            None
        }
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: ServeLimits,
    stop: CancellationToken,
) {
    // Events are small and must not wait for one another.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let service = tower::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = tower::ServiceExt::oneshot(router.clone(), request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_header_size(HEAD_LIMIT_BYTES)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .with_upgrades()
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Mostly a client that went away.
        tracing::debug!(%error, "a connection ended");
    }
}

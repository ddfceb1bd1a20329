//! Connections that can be cut from inside a request, as a failing network would.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Cuts the connection that it came with.
#[derive(Clone, Default)]
pub(crate) struct Cutter(Arc<State>);

#[derive(Default)]
struct State {
    cut: AtomicBool,
    waker: AtomicWaker,
}

impl Cutter {
    /// The peer gets a TCP reset; nothing more is read or written.
    pub(crate) fn cut(&self) {
        self.0.cut.store(true, Ordering::SeqCst);
        self.0.waker.wake();
    }

    fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::SeqCst)
    }
}

impl fmt::Debug for Cutter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cutter").field(&self.is_cut()).finish()
    }
}

/// A listener whose connections carry a [`Cutter`].
pub(crate) struct CuttingListener(pub(crate) TcpListener);

impl Listener for CuttingListener {
    type Io = CuttingStream;
    type Addr = Cutter;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (tcp, _peer) = Listener::accept(&mut self.0).await;
        let cutter = Cutter::default();
        (
            CuttingStream {
                tcp,
                cutter: cutter.clone(),
            },
            cutter,
        )
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(Cutter::default())
    }
}

impl Connected<IncomingStream<'_, CuttingListener>> for Cutter {
    fn connect_info(stream: IncomingStream<'_, CuttingListener>) -> Self {
        stream.remote_addr().clone()
    }
}

/// A TCP stream that fails once its cutter says so.
pub(crate) struct CuttingStream {
    tcp: TcpStream,
    cutter: Cutter,
}

impl CuttingStream {
    /// With a linger time of zero the close that follows is a reset.
    fn fail(&self) -> io::Error {
        if let Err(error) = self.tcp.set_zero_linger() {
            tracing::debug!(%error, "the connection will be closed, not reset");
        }
        io::ErrorKind::ConnectionReset.into()
    }
}

impl AsyncRead for CuttingStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Registered before the look, so that a cut between the two still wakes.
        self.cutter.0.waker.register(cx.waker());
        if self.cutter.is_cut() {
            return Poll::Ready(Err(self.fail()));
        }
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for CuttingStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.cutter.is_cut() {
            return Poll::Ready(Err(self.fail()));
        }
        Pin::new(&mut self.tcp).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

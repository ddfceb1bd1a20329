//! A server that does nothing but watch.

use std::{sync::Arc, time::Duration};

use formhand_domain::{NodeId, SystemClock};
use formhand_engine::{IntakeWatch, SourceDesk, SourceSetup, WatchSetup};
use jiff::SignedDuration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::scene::{Scene, intake, open};

/// A server that does nothing but watch.
pub(crate) struct Server {
    stop: CancellationToken,
    work: JoinHandle<()>,
    pub(crate) desk: SourceDesk,
}

impl Server {
    /// Starts one, with a lease that is over soon.
    pub(crate) async fn start(scene: &Scene, node: &str, source: SourceSetup) -> Self {
        let watch = watch(&scene.url, node, source).await;
        let (stop, watch) = watch;
        let desk = watch.desk();
        Self {
            stop,
            work: tokio::spawn(watch.run()),
            desk,
        }
    }

    /// As an operator stops it.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.work.await.unwrap();
    }

    /// It ends wherever it is, and gives nothing back.
    pub(crate) async fn drop_dead(self) {
        self.work.abort();
        let _ = self.work.await;
    }
}

/// What a server does, on a store of its own.
pub(crate) async fn watch(
    url: &str,
    node: &str,
    source: SourceSetup,
) -> (CancellationToken, IntakeWatch) {
    let store = open(url).await;
    let stop = CancellationToken::new();
    let setup = WatchSetup {
        node: NodeId::new(node).unwrap(),
        clock: Arc::new(SystemClock),
        intake: intake(&store),
        store,
        lease: SignedDuration::from_secs(3),
        renew_every: Duration::from_secs(1),
        sources: vec![source],
    };
    let watch = IntakeWatch::new(setup, &stop).unwrap();
    (stop, watch)
}

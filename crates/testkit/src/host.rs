//! Where an engine of a world lives, so that it can die there.

use std::time::Duration;

use tokio::{runtime::Runtime, task::spawn_blocking};

/// Dropping what the tasks hold takes a moment; a task that does not yield for this long hangs.
const DEATH: Duration = Duration::from_secs(30);

/// The runtime of one engine. Its end is the end of everything that the engine does, at whatever line it is.
pub(crate) struct Host(Option<Runtime>);

impl Host {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime starts");
        Self(Some(runtime))
    }

    /// Runs something there, with all that it spawns.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> T {
        let runtime = self.0.as_ref().expect("the engine has not died yet");
        runtime
            .spawn(work)
            .await
            .expect("the engine does not panic")
    }

    /// Ends it. When this returns, nothing of the engine runs any more.
    pub(crate) async fn die(&mut self) {
        if let Some(runtime) = self.0.take() {
            let death = spawn_blocking(move || runtime.shutdown_timeout(DEATH));
            death.await.expect("a runtime ends");
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // A test that fails is in no place to wait.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

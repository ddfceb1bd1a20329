//! `Browser`: the handle.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::{Value, json};
use tokio::net::unix::pipe;

use super::error::BrowserError;
use super::events::Events;
use super::gone::Gone;
use super::hub::Hub;
use crate::cdp::{CallError, Connection, Traffic};
use crate::context::{Context, ContextOptions, ContextShared};
use crate::egress::Egress;
use crate::launch::{NetworkProcess, Process};
use crate::page::Drawing;

/// A network process that says nothing for so long has died on the way.
const NETWORK_LIMIT: std::time::Duration = std::time::Duration::from_secs(10);

/// A running browser. Cheap to clone; it is killed when the last clone of it, and of all that came out of it, is gone.
#[derive(Clone)]
pub struct Browser {
    inner: Arc<Inner>,
}

struct Inner {
    process: Arc<Process>,
    hub: Arc<Hub>,
    version: String,
    closing: AtomicBool,
    last_token: AtomicU64,
    /// The way out of the whole browser, if it was started with one.
    egress: Option<Arc<Egress>>,
}

impl Browser {
    /// Makes the first calls: everything is held and watched before the first page exists.
    pub(crate) async fn set_up(
        connection: Connection,
        process: Arc<Process>,
        from_browser: pipe::Receiver,
        drawing: Drawing,
        egress: Option<Arc<Egress>>,
    ) -> Result<Self, CallError> {
        let hub = Arc::new(Hub::new(connection.clone(), drawing));
        connection.read(from_browser, Arc::new(Events(Arc::clone(&hub))));
        let version = connection.send(None, "Browser.getVersion", Value::Null);
        let patterns = hub.update_patterns();
        let discover = connection.send(
            None,
            "Target.setDiscoverTargets",
            json!({"discover": true, "filter": [{}]}),
        );
        let attach = connection.send(
            None,
            "Target.setAutoAttach",
            json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true, "filter": [{"type": "page"}]}),
        );
        patterns.await?;
        discover.await?;
        attach.await?;
        let version = version.await?;
        let text = |key: &str| version[key].as_str().unwrap_or_default().to_owned();
        hub.user_agent.get_or_init(|| text("userAgent"));
        let version = text("product");
        let inner = Inner {
            process,
            hub,
            version,
            closing: AtomicBool::new(false),
            last_token: AtomicU64::new(0),
            egress,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The process id of the browser, which is also the id of its process group.
    pub fn pid(&self) -> u32 {
        self.inner.process.pid()
    }

    /// For example `HeadlessChrome/156.0.8078.79`.
    pub fn version(&self) -> &str {
        &self.inner.version
    }

    /// Opens a context: cookies and storage of its own, nothing on disk.
    pub async fn context(&self, options: ContextOptions) -> Result<Context, BrowserError> {
        let no_way = |error: std::io::Error| BrowserError::NoEgress {
            detail: error.to_string(),
        };
        let egress = match options.gate {
            Some(_) => {
                self.watch_network().await?.map_err(no_way)?;
                Some(Arc::new(Egress::open().await.map_err(no_way)?))
            }
            None => None,
        };
        let mut params = json!({"disposeOnDetach": true});
        if let Some(egress) = &egress {
            params["proxyServer"] = json!(egress.server());
            // Chromium would leave loopback addresses out by itself.
            params["proxyBypassList"] = json!("<-loopback>");
        }
        let made = self
            .connection()
            .call(None, "Target.createBrowserContext", params)
            .await?;
        let id = made["browserContextId"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        self.open(id, options, egress, true).await
    }

    /// The context of the browser's own profile. Opening it again replaces its options.
    ///
    /// It has a gate only in a browser that was started with
    /// [`Launch::start_behind_egress`](crate::Launch::start_behind_egress): without a way out of its own a gate would
    /// not hold. Closing it closes that way for good, for the whole browser.
    pub async fn default_context(&self, options: ContextOptions) -> Result<Context, BrowserError> {
        if options.gate.is_some() && self.inner.egress.is_none() {
            return Err(BrowserError::NoEgress {
                detail: "the browser was started without one".to_owned(),
            });
        }
        let contexts = self
            .connection()
            .call(None, "Target.getBrowserContexts", Value::Null)
            .await?;
        let id = contexts["defaultBrowserContextId"]
            .as_str()
            .map(str::to_owned);
        let id = id.ok_or_else(|| {
            CallError::unexpected("Target.getBrowserContexts", "no default context")
        })?;
        let egress = self.inner.egress.clone();
        self.open(id, options, egress, false).await
    }

    /// From now on the browser ends when its network process does.
    async fn watch_network(&self) -> Result<std::io::Result<()>, BrowserError> {
        let hub = self.hub();
        if hub.network.initialized() {
            return Ok(Ok(()));
        }
        // What only the network process knows: when the answer is here, it runs. One that dies gives none.
        let cookies = self
            .connection()
            .call(None, "Storage.getCookies", json!({}));
        let Ok(answer) = tokio::time::timeout(NETWORK_LIMIT, cookies).await else {
            return Ok(Err(std::io::ErrorKind::TimedOut.into()));
        };
        answer?;
        let group = self.pid();
        let found = hub.network.get_or_try_init(|| async {
            let network = NetworkProcess::of(group)?;
            if let Some(network) = &network {
                network.ends_with_it(group)?;
            }
            Ok(network)
        });
        Ok(found.await.map(drop))
    }

    async fn open(
        &self,
        id: String,
        options: ContextOptions,
        egress: Option<Arc<Egress>>,
        disposable: bool,
    ) -> Result<Context, BrowserError> {
        let shared = Arc::new(ContextShared::new(id.clone(), options, egress));
        self.hub()
            .state()
            .contexts
            .insert(id.clone(), Arc::clone(&shared));
        let downloads = json!({"behavior": "deny", "browserContextId": id});
        let denied = self
            .connection()
            .send(None, "Browser.setDownloadBehavior", downloads);
        self.hub().update_patterns().await?;
        denied.await?;
        let context = Context::new(self.clone(), shared, disposable);
        context.restore().await?;
        Ok(context)
    }

    /// Resolves when the browser has died.
    pub async fn gone(&self) -> Gone {
        let mut closed = self.hub().closed.subscribe();
        let gone = tokio::select! {
            biased;
            ended = self.inner.process.wait() => ended.into(),
            () = async { drop(closed.wait_for(|closed| *closed).await) } => {
                // The two come within a moment of each other, and the exit says more.
                let soon = std::time::Duration::from_millis(100);
                tokio::time::timeout(soon, self.inner.process.wait()).await.map_or(Gone::PipeClosed, Gone::from)
            }
        };
        if self.inner.closing.load(Ordering::SeqCst) {
            Gone::Closed
        } else {
            gone
        }
    }

    /// Whether it answers a question that needs no page.
    pub async fn answers(&self, deadline: crate::deadline::Deadline) -> bool {
        let asked = self
            .connection()
            .call(None, "Browser.getVersion", Value::Null);
        let answer = tokio::time::timeout_at(deadline.instant(), asked).await;
        matches!(answer, Ok(Ok(_)))
    }

    /// Whether it can still be worked with.
    pub fn is_alive(&self) -> bool {
        self.inner.process.ended().is_none() && !*self.hub().closed.borrow()
    }

    /// Ends it, in an orderly way if it answers so that a profile is complete on disk. When this returns no process
    /// of it is left, and a temporary profile is removed.
    pub async fn close(&self) {
        /// A profile is written within a second; a browser that hangs is killed.
        const ORDERLY_LIMIT: std::time::Duration = std::time::Duration::from_secs(5);
        self.inner.closing.store(true, Ordering::SeqCst);
        drop(self.connection().send(None, "Browser.close", Value::Null));
        if tokio::time::timeout(ORDERLY_LIMIT, self.inner.process.cleaned())
            .await
            .is_err()
        {
            self.inner.process.kill().await;
        }
    }

    /// Ends it at once. When this returns no process of it is left, and a temporary profile is removed.
    pub async fn kill(&self) {
        self.inner.closing.store(true, Ordering::SeqCst);
        self.inner.process.kill().await;
    }

    /// Messages sent and received since its start.
    pub fn traffic(&self) -> Traffic {
        self.connection().traffic()
    }

    /// Its processes that are alive: the browser, its renderers and its helpers.
    pub fn processes(&self) -> Vec<u32> {
        self.inner.process.members()
    }

    /// What its processes hold of memory that they do not share with one another, in bytes.
    pub fn memory_bytes(&self) -> u64 {
        self.inner.process.memory_bytes()
    }

    /// The raw connection, for comparisons and for what this crate does not do.
    pub fn connection(&self) -> &Connection {
        &self.hub().connection
    }

    /// The folder that it keeps its data in.
    pub(crate) fn profile(&self) -> &Path {
        self.inner.process.profile()
    }

    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.inner.hub
    }

    pub(crate) async fn update_patterns(&self) -> Result<(), CallError> {
        self.hub().update_patterns().await
    }

    /// A name that no other script of this browser has.
    pub(crate) fn next_token(&self) -> String {
        format!("t{}", self.inner.last_token.fetch_add(1, Ordering::Relaxed))
    }
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "Browser({}, process {})",
            self.version(),
            self.pid()
        )
    }
}

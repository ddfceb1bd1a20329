//! A real receiver of webhooks, which checks their signatures as the Standard Webhooks specification says.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use serde_json::Value;
use sha2::Sha256;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// What the plain webhook is signed with.
pub(super) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A receiver, at `/plain` and `/slack`.
pub(super) struct Hooks {
    port: u16,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    is_down: AtomicBool,
    plain: Mutex<Vec<Hook>>,
    slack: Mutex<Vec<String>>,
}

/// A webhook with a right signature.
#[derive(Debug, Clone)]
pub(super) struct Hook {
    pub(super) id: String,
    pub(super) timestamp: i64,
    pub(super) body: String,
}

impl Hooks {
    pub(super) async fn start() -> Self {
        let (seen, listener) = (Arc::default(), TcpListener::bind("127.0.0.1:0"));
        let listener = listener.await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = router(&seen);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, seen }
    }

    /// One that is reached over TLS only.
    pub(super) async fn with_tls(certificate: &Path, key: &Path) -> Self {
        let (seen, listener) = (Arc::default(), TcpListener::bind("127.0.0.1:0"));
        let listener = listener.await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let certificate = CertificateDer::from_pem_file(certificate).unwrap();
        let key = PrivateKeyDer::from_pem_file(key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let listener = TlsListener(listener, TlsAcceptor::from(Arc::new(config)));
        let router = router(&seen);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, seen }
    }

    pub(super) fn tls_url(&self, path: &str) -> url::Url {
        format!("https://localhost:{}{path}", self.port)
            .parse()
            .unwrap()
    }

    pub(super) fn url(&self, path: &str) -> url::Url {
        format!("http://127.0.0.1:{}{path}", self.port)
            .parse()
            .unwrap()
    }

    /// While it is down it answers 503.
    pub(super) fn set_down(&self, is_down: bool) {
        self.seen.is_down.store(is_down, Ordering::SeqCst);
    }

    /// The plain ones that came since this was asked.
    pub(super) fn take_plain(&self) -> Vec<Hook> {
        std::mem::take(&mut *self.seen.plain.lock().unwrap())
    }

    /// Slack's that came since this was asked: their texts.
    pub(super) fn take_slack(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.slack.lock().unwrap())
    }
}

fn router(seen: &Arc<Seen>) -> Router {
    Router::new()
        .route("/plain", post(plain))
        .route("/slack", post(slack))
        .with_state(Arc::clone(seen))
}

struct TlsListener(TcpListener, TlsAcceptor);

impl axum::serve::Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = self.0.accept().await.unwrap();
            // Whoever does not trust the certificate goes away.
            if let Ok(stream) = self.1.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Hook {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The rules of the alerts in one of its lists.
    pub(super) fn rules(&self, list: &str) -> Vec<String> {
        let json = self.json();
        let alerts = json["data"][list].as_array().unwrap().clone();
        alerts
            .iter()
            .map(|alert| alert["rule"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn plain(State(seen): State<Arc<Seen>>, headers: HeaderMap, body: String) -> StatusCode {
    if seen.is_down.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let Some(hook) = verified(&headers, body) else {
        return StatusCode::UNAUTHORIZED;
    };
    seen.plain.lock().unwrap().push(hook);
    StatusCode::NO_CONTENT
}

fn verified(headers: &HeaderMap, body: String) -> Option<Hook> {
    let header = |name: &str| headers.get(name)?.to_str().ok();
    let (id, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
    let key = STANDARD.decode(SECRET.strip_prefix("whsec_")?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    let signature = header("webhook-signature")?.strip_prefix("v1,")?;
    mac.verify_slice(&STANDARD.decode(signature).ok()?).ok()?;
    Some(Hook {
        id: id.to_owned(),
        timestamp: timestamp.parse().ok()?,
        body,
    })
}

async fn slack(State(seen): State<Arc<Seen>>, body: String) -> StatusCode {
    let body: Value = serde_json::from_str(&body).unwrap();
    let text = body["text"].as_str().unwrap().to_owned();
    seen.slack.lock().unwrap().push(text);
    StatusCode::OK
}

//! The HTTP of object storage, with and without TLS.
//!
//! `reqwest` speaks no TLS here: of its two ways to it, one brings a second cryptography beside the one of the database's
//! driver, and the other makes every client of the workspace depend on what its program has installed.

use std::{io, path::Path, sync::Arc, time::Duration};

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector as Tcp},
    rt::{TokioExecutor, TokioTimer},
};
use object_store::{
    ClientOptions,
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
        HttpResponse, HttpResponseBody, HttpService,
    },
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use tower_http::timeout::TimeoutBody;

/// A server that takes no connection within this is not there.
const CONNECT: Duration = Duration::from_secs(5);

/// Longer than any file needs; without an end, a server that says nothing would be waited for.
const ANSWER: Duration = Duration::from_mins(1);

/// The longest pause within an answer.
const PAUSE: Duration = Duration::from_secs(20);

/// An idle connection is kept for this long: the files of a job go one after the other.
const IDLE: Duration = Duration::from_secs(20);

/// Makes clients that believe the system's certificates, and one that they were given.
#[derive(Debug, Clone)]
pub(crate) struct Web(Arc<ClientConfig>);

#[derive(Debug)]
struct Service(Client<HttpsConnector<Tcp>, HttpRequestBody>);

impl Web {
    /// The certificates are the system's (`SSL_CERT_FILE` names others), and those of this file.
    pub(crate) fn new(certificates: Option<&Path>) -> io::Result<Self> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = certificates {
            for certificate in own(path)? {
                roots.add(certificate).map_err(io::Error::other)?;
            }
        }
        let provider = Arc::new(ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }
}

fn own(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let unreadable = |error| io::Error::other(format!("{}: {error}", path.display()));
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let certificates = read.map_err(unreadable)?;
    if certificates.is_empty() {
        let why = format!("{}: there is no certificate in it (PEM)", path.display());
        return Err(io::Error::other(why));
    }
    Ok(certificates)
}

impl HttpConnector for Web {
    /// The storage is where the configuration says, whatever proxy the environment names.
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let mut tcp = Tcp::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(ClientConfig::clone(&self.0))
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(connector);
        Ok(HttpClient::new(Service(client)))
    }
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let asked = tokio::time::timeout(ANSWER, self.0.request(request));
        let response = asked
            .await
            .map_err(|error| HttpError::new(HttpErrorKind::Timeout, error))?
            .map_err(failed)?;
        let broken = |error| HttpError::new(HttpErrorKind::Decode, Broken(error));
        Ok(response
            .map(|body| HttpResponseBody::new(TimeoutBody::new(PAUSE, body).map_err(broken))))
    }
}

/// An answer broke off.
#[derive(Debug, thiserror::Error)]
#[error("the answer broke off: {0}")]
struct Broken(Box<dyn std::error::Error + Send + Sync>);

fn failed(error: hyper_util::client::legacy::Error) -> HttpError {
    let kind = if error.is_connect() {
        HttpErrorKind::Connect
    } else {
        HttpErrorKind::Request
    };
    HttpError::new(kind, error)
}

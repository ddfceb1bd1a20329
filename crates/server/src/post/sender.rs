//! HTTP as a webhook needs it: one POST, no redirect, no proxy.
//!
//! `reqwest` speaks no TLS here: of its two ways to it, one brings a second cryptography beside the one of the database's
//! driver, and the other makes every client of the workspace depend on what its program has installed.

use std::sync::Arc;

use axum::{body::Bytes, http::StatusCode};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use url::Url;

use super::{SendError, TlsError, signature::Header};

/// What was answered. Of its body nothing is read: what a receiver says there is his own.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Its status.
    pub(crate) status: StatusCode,
    /// When the receiver wants to be asked again, as he says it.
    pub(crate) retry_after: Option<String>,
}

/// Sends to one address.
pub(crate) struct HttpSender {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    // The address may hold a secret, so it is in no error.
    url: Url,
}

impl HttpSender {
    /// One for this address. Nothing is sent.
    pub(crate) fn to(url: &Url) -> Result<Self, TlsError> {
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls()?)
            .https_or_http()
            .enable_http1()
            .build();
        // A message is sent now and then: no connection is kept for the next one.
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build(connector);
        Ok(Self {
            client,
            url: url.clone(),
        })
    }

    /// Posts JSON, and gives what is answered. A redirect is an answer as any other: where it leads nobody has configured.
    pub(crate) async fn post(&self, body: String, headers: &[Header]) -> Result<Answer, SendError> {
        let mut request = axum::http::Request::post(self.url.as_str())
            .header("content-type", "application/json")
            .header(
                "user-agent",
                concat!("formhand/", env!("CARGO_PKG_VERSION")),
            );
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request
            .body(Full::from(body))
            .map_err(|_| SendError("the address is none that can be asked".to_owned()))?;
        let response = self.client.request(request).await;
        let response = response.map_err(|error| SendError::of(&error))?;
        let retry_after = response.headers().get("retry-after");
        Ok(Answer {
            status: response.status(),
            retry_after: retry_after.and_then(|value| Some(value.to_str().ok()?.to_owned())),
        })
    }
}

impl Answer {
    /// Any answer but 2xx is a failure.
    pub(crate) fn taken(&self) -> Result<(), SendError> {
        if self.status.is_success() {
            Ok(())
        } else {
            Err(SendError(format!("it answered {}", self.status)))
        }
    }
}

/// The certificates are the system's; `SSL_CERT_FILE` names others.
fn tls() -> Result<ClientConfig, TlsError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsError(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

//! The command line as a client of the server.

use std::{fs, path::Path};

use formhand_domain::Secret;
use reqwest::{Method, RequestBuilder, Response, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::{CliError, Exit, client_error};
use crate::serving::{ServerFile, TOKEN_VARIABLE};

/// A connection to one server.
pub(super) struct Client {
    base: Url,
    token: Option<Secret>,
    http: reqwest::Client,
}

impl Client {
    /// The server that was asked for, or the one that serves the data folder.
    pub(super) fn find(asked: Option<&Url>, data: &Path) -> Result<Self, CliError> {
        let found = ServerFile::read(data).map_err(|error| {
            let file = data.join("server.json");
            CliError::new(
                Exit::BadInput,
                format!("cannot read {}: {error}", file.display()),
            )
        })?;
        let base = match (asked, &found) {
            (Some(url), _) => url.clone(),
            (None, Some(file)) => parse(&file.address)?,
            (None, None) => {
                return Err(CliError::new(
                    Exit::Unreachable,
                    format!("no server serves the data folder {}", data.display()),
                )
                .hint("start one with `formhand serve`, or name one with --server or --data"));
            }
        };
        // The token of this folder's server is for that server and no other.
        let token_file = found
            .filter(|file| {
                parse(&file.address).is_ok_and(|address| address.origin() == base.origin())
            })
            .and_then(|file| file.token_file);
        let token = match std::env::var(TOKEN_VARIABLE)
            .ok()
            .filter(|text| !text.is_empty())
        {
            Some(text) => Some(Secret::new(text)),
            None => token_file.map(|file| read_token(&file)).transpose()?,
        };
        Self::new(base, token)
    }

    /// A connection to this server.
    pub(super) fn new(base: Url, token: Option<Secret>) -> Result<Self, CliError> {
        if base.scheme() != "http" {
            let message = format!("cannot speak to {base}: only plain http is built in");
            return Err(CliError::new(Exit::Usage, message)
                .hint("use http://127.0.0.1:PORT, through a tunnel if the server is elsewhere"));
        }
        let http = reqwest::Client::builder()
            // A proxy of the environment has no business between the parts of one machine.
            .no_proxy()
            .build()
            .map_err(|error| CliError::new(Exit::Internal, error))?;
        Ok(Self { base, token, http })
    }

    /// Reads something.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, CliError> {
        read(self.send(self.request(Method::GET, path)?).await?).await
    }

    /// Asks for something to be done, with a JSON body.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &Value,
    ) -> Result<T, CliError> {
        read(
            self.send(self.request(Method::POST, path)?.json(body))
                .await?,
        )
        .await
    }

    /// A request to this path; each part is encoded, so that an id cannot lead elsewhere.
    pub(super) fn request(
        &self,
        method: Method,
        path: &[&str],
    ) -> Result<RequestBuilder, CliError> {
        let request = self.http.request(method, self.address(path)?);
        Ok(match &self.token {
            Some(token) => request.bearer_auth(token.expose()),
            None => request,
        })
    }

    /// Where this path is at the server; each part is encoded.
    pub(super) fn address(&self, path: &[&str]) -> Result<Url, CliError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| CliError::new(Exit::Usage, format!("{} is no server", self.base)))?
            .pop_if_empty()
            .extend(path);
        Ok(url)
    }

    /// Sends a request and turns every refusal into an error.
    pub(super) async fn send(&self, request: RequestBuilder) -> Result<Response, CliError> {
        let response = request.send().await.map_err(|error| {
            CliError::new(
                Exit::Unreachable,
                format!(
                    "cannot reach the server at {}: {}",
                    self.base,
                    client_error::cause(&error)
                ),
            )
            .hint("start it with `formhand serve`, or name another with --server")
        })?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(client_error::of(response, self.token.is_some()).await)
    }
}

/// The body of an answer.
pub(super) async fn read<T: DeserializeOwned>(response: Response) -> Result<T, CliError> {
    if response.status() == StatusCode::NO_CONTENT {
        return serde_json::from_value(Value::Null).map_err(|error| strange(&error));
    }
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !is_json {
        return Err(strange(&"it is not JSON"));
    }
    response.json().await.map_err(|error| strange(&error))
}

fn strange(error: &dyn std::fmt::Display) -> CliError {
    CliError::new(
        Exit::Internal,
        format!("the server's answer cannot be read: {error}"),
    )
    .hint("is it a Formhand server, and of this version?")
}

fn parse(address: &str) -> Result<Url, CliError> {
    address.parse().map_err(|_| {
        CliError::new(
            Exit::BadInput,
            format!("server.json names no address: {address:?}"),
        )
    })
}

fn read_token(file: &Path) -> Result<Secret, CliError> {
    fs::read_to_string(file)
        .map(|text| Secret::new(text.trim()))
        .map_err(|error| {
            CliError::new(
                Exit::Refused,
                format!("cannot read the token in {}: {error}", file.display()),
            )
            .hint(format!(
                "run this as the server's user, or set {TOKEN_VARIABLE}"
            ))
        })
}

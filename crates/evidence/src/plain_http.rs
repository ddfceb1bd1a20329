//! The HTTP of object storage: plain, by the client that the rest of the program uses.

use async_trait::async_trait;
use http_body_util::BodyExt as _;
use object_store::{
    ClientOptions, Error,
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
        HttpResponseBody, HttpService,
    },
};

/// An answer with the body that the client gives.
type HttpParts = http::Response<reqwest::Body>;

/// Makes clients that speak plain HTTP.
#[derive(Debug)]
pub(crate) struct PlainHttp;

#[derive(Debug)]
struct Client(reqwest::Client);

impl HttpConnector for PlainHttp {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = reqwest::Client::builder()
            // The storage is where the configuration says, whatever proxy the environment names.
            .no_proxy()
            .connect_timeout(std::time::Duration::from_secs(5))
            // Longer than any file needs; without an end, a server that says nothing would be waited for.
            .timeout(std::time::Duration::from_mins(1))
            .build()
            .map_err(|error| Error::Generic {
                store: "S3",
                source: Box::new(error),
            })?;
        Ok(HttpClient::new(Client(client)))
    }
}

#[async_trait]
impl HttpService for Client {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let url = parts.uri.to_string().parse::<url::Url>();
        let url = url.map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(match body.as_bytes() {
            Some(whole) => whole.clone().into(),
            None => reqwest::Body::wrap(body),
        });
        let response = self.0.execute(request).await.map_err(failed)?;
        let (parts, body) = HttpParts::from(response).into_parts();
        let body = HttpResponseBody::new(body.map_err(failed));
        Ok(HttpResponse::from_parts(parts, body))
    }
}

/// The address of a request has a signature in it.
fn failed(error: reqwest::Error) -> HttpError {
    let kind = match &error {
        error if error.is_timeout() => HttpErrorKind::Timeout,
        error if error.is_connect() => HttpErrorKind::Connect,
        error if error.is_decode() => HttpErrorKind::Decode,
        _ => HttpErrorKind::Request,
    };
    HttpError::new(kind, error.without_url())
}

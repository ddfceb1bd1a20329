//! Reads with a service that the operator names: the picture is posted to it, and it answers with the letters.
//!
//! The answer is plain text, or JSON such as `{"answer": "WXYZ"}`. It is never logged, nor is the service's address,
//! which may hold a key.

use std::time::Duration;

use async_trait::async_trait;
use formhand_domain::Secret;
use reqwest::{
    Client, RequestBuilder, Response,
    header::{ACCEPT, CONTENT_TYPE},
    redirect::Policy,
};
use serde::Deserialize;
use thiserror::Error;
use url::Url;

use super::{Picture, SolveError, Solver};

/// A service of the operator's.
pub(super) struct Http {
    pub(super) url: Url,
    pub(super) token: Option<Secret>,
    pub(super) limit: Duration,
}

/// A captcha picture is old by then.
pub(super) const LIMIT: Duration = Duration::from_mins(1);

/// No captcha needs an answer of more bytes, in JSON with whatever else a service says.
const LONGEST_BYTES: usize = 16 * 1024;

/// A service did not answer.
#[derive(Debug, Error)]
pub(crate) enum ServiceError {
    /// The connection could not be made, or it broke.
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    /// It took too long.
    #[error("no answer within {0:?}")]
    TimedOut(Duration),
    /// It refused.
    #[error("it answered with status {0}")]
    Status(u16),
    /// It answered with something else than was agreed.
    #[error(
        "it answered with {0}; expected text/plain, or application/json such as {{\"answer\": \"WXYZ\"}}"
    )]
    Unreadable(String),
}

#[derive(Deserialize)]
struct Answer {
    answer: String,
}

#[async_trait]
impl Solver for Http {
    async fn solve(&self, picture: &Picture) -> Result<String, SolveError> {
        let asked = tokio::time::timeout(self.limit, self.ask(picture.png.clone())).await;
        let answer = asked.unwrap_or(Err(ServiceError::TimedOut(self.limit)));
        let answer = answer.map_err(|source| SolveError::Service {
            service: self.url.origin().ascii_serialization(),
            source,
        })?;
        picture.accept(&answer)
    }
}

impl Http {
    async fn ask(&self, png: Vec<u8>) -> Result<String, ServiceError> {
        let response = self.request(png)?.send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(ServiceError::Status(response.status().as_u16()));
        }
        let kind = kind(&response);
        let text = text(response).await?;
        match kind.as_str() {
            "text/plain" => Ok(text),
            "application/json" => match serde_json::from_str(&text) {
                Ok(Answer { answer }) => Ok(answer),
                Err(_) => Err(ServiceError::Unreadable("other JSON".into())),
            },
            other => Err(ServiceError::Unreadable(format!("{other:?}"))),
        }
    }

    fn request(&self, png: Vec<u8>) -> Result<RequestBuilder, ServiceError> {
        // The picture and the token go where the operator said, and nowhere else.
        let client = Client::builder().no_proxy().redirect(Policy::none());
        let request = client
            .build()
            .map_err(unreachable)?
            .post(self.url.clone())
            .header(CONTENT_TYPE, "image/png")
            .header(ACCEPT, "text/plain, application/json")
            .body(png);
        Ok(match &self.token {
            Some(token) => request.bearer_auth(token.expose()),
            None => request,
        })
    }
}

/// What kind of answer it is, without its parameters.
fn kind(response: &Response) -> String {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

async fn text(mut response: Response) -> Result<String, ServiceError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_BYTES {
            let found = format!("more than {LONGEST_BYTES} bytes");
            return Err(ServiceError::Unreadable(found));
        }
    }
    String::from_utf8(bytes)
        .map_err(|_| ServiceError::Unreadable("something that is no text".into()))
}

fn unreachable(error: reqwest::Error) -> ServiceError {
    let error = error.without_url();
    // The outer error only says that a request failed; the innermost says why.
    let mut why: &dyn std::error::Error = &error;
    while let Some(inner) = why.source() {
        why = inner;
    }
    ServiceError::Unreachable(why.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use axum::{
        Router,
        body::Bytes,
        http::{HeaderMap, StatusCode},
        response::{IntoResponse, Redirect},
        routing::post,
    };
    use image::{DynamicImage, ImageFormat};

    use super::*;

    const TOKEN: &str = "a token of this test";

    fn picture() -> Picture {
        let pixels = DynamicImage::new_luma8(120, 40);
        let mut png = Vec::new();
        pixels
            .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
            .unwrap();
        Picture {
            png,
            pixels,
            length: 4,
            alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ".to_owned(),
        }
    }

    /// Answers as a service would, if the request is what it must be.
    fn asked(headers: &HeaderMap, body: &Bytes) -> Result<(), StatusCode> {
        let is = |name, value: &str| headers.get(name).is_some_and(|found| found == value);
        if !is("authorization", &format!("Bearer {TOKEN}")) {
            return Err(StatusCode::UNAUTHORIZED);
        }
        let whole = is("content-type", "image/png") && *body == picture().png;
        whole.then_some(()).ok_or(StatusCode::BAD_REQUEST)
    }

    fn service() -> Router {
        let json =
            |text: &'static str| ([("content-type", "application/json; charset=utf-8")], text);
        Router::new()
            .route(
                "/text",
                post(async |headers: HeaderMap, body: Bytes| {
                    asked(&headers, &body).map(|()| "WXYZ\n")
                }),
            )
            .route(
                "/json",
                post(async move |headers: HeaderMap, body: Bytes| {
                    asked(&headers, &body).map(|()| json(r#"{"id": 7, "answer": "WXYZ"}"#))
                }),
            )
            .route(
                "/other-json",
                post(async move || json(r#"{"text": "WXYZ"}"#)),
            )
            .route("/short", post(async || "WXY"))
            .route("/page", post(async || axum::response::Html("WXYZ")))
            .route("/long", post(async || "W".repeat(LONGEST_BYTES + 1)))
            .route("/elsewhere", post(async || Redirect::temporary("/text")))
            .route(
                "/broken",
                post(async || StatusCode::SERVICE_UNAVAILABLE.into_response()),
            )
            .route(
                "/silent",
                post(async || std::future::pending::<&str>().await),
            )
    }

    struct Service(Url, tokio::task::JoinHandle<()>);

    impl Service {
        async fn start() -> Self {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let serve = async move { axum::serve(listener, service()).await.unwrap() };
            Self(url.parse().unwrap(), tokio::spawn(serve))
        }

        async fn read(&self, path: &str, token: Option<&str>) -> Result<String, SolveError> {
            let mut url = self.0.join(path).unwrap();
            url.set_query(Some("key=of-this-test"));
            let limit = match path {
                "/silent" => Duration::from_millis(50),
                _ => LIMIT,
            };
            let token = token.map(Secret::new);
            Http { url, token, limit }.solve(&picture()).await
        }
    }

    impl Drop for Service {
        fn drop(&mut self) {
            self.1.abort();
        }
    }

    #[tokio::test]
    async fn a_service_gets_the_picture_and_answers_with_text_or_json() {
        let service = Service::start().await;
        for path in ["/text", "/json"] {
            let read = service.read(path, Some(TOKEN)).await;
            assert_eq!(read.unwrap(), "WXYZ", "{path}");
        }
    }

    #[tokio::test]
    async fn a_service_that_does_not_answer_as_agreed_is_told_apart_by_the_error() {
        let service = Service::start().await;
        let mut told = Vec::new();
        for path in [
            "/text",
            "/other-json",
            "/short",
            "/page",
            "/long",
            "/elsewhere",
            "/broken",
            "/silent",
        ] {
            let error = service.read(path, None).await.unwrap_err().to_string();
            let error = error.replace(&service.0.origin().ascii_serialization(), "SERVICE");
            told.push(format!("{path}: {error}"));
        }
        insta::assert_snapshot!(told.join("\n"), @r#"
        /text: the captcha service at SERVICE failed: it answered with status 401
        /other-json: the captcha service at SERVICE failed: it answered with other JSON; expected text/plain, or application/json such as {"answer": "WXYZ"}
        /short: the captcha was read as 3 characters; it shows 4 of ABCDEFGHIJKLMNOPQRSTUVWXYZ
        /page: the captcha service at SERVICE failed: it answered with "text/html"; expected text/plain, or application/json such as {"answer": "WXYZ"}
        /long: the captcha service at SERVICE failed: it answered with more than 16384 bytes; expected text/plain, or application/json such as {"answer": "WXYZ"}
        /elsewhere: the captcha service at SERVICE failed: it answered with status 307
        /broken: the captcha service at SERVICE failed: it answered with status 503
        /silent: the captcha service at SERVICE failed: no answer within 50ms
        "#);
    }

    #[tokio::test]
    async fn a_service_that_is_not_there_is_named_without_its_key() {
        let url: Url = "http://127.0.0.1:1/solve?key=of-this-test".parse().unwrap();
        let limit = LIMIT;
        let solver = Http {
            url,
            token: None,
            limit,
        };
        let error = solver.solve(&picture()).await.unwrap_err().to_string();
        assert!(!error.contains("key"), "{error}");
        insta::assert_snapshot!(error, @"the captcha service at http://127.0.0.1:1 failed: it cannot be reached: Connection refused (os error 111)");
    }
}

//! A picture as an answer.

use axum::{
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};

/// What forbids a browser to keep it, or to guess, is on every answer.
pub(super) fn png(picture: impl Into<Bytes>) -> Response {
    ([(header::CONTENT_TYPE, "image/png")], picture.into()).into_response()
}

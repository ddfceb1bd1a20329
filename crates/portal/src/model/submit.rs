//! The one step that files the form.

use std::time::Duration;

use regex::Regex;

use super::{Condition, ReadWhat, Readback, Target, UrlGlob};

/// Files the form.
#[derive(Debug, Clone)]
pub struct Submit {
    /// What is clicked.
    pub click: Target,
    /// The method of the commit request, in capitals.
    pub method: String,
    /// The address of the commit request. Absolute pattern.
    pub url: UrlGlob,
    /// Fields that the portal filled by itself and that are compared with the record before the click, too.
    pub readback: Vec<Readback>,
    /// How long the click may take to send the request.
    pub send_timeout: Duration,
    /// How long the portal may take to answer.
    pub answer_timeout: Duration,
    /// What shows that the form was filed; the first that holds decides.
    pub succeeded: Vec<Success>,
    /// What shows that it was not.
    pub rejected: Vec<Rejection>,
}

impl Submit {
    /// A name for its commit request, the same for every submit step with the same request.
    pub fn pattern_id(&self) -> String {
        format!("{} {}", self.method, self.url.0)
    }
}

/// What shows that the form was filed.
#[derive(Debug, Clone)]
pub struct Success {
    /// The sign.
    pub when: Evidence,
    /// What is kept of the answer.
    pub receipt: Vec<ReceiptField>,
}

/// What shows that the form was not filed, although the request was sent.
#[derive(Debug, Clone)]
pub struct Rejection {
    /// The sign.
    pub when: Evidence,
    /// Where the portal's words are.
    pub message: Option<ReceiptSource>,
}

/// A sign.
#[derive(Debug, Clone)]
pub enum Evidence {
    /// The answer to the commit request.
    Response {
        /// Its status is one of these; empty means any.
        statuses: Vec<u16>,
        /// Its body is JSON of which all of this holds.
        json: Vec<JsonCheck>,
    },
    /// What the page shows after the answer.
    Page(Condition),
}

/// What a place of a JSON body holds.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonCheck {
    /// A JSON pointer such as `/isSuccess`.
    pub pointer: String,
    /// The value.
    pub equals: serde_json::Value,
}

/// Something of the answer that is kept.
#[derive(Debug, Clone)]
pub struct ReceiptField {
    /// Its name in the receipt.
    pub name: String,
    /// Where it is.
    pub from: ReceiptSource,
    /// What it must look like; if the pattern has a group, that is what is kept.
    pub matches: Option<Regex>,
}

/// A place in the answer.
#[derive(Debug, Clone)]
pub enum ReceiptSource {
    /// A JSON pointer into the response's body.
    Json(String),
    /// An element of the page.
    Page {
        /// The element.
        at: Target,
        /// What is read of it.
        read: ReadWhat,
    },
}

//! The submit step, as written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{At, Condition, Duration, ReadWhat, Readback, Target, Text};
use crate::parse::{Many, Spanned, Table};

/// Files the form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Submit {
    /// What is clicked.
    pub(crate) click: At,
    /// The request that files the form.
    pub(crate) request: Request,
    /// Fields that the portal filled by itself and that are compared with the record before the click.
    #[serde(default)]
    pub(crate) readback: Many<Spanned<Readback>>,
    /// How long the click may take to send the request. 10s if not said.
    pub(crate) send_timeout: Option<Duration>,
    /// How long the portal may take to answer. 60s if not said.
    pub(crate) answer_timeout: Option<Duration>,
    /// What shows that the form was filed; the first that holds decides.
    pub(crate) succeeded: Spanned<Many<Spanned<Success>>>,
    /// What shows that it was not.
    #[serde(default)]
    pub(crate) rejected: Many<Spanned<Rejection>>,
}

/// The request that files the form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// Its method.
    pub(crate) method: Text,
    /// Its address; `*` stands for anything.
    pub(crate) url: Text,
}

/// A sign that the form was filed: exactly one of `response` and `page`, and what is kept.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Success {
    /// The answer to the request.
    pub(crate) response: Option<ResponseCheck>,
    /// What the page shows after it.
    pub(crate) page: Option<PageSign>,
    /// What is kept, by name.
    #[serde(default)]
    pub(crate) receipt: Table<Spanned<ReceiptField>>,
}

/// A sign that the form was not filed: exactly one of `response` and `page`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rejection {
    /// The answer to the request.
    pub(crate) response: Option<ResponseCheck>,
    /// What the page shows after it.
    pub(crate) page: Option<PageSign>,
    /// Where the portal's words are.
    pub(crate) message: Option<Spanned<ReceiptSource>>,
}

/// A condition of the page.
pub(crate) type PageSign = Spanned<Condition>;

/// An answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResponseCheck {
    /// Its status is one of these; any if not said.
    #[serde(default)]
    pub(crate) status: Vec<u16>,
    /// Its body is JSON, and these pointers lead to these values.
    #[serde(default)]
    pub(crate) json: BTreeMap<String, Value>,
}

/// Something of the answer that is kept: exactly one of `json` and `page`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptField {
    /// A JSON pointer into the answer, such as `/ProposalNo`.
    pub(crate) json: Option<Text>,
    /// An element of the page.
    pub(crate) page: Option<Target>,
    /// What is read of that element; its text if not said.
    pub(crate) read: Option<ReadWhat>,
    /// What it must look like; if the pattern has a group, that is what is kept.
    pub(crate) matches: Option<Text>,
}

/// A place in the answer: exactly one of `json` and `page`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptSource {
    /// A JSON pointer into the answer, such as `/ErrorMsg`.
    pub(crate) json: Option<Text>,
    /// An element of the page.
    pub(crate) page: Option<Target>,
    /// What is read of that element; its text if not said.
    pub(crate) read: Option<ReadWhat>,
}

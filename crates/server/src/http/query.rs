//! The query of an address, strictly: an unknown name is an error and not ignored.

use axum::{extract::FromRequestParts, http::request::Parts};

use jiff::Timestamp;

use super::Problem;

/// Names and values in their order.
pub(crate) struct Query(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let text = parts.uri.query().unwrap_or_default();
        Ok(Self(
            url::form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .collect(),
        ))
    }
}

impl Query {
    /// The same, from elsewhere than an address.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Refuses names that the endpoint does not know.
    pub(crate) fn only(self, known: &[&str]) -> Result<Self, Problem> {
        match self
            .0
            .iter()
            .find(|(name, _)| !known.contains(&name.as_str()))
        {
            None => Ok(self),
            Some((name, _)) => {
                let shown: String = name.chars().take(40).collect();
                let valid = if known.is_empty() {
                    "none".to_owned()
                } else {
                    known.join(", ")
                };
                Err(Problem::bad_request(
                    "unknown_parameter",
                    format!("{shown:?} is no parameter here; valid: {valid}"),
                ))
            }
        }
    }

    /// The value of a name that may be given once.
    pub(crate) fn one<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, Problem> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() {
            let detail = format!("{name:?} may be given only once");
            return Err(Problem::bad_request("repeated_parameter", detail));
        }
        Ok(first)
    }

    /// Names and values in their order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What is left when fields that hold nothing are taken as not given: a form sends all of its fields.
    pub(crate) fn without_empty(mut self) -> Self {
        self.0.retain(|(_, value)| !value.is_empty());
        self
    }

    /// All values of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// The times `from` and `until`.
    pub(super) fn span(&self) -> Result<(Option<Timestamp>, Option<Timestamp>), Problem> {
        let (from, until) = (self.time("from")?, self.time("until")?);
        match (from, until) {
            (Some(from), Some(until)) if from >= until => Err(Problem::bad_request(
                "invalid_parameter",
                "from must be before until",
            )),
            span => Ok(span),
        }
    }

    /// The value of a name, read as a moment.
    pub(super) fn time(&self, name: &str) -> Result<Option<Timestamp>, Problem> {
        let read = |text: &str| {
            text.parse().map_err(|_| {
                let shown: String = text.chars().take(40).collect();
                let detail = format!(
                    "{name} {shown:?} is no time: expected one such as 2026-01-05T09:00:00Z, with + written as %2B"
                );
                Problem::bad_request("invalid_parameter", detail)
            })
        };
        self.one(name)?.map(read).transpose()
    }

    /// The number of an entry of a history, as stores count them.
    pub(crate) fn seq(&self, name: &str) -> Result<Option<u64>, Problem> {
        let number = self.number::<u64>(name)?;
        match number.filter(|number| i64::try_from(*number).is_err()) {
            None => Ok(number),
            Some(number) => Err(Problem::bad_request(
                "invalid_parameter",
                format!("{name} {number} is no whole number in range"),
            )),
        }
    }

    /// How many entries a page has: `limit`, or what is usual.
    pub(crate) fn limit(&self, usual: u32, most: u32) -> Result<u32, Problem> {
        let limit = self.number("limit")?.unwrap_or(usual);
        if (1..=most).contains(&limit) {
            return Ok(limit);
        }
        let detail = format!("limit {limit} is out of range: expected 1 to {most}");
        Err(Problem::bad_request("invalid_parameter", detail))
    }

    /// The value of a name, read as a number.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        self.one(name)?
            .map(|text| {
                text.parse().map_err(|_| {
                    let shown: String = text.chars().take(40).collect();
                    Problem::bad_request(
                        "invalid_parameter",
                        format!("{name} {shown:?} is no whole number in range"),
                    )
                })
            })
            .transpose()
    }
}

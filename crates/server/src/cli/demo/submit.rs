//! Handing the customers in, as any client would.

use formhand_domain::JobId;
use reqwest::{Method, StatusCode, header};
use serde::Deserialize;

use super::customers::Customers;
use crate::{
    cli::{
        CliError, Exit,
        client::{Client, read},
    },
    http::{JobView, Problem},
    records::Format,
};

#[derive(Deserialize)]
struct Results {
    results: Vec<RecordResult>,
}

/// What became of one record.
#[derive(Deserialize)]
pub(in crate::cli) struct RecordResult {
    pub(in crate::cli) job: Option<JobView>,
    pub(in crate::cli) problem: Option<Problem>,
}

/// A job for every customer, in their order. A refused record has one too, which says why.
pub(super) async fn all(client: &Client, customers: &Customers) -> Result<Vec<JobId>, CliError> {
    csv(client, customers.text.clone(), "demo").await
}

/// The same for any records, in a way that may be repeated with the same key.
pub(in crate::cli) async fn csv(
    client: &Client,
    records: String,
    key: &str,
) -> Result<Vec<JobId>, CliError> {
    let results = results(client, records, Some(key)).await?;
    results.into_iter().zip(1..).map(job_of).collect()
}

/// Hands records in, and says what became of each.
pub(in crate::cli) async fn results(
    client: &Client,
    records: String,
    key: Option<&str>,
) -> Result<Vec<RecordResult>, CliError> {
    let mut request = client
        .request(Method::POST, &["api", "jobs"])?
        .header(header::CONTENT_TYPE, Format::Csv.media_type())
        .body(records);
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    let Results { results } = read(client.send(request).await?).await?;
    Ok(results)
}

fn job_of((result, number): (RecordResult, usize)) -> Result<JobId, CliError> {
    let of_problem = result.problem.as_ref().and_then(|problem| problem.job_id);
    let status = result.problem.as_ref().map(|problem| problem.status);
    let exit = match status.map(StatusCode::from_u16) {
        // Nothing of it was kept, and it may be handed in again.
        Some(Ok(StatusCode::SERVICE_UNAVAILABLE)) => Exit::Unreachable,
        _ => Exit::BadInput,
    };
    result.job.map(|job| job.id).or(of_problem).ok_or_else(|| {
        let why = result
            .problem
            .map_or_else(|| "no reason".to_owned(), |problem| problem.detail.clone());
        CliError::new(exit, format!("customer {number} was not taken: {why}"))
    })
}

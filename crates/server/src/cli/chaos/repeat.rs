//! All that was filed, handed in once more when the storm is over: as new calls with other ids, so that the key made of the
//! record alone keeps it out.

use formhand_domain::Outcome;

use super::{customers::Customers, settle::Ended};
use crate::cli::{
    CliError,
    client::Client,
    demo::submit::{self, RecordResult},
};

/// Records of one request.
const TOGETHER: usize = 100;

/// How many were not told to be duplicates of the job that was filed.
pub(super) async fn taken_again(
    client: &Client,
    customers: &Customers,
    ended: &[Ended],
) -> Result<usize, CliError> {
    let filed: Vec<&Ended> = ended
        .iter()
        .filter(|ended| ended.view.outcome == Outcome::Submitted)
        .collect();
    let mut taken = 0;
    for some in filed.chunks(TOGETHER) {
        let numbers: Vec<u32> = some.iter().map(|ended| ended.number).collect();
        let records = customers.records("again", &numbers);
        let results = submit::results(client, records, None).await?;
        let refused = some
            .iter()
            .zip(&results)
            .filter(|(ended, result)| is_duplicate(ended, result));
        taken += some.len() - refused.count();
    }
    Ok(taken)
}

fn is_duplicate(first: &Ended, result: &RecordResult) -> bool {
    let of = result
        .problem
        .as_ref()
        .and_then(|problem| problem.duplicate_of);
    of == Some(first.view.id)
}

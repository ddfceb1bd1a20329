//! Hands customers in, each as often as it takes until it is acknowledged.

use std::sync::Arc;

use formhand_domain::JobId;
use formhand_practice::Practice;
use tokio::sync::watch;

use super::{customers::Customers, moment::entries};
use crate::cli::{CliError, Exit, client::Client, demo::submit};

/// A server that lives files a customer in some twenty entries of the ledger. A new one comes more often than that.
const ENTRIES_BETWEEN: usize = 8;

/// The first customers come at once.
const TOGETHER: u32 = 4;

/// The jobs of all customers, in their order. `server` is the one that serves at present.
pub(super) async fn feed(
    practice: &Practice,
    customers: &Customers,
    count: u32,
    mut server: watch::Receiver<Arc<Client>>,
) -> Result<Vec<JobId>, CliError> {
    let mut jobs = Vec::new();
    for number in 1..=count {
        if number > TOGETHER {
            entries(practice, ENTRIES_BETWEEN).await;
        }
        let (record, key) = (customers.record(number), format!("chaos-{number}"));
        loop {
            let client = Arc::clone(&server.borrow_and_update());
            match submit::csv(&client, record.clone(), &key).await {
                Ok(acknowledged) => {
                    jobs.extend(acknowledged);
                    break;
                }
                Err(error) if error.exit == Exit::Unreachable => {
                    // Dead. The next one has another address; if there is none, nobody can be asked any more.
                    if server.changed().await.is_err() {
                        return Err(error);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(jobs)
}

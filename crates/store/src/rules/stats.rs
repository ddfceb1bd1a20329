//! Counts of jobs, added up.

use formhand_domain::{AccountKey, Status};

use crate::{JobFilter, Stats, contract::Counts};

/// Jobs of one account and status.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) account: AccountKey,
    pub(crate) status: Status,
    /// Whether they wait to be claimed.
    pub(crate) waiting: bool,
}

/// Adds them up.
pub(crate) fn stats(cells: impl IntoIterator<Item = (Cell, u64)>) -> Stats {
    let Counts {
        by_status,
        waiting_for_retry,
    } = Counts::default();
    let mut stats = Stats {
        by_status,
        waiting_for_retry,
        by_account: std::collections::BTreeMap::new(),
    };
    for (cell, jobs) in cells.into_iter().filter(|(_, jobs)| *jobs > 0) {
        let retried = if cell.status == Status::FailedLoginForm && cell.waiting {
            jobs
        } else {
            0
        };
        *stats.by_status.entry(cell.status).or_default() += jobs;
        stats.waiting_for_retry += retried;
        let of_account = stats.by_account.entry(cell.account).or_default();
        *of_account.by_status.entry(cell.status).or_default() += jobs;
        of_account.waiting_for_retry += retried;
    }
    stats
}

/// How many jobs are of the statuses, the portal and the account of a filter.
pub(crate) fn counted<'a>(
    cells: impl IntoIterator<Item = (&'a Cell, u64)>,
    filter: &JobFilter,
) -> u64 {
    let statuses = filter.statuses();
    let fits = |cell: &Cell| {
        let of_portal = filter.portal.as_ref();
        let of_account = filter.account.as_ref();
        statuses.contains(&cell.status)
            && of_portal.is_none_or(|portal| *portal == cell.account.portal)
            && of_account.is_none_or(|account| *account == cell.account.account)
    };
    let fitting = cells.into_iter().filter(|(cell, _)| fits(cell));
    fitting.map(|(_, jobs)| jobs).sum()
}

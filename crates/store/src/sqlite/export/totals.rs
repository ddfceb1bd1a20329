//! How much there is.

use std::collections::BTreeMap;

use formhand_domain::Status;

use super::{
    super::{chain, db::Db, json},
    accounts, starts,
};
use crate::{StoreError, copying::Totals};

/// No entry ever had a higher number, also none that was removed with its job.
const LAST_AUDIT: &str = "SELECT coalesce(max(seq), 0) FROM audit_chain";

pub(super) fn count(conn: &Db) -> Result<Totals, StoreError> {
    let number = |sql: &str| {
        let number: i64 = conn.query_row(sql, [], |row| row.get(0))?;
        json::parse(u64::try_from(number))
    };
    let audit_entries = number("SELECT count(*) FROM audit")?;
    Ok(Totals {
        jobs: jobs(conn)?,
        idempotency_keys: number("SELECT count(*) FROM jobs WHERE idempotency_key IS NOT NULL")?,
        entries_of_jobs: audit_entries,
        audit_entries,
        links: number("SELECT count(*) FROM audit_chain")?,
        last_link: chain::head(conn)?.map_or(0, |head| head.link.beginning()),
        last_audit_number: number(LAST_AUDIT)?,
        accounts: number(&format!("SELECT count(*) FROM ({})", accounts::ALL))?,
        sessions: number("SELECT count(*) FROM sessions")?,
        generations: number("SELECT coalesce(sum(generation), 0) FROM sessions")?,
        logins: number("SELECT count(*) FROM logins")?,
        wishes: number("SELECT count(*) FROM session_wishes")?,
        starts: number(&format!("SELECT count(*) FROM ({})", starts::ALL))?,
        session_events: number("SELECT count(*) FROM session_events")?,
        last_session_event: number("SELECT coalesce(max(seq), 0) FROM session_events")?,
        slates: number("SELECT count(*) FROM slates")?,
        questions: number("SELECT count(*) FROM questions WHERE answer IS NULL")?,
        webhooks: number("SELECT count(*) FROM webhooks")?,
        deliveries: number("SELECT count(*) FROM deliveries")?,
        outcomes: number("SELECT count(*) FROM job_outcomes WHERE jobs > 0")?,
        ended: number("SELECT coalesce(sum(jobs), 0) FROM job_outcomes")?,
    })
}

fn jobs(conn: &Db) -> Result<BTreeMap<Status, u64>, StoreError> {
    conn.prepare("SELECT status, count(*) FROM jobs GROUP BY status")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .map(|row| {
            let (status, jobs): (String, i64) = row?;
            let status: Status = json::parse(status.parse())?;
            Ok((status, json::parse(u64::try_from(jobs))?))
        })
        .collect()
}

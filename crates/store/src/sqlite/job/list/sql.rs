//! The statements.

use formhand_domain::{AccountName, BusinessKey, CallerId, FlowName, PortalName, Status};
use rusqlite::types::Value;

use super::way::Way;
use crate::JobFilter;

/// Sorts behind every id.
pub(super) const END: &str = "~";

/// A statement with the values of its places.
pub(super) struct Query {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// The ids that a filter allows among those before `before`: at or behind the first, before the second.
pub(super) fn span(filter: &JobFilter, before: &str) -> (String, String) {
    let (from, until) = filter.ids();
    let from = from.map_or_else(String::new, |id| id.to_string());
    let until = until.map_or_else(|| END.to_owned(), |id| id.to_string());
    (from, until.min(before.to_owned()))
}

impl Query {
    /// Jobs by an index that has them in order: the id, whether the rest of the filter holds, and the words if it asks for
    /// some. Jobs that are not of the way are not looked at.
    pub(super) fn of_jobs(filter: &JobFilter, way: &Way, before: &str) -> Self {
        let mut query = Self {
            sql: String::new(),
            values: Vec::new(),
        };
        let (first, end) = span(filter, before);
        let first = query.bind(first);
        let end = query.bind(end);
        let span = format!("jobs.id >= {first} AND jobs.id < {end}");
        let fits = query.rest(filter, way);
        let words = if filter.text.is_some() {
            "(SELECT words FROM job_texts WHERE job_texts.job = jobs.id)"
        } else {
            "NULL"
        };
        let index = index(way);
        let branches = query.branches(filter, way).into_iter().map(|branch| {
            format!("SELECT jobs.id, {fits}, {words} FROM jobs {index} WHERE {branch}{span}")
        });
        // The database merges branches that are in order, and reads no more of each than is taken.
        let branches: Vec<String> = branches.collect();
        query.sql = format!("{} ORDER BY 1 DESC", branches.join(" UNION ALL "));
        query
    }

    /// Jobs by the index of words, the last that came first: number, id, and whether the rest of the filter holds.
    pub(super) fn of_words(filter: &JobFilter, before: i64) -> Self {
        let words = filter.text.as_ref().map_or(&[][..], |text| text.words());
        let beginnings: Vec<String> = words.iter().map(|word| format!("\"{word}\"*")).collect();
        let mut query = Self {
            sql: String::new(),
            values: vec![beginnings.join(" AND ").into(), before.into()],
        };
        let (join, fits) = query.rest_of_words(filter);
        query.sql = format!(
            "SELECT job_search.rowid, job_texts.job, {fits} FROM job_search
             CROSS JOIN job_texts ON job_texts.number = job_search.rowid {join}
             WHERE job_search MATCH ?1 AND job_search.rowid < ?2 AND job_texts.dirty = 0
             ORDER BY job_search.rowid DESC"
        );
        query
    }

    /// The same of jobs that the index of words does not have, with their words.
    pub(super) fn of_waiting_words(filter: &JobFilter, before: i64) -> Self {
        let mut query = Self {
            sql: String::new(),
            values: vec![before.into()],
        };
        let (join, fits) = query.rest_of_words(filter);
        query.sql = format!(
            "SELECT job_texts.number, job_texts.job, {fits}, job_texts.words FROM job_texts {join}
             WHERE job_texts.dirty = 1 AND job_texts.number < ?1 ORDER BY job_texts.number DESC"
        );
        query
    }

    fn rest_of_words(&mut self, filter: &JobFilter) -> (&'static str, String) {
        let mut fits = self.rest(filter, &Way::Words);
        if filter.from.is_some() || filter.until.is_some() {
            let (first, end) = span(filter, END);
            let (first, end) = (self.bind(first), self.bind(end));
            fits = format!("({fits} AND job_texts.job >= {first} AND job_texts.job < {end})");
        }
        let join = if fits == "1" {
            ""
        } else {
            "CROSS JOIN jobs ON jobs.id = job_texts.job"
        };
        (join, fits)
    }

    /// What of the filter a way does not say, but for the words.
    fn rest(&mut self, filter: &JobFilter, way: &Way) -> String {
        let mut parts = Vec::new();
        let (by_status, by_portal, by_account) = match way {
            Way::All | Way::Caller | Way::BusinessKey | Way::Words => (false, false, false),
            Way::Statuses => (true, false, false),
            Way::Portal => (true, true, false),
            Way::Account(_) => (true, true, true),
        };
        if !filter.statuses.is_empty() && !by_status {
            let names: Vec<String> = filter.statuses().into_iter().map(quoted).collect();
            parts.push(format!("jobs.status IN ({})", names.join(", ")));
        }
        let portal = filter.portal.as_ref().filter(|_| !by_portal);
        let account = filter.account.as_ref().filter(|_| !by_account);
        let caller_id = filter.caller_id.as_ref().filter(|_| *way != Way::Caller);
        let key = filter.business_key.as_ref();
        let key = key.filter(|_| *way != Way::BusinessKey);
        let equal = [
            ("jobs.portal", portal.map(PortalName::as_str)),
            ("jobs.account", account.map(AccountName::as_str)),
            ("jobs.caller_id", caller_id.map(CallerId::as_str)),
            ("jobs.business_key", key.map(BusinessKey::as_str)),
            (
                "jobs.job ->> 'flow'",
                filter.flow.as_ref().map(FlowName::as_str),
            ),
        ];
        for (column, value) in equal {
            if let Some(value) = value {
                let place = self.bind(value.to_owned());
                parts.push(format!("{column} = {place}"));
            }
        }
        if parts.is_empty() {
            "1".to_owned()
        } else {
            format!("ifnull({}, 0)", parts.join(" AND "))
        }
    }

    /// What the way says, in parts that each are in order in its index.
    fn branches(&mut self, filter: &JobFilter, way: &Way) -> Vec<String> {
        let statuses = filter.statuses();
        let of_statuses = |before: &str| -> Vec<String> {
            let of_status = |status| format!("{before}jobs.status = {} AND ", quoted(status));
            statuses.iter().copied().map(of_status).collect()
        };
        match way {
            Way::All | Way::Words => vec![String::new()],
            Way::Caller => {
                let id = filter.caller_id.as_ref().map(ToString::to_string);
                let place = self.bind(id.unwrap_or_default());
                vec![format!("jobs.caller_id = {place} AND ")]
            }
            Way::BusinessKey => {
                let key = filter.business_key.as_ref().map(ToString::to_string);
                let place = self.bind(key.unwrap_or_default());
                vec![format!("jobs.business_key = {place} AND ")]
            }
            Way::Statuses => of_statuses(""),
            Way::Portal => {
                let portal = filter.portal.as_ref().map(ToString::to_string);
                let place = self.bind(portal.unwrap_or_default());
                of_statuses(&format!("jobs.portal = {place} AND "))
            }
            Way::Account(portals) => {
                let account = filter.account.as_ref().map(ToString::to_string);
                let account = self.bind(account.unwrap_or_default());
                let mut branches = Vec::new();
                for portal in portals {
                    let portal = self.bind(portal.to_string());
                    let before =
                        format!("jobs.portal = {portal} AND jobs.account = {account} AND ");
                    branches.extend(of_statuses(&before));
                }
                branches
            }
        }
    }

    fn bind(&mut self, value: String) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }
}

/// Said to the database, which would take any that has the order, however much there is to be looked at in it.
fn index(way: &Way) -> &'static str {
    match way {
        Way::All | Way::Words => "",
        Way::Caller => "INDEXED BY jobs_by_caller_id",
        Way::BusinessKey => "INDEXED BY jobs_by_business_key",
        Way::Statuses => "INDEXED BY jobs_by_status",
        Way::Portal => "INDEXED BY jobs_by_portal",
        Way::Account(_) => "INDEXED BY jobs_by_account",
    }
}

/// The name of a status, which needs no escaping.
fn quoted(status: Status) -> String {
    format!("'{}'", status.as_str())
}

#[cfg(test)]
mod tests {
    use super::{super::super::super::migrate::plan, *};
    use crate::SearchText;

    fn garden() -> PortalName {
        PortalName::new("garden").unwrap()
    }

    fn of(filter: &JobFilter, way: &Way) -> String {
        plan(&Query::of_jobs(filter, way, END).sql)
    }

    #[test]
    fn no_filter_makes_the_database_sort() {
        let statuses = vec![Status::Pending, Status::Completed];
        let account = AccountName::new("broker").unwrap();
        let filter = JobFilter {
            statuses,
            portal: Some(garden()),
            account: Some(account),
            flow: Some(FlowName::new("motor").unwrap()),
            ..JobFilter::default()
        };
        for (way, index) in [
            (Way::All, "sqlite_autoindex_jobs_1 (id>? AND id<?)"),
            (
                Way::Caller,
                "jobs_by_caller_id (caller_id=? AND id>? AND id<?)",
            ),
            (
                Way::BusinessKey,
                "jobs_by_business_key (business_key=? AND id>? AND id<?)",
            ),
            (Way::Statuses, "jobs_by_status (status=? AND id>? AND id<?)"),
            (
                Way::Portal,
                "jobs_by_portal (portal=? AND status=? AND id>? AND id<?)",
            ),
            (
                Way::Account(vec![garden()]),
                "jobs_by_account (account=? AND status=? AND portal=? AND id>? AND id<?)",
            ),
        ] {
            let plan = of(&filter, &way);
            let branches = match way {
                Way::All | Way::Caller | Way::BusinessKey | Way::Words => 1,
                Way::Statuses | Way::Portal | Way::Account(_) => 2,
            };
            assert_eq!(plan.matches(index).count(), branches, "{plan}");
            assert!(!plan.contains("SCAN") && !plan.contains("TEMP"), "{plan}");
        }
    }

    #[test]
    fn words_are_read_from_their_index_the_last_that_came_first() {
        let filter = JobFilter {
            text: Some(SearchText::new("asha exa").unwrap()),
            portal: Some(garden()),
            ..JobFilter::default()
        };
        insta::assert_snapshot!(plan(&Query::of_words(&filter, 7).sql), @"
        SCAN job_search VIRTUAL TABLE INDEX 192:M1<
        SEARCH job_texts USING INTEGER PRIMARY KEY (rowid=?)
        SEARCH jobs USING INDEX sqlite_autoindex_jobs_1 (id=?)
        ");
        insta::assert_snapshot!(plan(&Query::of_waiting_words(&filter, 7).sql), @"
        SEARCH job_texts USING INDEX job_texts_dirty (number<?)
        SEARCH jobs USING INDEX sqlite_autoindex_jobs_1 (id=?)
        ");
    }
}

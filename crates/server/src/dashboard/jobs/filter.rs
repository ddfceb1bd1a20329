//! Which jobs are shown: the address of the list, and the form that makes it.

use formhand_domain::{PortalName, Status};
use formhand_store::{Cursor, JobFilter};
use maud::{Markup, html};
use url::form_urlencoded::Serializer;

use crate::http::{ApiState, Problem, Query, job_cursor, job_filter, job_parameters};

/// The filter of an address.
pub(super) struct Filter {
    /// As the store takes it.
    pub(super) jobs: JobFilter,
    /// Behind which job the page begins.
    pub(super) after: Option<Cursor>,
    /// As the address gives it, without the place in the list.
    given: Vec<(String, String)>,
}

impl Filter {
    /// The filter that the address gives. The form sends what is empty, too; that asks for nothing.
    pub(super) fn read(query: Query) -> Result<Self, Problem> {
        let query = query.without_empty().only(&job_parameters())?;
        let jobs = job_filter(&query)?;
        let after = job_cursor(&query)?;
        let given = query
            .pairs()
            .filter(|(name, _)| *name != "cursor")
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Ok(Self { jobs, after, given })
    }

    /// Whether the page is the list's first.
    pub(super) fn is_first(&self) -> bool {
        self.after.is_none()
    }

    /// What is asked for, as the address gives it, without the place in the list.
    pub(super) fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(&self.given);
        query.finish()
    }

    /// The address of this list from a place on.
    pub(super) fn address(&self, after: Option<Cursor>) -> String {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(&self.given);
        if let Some(Cursor(id)) = after {
            query.append_pair("cursor", &id.to_string());
        }
        format!("/jobs?{}", query.finish())
    }

    /// The form.
    pub(super) fn form(&self, state: &ApiState) -> Markup {
        html! {
            form.filter method="get" action="/jobs" role="search" {
                div {
                    label for="q" { "Name, caller's id or number" }
                    input #q type="search" name="q" value=[self.one("q")] maxlength="200";
                }
                div {
                    label for="status" { "Status" }
                    select #status name="status" data-send {
                        option value="" { "Any" }
                        @for status in Status::ALL {
                            option value=(status.as_str()) selected[self.jobs.statuses == [*status]] {
                                (status.as_str().replace('_', " "))
                            }
                        }
                    }
                }
                div {
                    label for="portal" { "Portal" }
                    select #portal name="portal" data-send {
                        option value="" { "Any" }
                        @for portal in portals(state) {
                            option value=(portal) selected[self.jobs.portal.as_ref() == Some(portal)] { (portal) }
                        }
                    }
                }
                div {
                    label for="account" { "Account" }
                    select #account name="account" data-send {
                        option value="" { "Any" }
                        @for key in state.accounts.iter() {
                            option value=(key.account) selected[self.jobs.account.as_ref() == Some(&key.account)] {
                                (key.account)
                            }
                        }
                    }
                }
                button.first type="submit" { "Show" }
                a.button href="/jobs" { "All" }
            }
        }
    }

    fn one(&self, name: &str) -> Option<&str> {
        self.given
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The portals that have accounts, each once.
fn portals(state: &ApiState) -> Vec<&PortalName> {
    let mut portals: Vec<_> = state.accounts.iter().map(|key| &key.portal).collect();
    portals.sort();
    portals.dedup();
    portals
}

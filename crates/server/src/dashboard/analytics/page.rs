//! The page: its figures and its tables.

use axum::extract::State;
use formhand_domain::account::SessionEvent;
use formhand_store::{SessionHistoryFilter, Stats};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::super::{
    frame::{Frame, Part},
    overview::percent,
    problem::Page,
    time,
    visitor::Visitor,
};
use super::{
    availability::availability,
    figures::{Figures, Tried, figures},
    machine,
    outcomes::sheets,
};
use crate::http::{
    ApiState, BrowsersView, NodeView, Problem, SessionView, browsers as running_browsers,
    newest_session_events, nodes, sessions as all_sessions,
};

/// The time that the figures are of.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// `GET /analytics`
pub(crate) async fn show(State(state): State<ApiState>, visitor: Visitor) -> Page {
    let now = state.clock.now();
    let jobs = state.store.stats().await?;
    let sessions = all_sessions(&state).await?;
    let mut accounts = Vec::new();
    for (key, session) in state.accounts.iter().zip(&sessions) {
        let filter = SessionHistoryFilter {
            account: Some(key.clone()),
            events: Vec::new(),
        };
        let events = events(&state, filter, now - WINDOW).await?;
        accounts.push((session, events));
    }
    let outcomes = sheets(&state, now).await?;
    let browsers = running_browsers(&state).await;
    let others = others(&nodes(&state).await?, &browsers);
    let all = figures(accounts.iter().flat_map(|(_, events)| events));
    let frame = Frame {
        title: "Analytics",
        part: Part::Analytics,
        visitor: &visitor,
        done: None,
    };
    let content = html! {
        div #analytics data-live {
            (headline(&jobs, &all, &browsers))
            (outcomes)
            (by_portal(&jobs))
            (levels(&all.levels))
            (by_account(&accounts, now))
            (machine::sheet(&browsers, others))
        }
    };
    Ok(frame.around(&content))
}

/// The events of a time up to now, oldest first.
async fn events(
    state: &ApiState,
    filter: SessionHistoryFilter,
    from: Timestamp,
) -> Result<Vec<SessionEvent>, Problem> {
    let entries = newest_session_events(state, filter, |entry| entry.event.at >= from).await?;
    Ok(entries.into_iter().rev().map(|entry| entry.event).collect())
}

/// How many more servers there are that answer.
fn others(nodes: &[NodeView], own: &BrowsersView) -> usize {
    let others = nodes
        .iter()
        .filter(|node| node.id != own.server && node.state != "silent");
    others.count()
}

fn headline(jobs: &Stats, figures: &Figures, browsers: &BrowsersView) -> Markup {
    let milliseconds = |length: Option<u64>| length.map_or("–".to_owned(), time::milliseconds);
    let items = [
        (percent(jobs.success_rate()), "of all ended jobs were filed"),
        (figures.recoveries.to_string(), "recoveries in 24 hours"),
        (figures.logins.to_string(), "logins in 24 hours"),
        (
            milliseconds(figures.detected_ms),
            "until the end of a session is known (median)",
        ),
        (
            milliseconds(figures.recovered_ms),
            "a recovery takes (median)",
        ),
    ];
    html! {
        ul.figures aria-label="Headline figures" {
            @for (figure, what) in items.into_iter().chain(machine::tiles(browsers)) { li { div { b { (figure) } span { (what) } } } }
        }
    }
}

fn by_portal(jobs: &Stats) -> Markup {
    html! {
        section.sheet aria-labelledby="portals-title" {
            h2 #portals-title { "By portal" }
            div.wide {
                table.cards {
                    caption { "All jobs that are kept" }
                    thead {
                        tr {
                            th scope="col" { "Portal" }
                            th.number scope="col" { "Jobs" }
                            th scope="col" { "Filed, of those that ended" }
                        }
                    }
                    tbody {
                        @for (portal, counts) in jobs.by_portal() {
                            tr {
                                th scope="row" { a href={ "/jobs?portal=" (portal) } { (portal) } }
                                td.number data-name="Jobs" { (counts.total()) }
                                td data-name="Filed" { (bar(counts.success_rate(), &format!("Success at {portal}"))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn levels(levels: &[Tried]) -> Markup {
    html! {
        section.sheet aria-labelledby="levels-title" {
            h2 #levels-title { "What recovery tries, and what helps" }
            div.wide {
                table.cards {
                    caption { "In the last 24 hours" }
                    thead {
                        tr {
                            th scope="col" { "Level" }
                            th.number scope="col" { "Tries" }
                            th.number scope="col" { "Helped" }
                            th scope="col" { "Success" }
                        }
                    }
                    tbody {
                        @for level in levels {
                            @let share = share(level);
                            tr {
                                th scope="row" { (level.level.as_str()) }
                                td.number data-name="Tries" { (level.attempts) }
                                td.number data-name="Helped" { (level.recovered) }
                                td data-name="Success" { (bar(share, &format!("Success of {} recovery", level.level.as_str()))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn share(level: &Tried) -> Option<f64> {
    (level.attempts > 0).then(|| f64::from(level.recovered) / f64::from(level.attempts))
}

fn by_account(accounts: &[(&SessionView, Vec<SessionEvent>)], now: Timestamp) -> Markup {
    html! {
        section.sheet aria-labelledby="availability-title" {
            h2 #availability-title { "Sessions" }
            div.wide {
                table.cards {
                    caption { "In the last 24 hours" }
                    thead {
                        tr {
                            th scope="col" { "Account" }
                            th scope="col" { "A session was there" }
                            th.number scope="col" { "Logins" }
                            th.number scope="col" { "Recoveries" }
                        }
                    }
                    tbody {
                        @for (session, events) in accounts {
                            @let own = figures(events.iter());
                            @let name = format!("{} / {}", session.portal, session.name);
                            @let there = availability(events, session.state == "active", now - WINDOW, now);
                            tr {
                                th scope="row" { a href={ "/sessions/" (session.portal) "/" (session.name) } { (name) } }
                                td data-name="There" { (bar(there, &format!("Availability of {name}"))) }
                                td.number data-name="Logins" { (own.logins) }
                                td.number data-name="Recoveries" { (own.recoveries) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A share as a bar and a number.
fn bar(share: Option<f64>, label: &str) -> Markup {
    html! {
        span.share {
            @if let Some(share) = share {
                meter min="0" max="1" value=(format!("{share:.4}")) aria-label=(label) {} " "
            }
            (percent(share))
        }
    }
}

//! `GET /jobs`: the list of jobs, newest first.

mod choosing;
mod filter;
mod rows;

use axum::extract::State;
use formhand_store::{Cursor, Total};
use maud::{Markup, html};

pub(super) use self::rows::{named, table};
use self::{filter::Filter, rows::choosable};
use super::{
    frame::{Frame, Part},
    problem::Page,
    visitor::Visitor,
};
use crate::http::{ApiState, Query};

/// Jobs of a page.
const LIMIT: u32 = 50;

/// The list.
pub(super) async fn show(State(state): State<ApiState>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::read(query)?;
    let page = state
        .store
        .jobs(filter.jobs.clone(), filter.after, LIMIT)
        .await?;
    let frame = Frame {
        title: "Jobs",
        part: Part::Jobs,
        visitor: &visitor,
        done: None,
    };
    let content = html! {
        section.sheet aria-label="Filter" { (filter.form(&state)) }
        @if visitor.acts() { (choosing::form(&filter.query(), page.total, &visitor)) }
        section.sheet #jobs data-live aria-label="Jobs" {
            @if page.jobs.is_empty() && page.next.is_some() {
                p.quiet { "There is none among the newest. Go on to the older ones." }
            } @else {
                @let caption = caption(page.total, filter.is_first());
                @if visitor.acts() {
                    (choosable(&page.jobs, &caption, state.clock.now(), choosing::FORM))
                } @else {
                    (table(&page.jobs, &caption, state.clock.now()))
                }
            }
            (paging(&filter, page.next))
        }
    };
    Ok(frame.around(&content))
}

fn caption(total: Total, is_first: bool) -> String {
    let jobs = match total {
        Total::Exactly(1) => "1 job".to_owned(),
        Total::Exactly(number) => format!("{number} jobs"),
        Total::AtLeast(number) => format!("{number} jobs or more"),
    };
    let place = if is_first { "" } else { ", a later page" };
    format!("{jobs}, newest first{place}")
}

fn paging(filter: &Filter, next: Option<Cursor>) -> Markup {
    html! {
        nav.wishes aria-label="Pages" {
            @if !filter.is_first() {
                a.button href=(filter.address(None)) { "Newest" }
            }
            @if let Some(next) = next {
                a.button rel="next" href=(filter.address(Some(next))) { "Older" }
            }
        }
    }
}

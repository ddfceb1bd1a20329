//! Whether that is meant.

use axum::{body::Bytes, extract::State};
use formhand_domain::Job;
use formhand_store::Total;
use maud::{Markup, html};

use super::{
    super::{
        super::{
            frame::{Frame, Part},
            job::hidden,
            jobs::table,
            problem::Page,
            visitor::Visitor,
        },
        form::Fields,
    },
    chosen::Chosen,
    wish::{Wish, jobs},
};
use crate::http::{ApiState, Problem, Query, find_job, job_filter, job_id};

/// So many of all that fit are shown.
const SHOWN: u32 = 20;

/// The question, with the jobs that are meant.
pub(in super::super::super) async fn ask(
    State(state): State<ApiState>,
    visitor: Visitor,
    bytes: Bytes,
) -> Page {
    let fields = Fields::read(&bytes);
    let wish = Wish::named(fields.get("wish").unwrap_or_default())?;
    let mut chosen = Chosen::read(&fields)?;
    let (shown, total) = find(&state, &chosen).await?;
    if let Chosen::Fitting { expected, .. } = &mut chosen {
        *expected = total.is_exact().then_some(total.count());
    }
    let count = match total {
        Total::Exactly(count) => jobs(count),
        Total::AtLeast(count) => format!("{count} jobs or more"),
    };
    let back = format!("/jobs?{}", fields.get("filter").unwrap_or_default());
    let title = format!("{}?", wish.asked(&count));
    let frame = Frame {
        title: &title,
        part: Part::Jobs,
        visitor: &visitor,
        done: None,
    };
    let content = html! {
        section.sheet aria-label="What follows" {
            p { (wish.means()) }
            @if total.count() == 0 {
                p { a.button href=(back) { "Back" } }
            } @else {
                form.wishes method="post" action={ "/jobs/many/" (wish.name()) } {
                    (hidden(&visitor))
                    (chosen.hidden())
                    @if wish == Wish::Cancel { (reason()) }
                    button.(class(wish)) type="submit" { (wish.asked(&count)) }
                    a.button href=(back) { "Back" }
                }
            }
        }
        section.sheet aria-label="The jobs" {
            (table(&shown, &caption(shown.len(), total), state.clock.now()))
        }
    };
    Ok(frame.around(&content))
}

async fn find(state: &ApiState, chosen: &Chosen) -> Result<(Vec<Job>, Total), Problem> {
    match chosen {
        Chosen::These(ids) => {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                let id = job_id(Ok(axum::extract::Path(id.clone())))?;
                found.push(find_job(state, id).await?);
            }
            let total = Total::Exactly(found.len() as u64);
            Ok((found, total))
        }
        Chosen::Fitting { query, .. } => {
            let pairs = url::form_urlencoded::parse(query.as_bytes());
            let filter = job_filter(&Query::of(pairs.into_owned().collect()).without_empty())?;
            let page = state.store.jobs(filter, None, SHOWN).await?;
            Ok((page.jobs, page.total))
        }
    }
}

fn caption(shown: usize, total: Total) -> String {
    if shown as u64 == total.count() {
        jobs(total.count())
    } else {
        format!("The newest {shown} of them")
    }
}

fn reason() -> Markup {
    html! {
        div {
            label for="reason" { "Reason" }
            input #reason type="text" name="reason" required maxlength="500" autocomplete="off";
        }
    }
}

fn class(wish: Wish) -> &'static str {
    if wish == Wish::Cancel {
        "grave"
    } else {
        "first"
    }
}

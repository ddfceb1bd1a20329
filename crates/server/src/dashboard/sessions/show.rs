//! One session.

use axum::extract::State;
use formhand_domain::AccountKey;
use formhand_store::{SessionHistoryFilter, SessionWish};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    super::{
        act,
        confirm::confirmed,
        frame::{Frame, Part},
        job::hidden,
        problem::Page,
        time,
        visitor::Visitor,
        words,
    },
    history,
};
use crate::http::{
    ApiState, Query, RawPath, SessionView, find_account, path_text, session_page, session_view,
};

/// The page of a session.
pub(crate) async fn show(
    State(state): State<ApiState>,
    visitor: Visitor,
    path: RawPath<(String, String)>,
    query: Query,
) -> Page {
    let query = query.only(&["done", "before", "limit"])?;
    let (portal, name) = path_text(path)?;
    let key = find_account(&state, &portal, &name)?;
    let filter = SessionHistoryFilter {
        account: Some(key.clone()),
        events: Vec::new(),
    };
    let (entries, next) = session_page(&state, &query, filter).await?;
    let session = session_view(&state, key).await?;
    let now = state.clock.now();
    let frame = Frame {
        title: &format!("{portal} / {name}"),
        part: Part::Sessions,
        visitor: &visitor,
        done: query.one("done")?.and_then(act::said),
    };
    let has_master = !state.masterless.contains(key);
    let content = html! {
        div #session data-live {
            (facts(&session, now))
            @if visitor.acts() { (wishes(key, &session, has_master, &visitor)) }
            (history::sheet(&entries, next, now))
        }
    };
    Ok(frame.around(&content))
}

fn facts(session: &SessionView, now: Timestamp) -> Markup {
    html! {
        section.sheet aria-label="Where it stands" {
            p { (words::session(&session.state)) }
            @if let Some(reason) = &session.reason { p.words { (reason) } }
            dl.facts {
                dt { "Generation" } dd { (session.generation.0) " (logins so far)" }
                @if let Some(at) = session.since { dt { "Since" } dd { (time::age(at, now)) } }
                @if let Some(at) = session.validated_at { dt { "Last seen alive" } dd { (time::age(at, now)) } }
                @if let Some(told) = &session.prediction {
                    dt { "Expected to end" }
                    dd { @if let Some(at) = told.ends_at { (time::age(at, now)) ": " } (told.basis()) }
                    @if let Some(at) = told.renews_at { dt { "Renewal planned" } dd { (time::age(at, now)) } }
                }
                @if let Some(level) = session.level {
                    dt { "Recovery" }
                    dd { (level.as_str()) @if let Some(attempt) = session.attempt { ", try " (attempt) } }
                }
                @if let Some(until) = session.until { dt { "Tried again" } dd { (time::age(until, now)) } }
                @if let Some(wish) = &session.wish { dt { "Asked for" } dd { (wished(*wish)) } }
                dt { "Went wrong since it was last alive" }
                dd { (session.alerts.critical) " critical, " (session.alerts.warning) " warnings" }
            }
        }
    }
}

fn wished(wish: SessionWish) -> &'static str {
    match wish {
        SessionWish::Recover => "a recovery",
        SessionWish::LogIn => "a login",
        SessionWish::LogOut => "a logout",
    }
}

fn wishes(key: &AccountKey, session: &SessionView, has_master: bool, visitor: &Visitor) -> Markup {
    let form = |wish: &str, class: &str, words: &str| {
        html! {
            form method="post" action={ "/sessions/" (key.portal) "/" (key.account) "/" (wish) } data-key=(wish) {
                (hidden(visitor))
                button class=(class) type="submit" { (words) }
            }
        }
    };
    html! {
        section.sheet aria-labelledby="wishes-title" {
            h2 #wishes-title { "What can be done now" }
            @if has_master {
                div.wishes {
                    (form("recover", "first", "Recover"))
                    (form("login", "", "Log in"))
                    form method="post" action={ "/sessions/" (key.portal) "/" (key.account) "/logout" } data-key="logout" {
                        (hidden(visitor))
                        (confirmed("Log out", &html! { p { "Jobs of this account wait until it is logged in again." } }, "Log out"))
                    }
                    @if session.state == "needs_human" && visitor.administers() {
                        (form("forgive", "", "The credentials are right now"))
                    }
                }
            } @else {
                p.quiet { "Each job of this account logs in by itself: there is no session to act on." }
            }
        }
    }
}

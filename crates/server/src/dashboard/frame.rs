//! What is around every page: head, navigation, and the word on what was done last.

use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::{assets, visitor::Visitor};

/// The parts of the dashboard, in the order of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Overview,
    Jobs,
    Sessions,
    Questions,
    Alerts,
    Webhooks,
    Analytics,
    Audit,
    Servers,
    Intake,
    Api,
}

impl Part {
    const ALL: [(Self, &'static str, &'static str); 11] = [
        (Self::Overview, "/", "Overview"),
        (Self::Jobs, "/jobs", "Jobs"),
        (Self::Sessions, "/sessions", "Sessions"),
        (Self::Questions, "/questions", "Questions"),
        (Self::Alerts, "/alerts", "Alerts"),
        (Self::Webhooks, "/webhooks", "Webhooks"),
        (Self::Analytics, "/analytics", "Analytics"),
        (Self::Audit, "/audit", "Audit"),
        (Self::Servers, "/servers", "Servers"),
        (Self::Intake, "/intake", "Intake"),
        (Self::Api, "/api/docs", "API"),
    ];

    fn name(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find(|(part, ..)| *part == self)
            .map_or("", |(.., name)| name)
    }
}

/// A page without its content.
pub(super) struct Frame<'a> {
    /// What the page is about.
    pub(super) title: &'a str,
    /// Where it belongs.
    pub(super) part: Part,
    /// Who looks.
    pub(super) visitor: &'a Visitor,
    /// What was done just before.
    pub(super) done: Option<&'static str>,
}

impl Frame<'_> {
    /// The whole page.
    pub(super) fn around(&self, content: &Markup) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · Formhand" }
                    link rel="icon" href=(assets::address("icon.svg"));
                    link rel="stylesheet" href=(assets::address("dashboard.css"));
                    script src=(assets::address("dashboard.js")) defer {}
                }
                body {
                    a.skip href="#content" { "Skip to content" }
                    (self.header())
                    main #content tabindex="-1" {
                        h1 { (self.title) }
                        @if let Some(done) = self.done {
                            p.done role="status" { (done) }
                        }
                        (content)
                    }
                }
            }
        };
        Html(page.into_string()).into_response()
    }

    /// All parts.
    fn parts(&self) -> Markup {
        html! {
            ul {
                @for (part, address, name) in Part::ALL {
                    li {
                        a href=(address) aria-current=[(part == self.part).then_some("page")] { (name) }
                    }
                }
            }
        }
    }

    /// The same where there is no room for them: they unfold from the name of the one that is shown. Of the two, the style
    /// shows one; the other is there for nobody then, also not for a screen reader.
    fn folded(&self) -> Markup {
        html! {
            details.parts {
                summary { span.hidden { "Parts: " } (self.part.name()) }
                div {
                    (self.parts())
                    (self.who())
                }
            }
        }
    }

    fn who(&self) -> Markup {
        let name = self.visitor.name();
        if name.is_empty() {
            return html! {};
        }
        html! {
            div.who {
                (name)
                @if let Some(csrf) = self.visitor.csrf() {
                    form method="post" action="/logout" {
                        input type="hidden" name="csrf" value=(csrf);
                        button type="submit" { "Log out" }
                    }
                }
            }
        }
    }

    fn header(&self) -> Markup {
        html! {
            header.top {
                a.brand href="/" { "Formhand" }
                nav.on-desk aria-label="Parts" { (self.parts()) }
                nav.on-phone aria-label="Parts" { (self.folded()) }
                p.live #live role="status" hidden { "live" }
                (self.who())
            }
        }
    }
}

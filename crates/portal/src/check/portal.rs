//! The whole definition.

use std::collections::BTreeMap;

use formhand_domain::PortalName;
use url::Url;

use super::Checker;
use crate::{
    diagnostic::Span,
    model::{Flow, Portal},
    parse::{Fault, Node, Sink},
    raw,
    value::Language,
};

/// The only version of the format that there is.
const VERSION: u32 = 1;

/// Checks a definition. `root` is the tree that `raw` was decoded from.
pub(crate) fn check(
    raw: &raw::Portal,
    root: &Node,
    base: Option<Url>,
    version: String,
    sink: &Sink,
) -> Option<Portal> {
    if raw.formhand.value != VERSION {
        let message = format!("version {} of the format is not known", raw.formhand.value);
        sink.push(Fault::new(raw.formhand.span, message).help("write `formhand: 1`"));
        return None;
    }
    let base = match base {
        Some(base) => base,
        None => parse_base(&raw.base, sink)?,
    };
    let origins = origins(&base, raw, sink);
    let checker = Checker {
        sink,
        root,
        language: Language::new(raw.maps.0.clone()),
        blocks: &raw.blocks.0,
        origins: origins.clone(),
        base: base.clone(),
        exclusive: (raw.session.0.as_ref()).is_some_and(|session| session.exclusive == Some(true)),
    };
    let name = match PortalName::new(&raw.portal.value) {
        Ok(name) => Some(name),
        Err(error) => checker.error(
            raw.portal.span,
            error.to_string(),
            "such as reliance-smartzone",
        ),
    };
    checker.time_zone(raw);
    let session = raw
        .session
        .0
        .as_ref()
        .and_then(|session| checker.session(session));
    let messages = raw
        .messages
        .0
        .as_ref()
        .and_then(|messages| checker.messages(messages));
    let flows = checker.flows(raw);
    Some(Portal {
        name: name?,
        title: raw.title.clone(),
        base,
        origins,
        locale: raw.locale.clone(),
        time_zone: raw.time_zone.as_ref().map(|zone| zone.value.clone()),
        session: session?,
        messages: messages?,
        maps: raw.maps.0.clone(),
        flows: flows?,
        version,
    })
}

impl Checker<'_> {
    fn flows(&self, raw: &raw::Portal) -> Option<BTreeMap<formhand_domain::FlowName, Flow>> {
        let flows = &raw.flows.value.0;
        if flows.is_empty() {
            return self.error(
                raw.flows.span,
                "there is no flow: nothing can be filed",
                "such as `two-wheeler: {…}`",
            );
        }
        let found: Vec<_> = flows
            .iter()
            .map(|(name, flow)| self.flow(name, flow))
            .collect();
        found
            .into_iter()
            .map(|flow| flow.map(|flow| (flow.name.clone(), flow)))
            .collect()
    }

    fn time_zone(&self, raw: &raw::Portal) {
        if let Some(zone) = &raw.time_zone
            && jiff::tz::TimeZone::get(&zone.value).is_err()
        {
            let message = format!(
                "{:?} is not a time zone that this machine knows",
                zone.value
            );
            self.error::<()>(zone.span, message, "an IANA name such as Asia/Kolkata");
        }
    }
}

fn parse_base(text: &raw::Text, sink: &Sink) -> Option<Url> {
    let base = origin_url(&text.value);
    if base.is_none() {
        sink.push(not_an_origin(text.span));
    }
    base
}

/// The base's own origin and the others that are declared.
fn origins(base: &Url, raw: &raw::Portal, sink: &Sink) -> Vec<String> {
    let mut origins = vec![base.origin().ascii_serialization()];
    for text in &raw.origins.0 {
        match origin_url(&text.value) {
            Some(url) => origins.push(url.origin().ascii_serialization()),
            None => sink.push(not_an_origin(text.span)),
        }
    }
    origins.dedup();
    origins
}

fn origin_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && plain).then_some(url)
}

fn not_an_origin(span: Span) -> Fault {
    Fault::new(span, "is not a web address").help("such as https://smartzone.example")
}

//! `POST /api/alerts/silences`: something is not told for a while.

use axum::{Extension, Json, body::Bytes, extract::State, http::StatusCode};
use formhand_domain::{AccountKey, AccountName, NodeId, PortalName, WebhookName};
use formhand_store::Deed;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    ApiState, Problem, body,
    silence_view::SilenceView,
    wish::{LINE, line},
};
use crate::{
    access::Caller,
    alerts::{NewSilence, RuleName, Subject},
    config::Span,
};

/// What somebody forgets to take back should not be silent for ever.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What is not to be told.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewSilence")]
pub(super) struct Wanted {
    /// Only what this rule finds.
    #[schemars(with = "Option<RuleName>")]
    rule: Option<String>,
    /// Only what is about this portal.
    portal: Option<PortalName>,
    /// Only what is about this account of the portal.
    account: Option<AccountName>,
    /// Only what is about this server.
    server: Option<NodeId>,
    /// Only what is about this webhook.
    webhook: Option<WebhookName>,
    /// For how long, such as `2h`.
    #[serde(rename = "for")]
    #[schemars(length(min = 1, max = 40), extend("examples" = ["2h"]))]
    lasting: String,
    /// Why, as the audit of alerts shows it.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    reason: String,
    /// Who, as alerts show it.
    #[schemars(length(min = 1, max = 500), extend("pattern" = LINE))]
    by: Option<String>,
}

/// Keeps it from being told. It goes on firing.
pub(crate) async fn silence(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    bytes: Bytes,
) -> Result<(StatusCode, Json<SilenceView>), Problem> {
    let wanted: Wanted = body::read(&bytes)?;
    let rule: Option<RuleName> = wanted
        .rule
        .map(|rule| rule.parse())
        .transpose()
        .map_err(|error: crate::alerts::UnknownRule| malformed(&error.to_string()))?;
    let subject = subject(wanted.portal, wanted.account, wanted.server, wanted.webhook)?;
    if rule.is_none() && subject == Subject::Everything {
        return Err(malformed(
            "say what: a rule, a portal, an account, a server or a webhook",
        ));
    }
    let new = NewSilence {
        rule,
        subject,
        lasting: lasting(&wanted.lasting)?,
        reason: line("reason", Some(wanted.reason))?.unwrap_or_default(),
        by: caller.signs(line("by", wanted.by)?),
    };
    state.note_by(new.by.clone(), deed(&new, &state)).await?;
    let silence = state.alerts.silence(new).await?;
    tracing::info!(silence = silence.id, rule = ?rule, "a person silences alerts");
    Ok((StatusCode::CREATED, Json(silence.into())))
}

fn deed(new: &NewSilence, state: &ApiState) -> Deed {
    let rule = new.rule.map_or("every rule", |rule| rule.as_str());
    let until = state.clock.now().saturating_add(new.lasting);
    Deed::Silence {
        what: format!("{rule} about {}", new.subject),
        until: until.unwrap_or(Timestamp::MAX),
    }
}

fn subject(
    portal: Option<PortalName>,
    account: Option<AccountName>,
    server: Option<NodeId>,
    webhook: Option<WebhookName>,
) -> Result<Subject, Problem> {
    match (portal, account, server, webhook) {
        (None, None, None, None) => Ok(Subject::Everything),
        (Some(portal), None, None, None) => Ok(Subject::Portal(portal)),
        (Some(portal), Some(account), None, None) => {
            Ok(Subject::Account(AccountKey { portal, account }))
        }
        (None, None, Some(server), None) => Ok(Subject::Server(server)),
        (None, None, None, Some(webhook)) => Ok(Subject::Webhook(webhook)),
        _ => Err(malformed(
            "an account needs its portal, and servers and webhooks have none: give a portal, portal and account, a server, \
             or a webhook",
        )),
    }
}

fn lasting(text: &str) -> Result<SignedDuration, Problem> {
    let span = text.parse().map(|Span(span)| span).ok();
    span.filter(|span| *span <= LONGEST).ok_or_else(|| {
        malformed("\"for\" is not valid: expected a length of time such as \"2h\", at most 30d")
    })
}

fn malformed(why: &str) -> Problem {
    Problem::bad_request("malformed_body", why)
}

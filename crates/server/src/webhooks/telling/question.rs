//! The message of a question.

use formhand_domain::{AccountName, PortalName, QuestionId};
use formhand_store::{NewDelivery, Question, QuestionKind};
use jiff::Timestamp;
use serde::Serialize;

use super::message::message;
use crate::webhooks::EventKind;

/// What is told of a question: neither its picture nor its answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    question_id: &'a QuestionId,
    kind: QuestionKind,
    portal: &'a PortalName,
    account: &'a AccountName,
    expires_at: Timestamp,
}

/// The message of a question that was asked.
pub(in crate::webhooks) fn of_question(question: &Question) -> NewDelivery {
    let data = Data {
        question_id: &question.id,
        kind: question.kind,
        portal: &question.account.portal,
        account: &question.account.account,
        expires_at: question.expires_at,
    };
    let kind = EventKind::QuestionAsked.to_string();
    let named = (0, question.id.as_str());
    message(&kind, question.asked_at, None, named, data)
}

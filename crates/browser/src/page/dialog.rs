//! Native dialogs: answered at once by rule, so that none can hang a step.

use crate::action::TextMatch;

/// The kind of a native dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DialogKind {
    /// `alert`.
    Alert,
    /// `confirm`.
    Confirm,
    /// `prompt`.
    Prompt,
    /// A page that asks before it is left.
    BeforeUnload,
}

impl DialogKind {
    pub(crate) fn from_protocol(kind: &str) -> Self {
        match kind {
            "confirm" => Self::Confirm,
            "prompt" => Self::Prompt,
            "beforeunload" => Self::BeforeUnload,
            _ => Self::Alert,
        }
    }
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialogAnswer {
    /// OK.
    Accept,
    /// OK, with a text for a prompt.
    AcceptWith(String),
    /// Cancel.
    Dismiss,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogRule {
    /// Only this kind; nothing means any.
    pub kind: Option<DialogKind>,
    /// Only with this message; nothing means any.
    pub message: Option<TextMatch>,
    /// The answer.
    pub answer: DialogAnswer,
}

/// The rules of a page; the first that fits decides. If none does, a dialog is dismissed, except that a page that asks
/// before it is left is left: otherwise it could hold a navigation up for ever.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DialogPolicy {
    /// The rules.
    pub rules: Vec<DialogRule>,
}

impl DialogPolicy {
    pub(crate) fn answer(&self, kind: DialogKind, message: &str) -> DialogAnswer {
        let fits = |rule: &&DialogRule| {
            rule.kind.is_none_or(|wanted| wanted == kind)
                && rule
                    .message
                    .as_ref()
                    .is_none_or(|wanted| wanted.matches(message))
        };
        let usual = if kind == DialogKind::BeforeUnload {
            DialogAnswer::Accept
        } else {
            DialogAnswer::Dismiss
        };
        self.rules
            .iter()
            .find(fits)
            .map_or(usual, |rule| rule.answer.clone())
    }
}

/// A dialog that came up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogSeen {
    /// Its kind.
    pub kind: DialogKind,
    /// What it said.
    pub message: String,
    /// What was answered.
    pub answer: DialogAnswer,
}

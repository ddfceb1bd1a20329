//! The portal's words.

use formhand_domain::WhoActs;

use super::Checker;
use crate::{
    model::{MessageClass, MessageRule, Messages},
    parse::Spanned,
    raw,
};

impl Checker<'_> {
    pub(super) fn messages(&self, raw: &raw::Messages) -> Option<Messages> {
        let at: Vec<_> = raw.at.0.iter().map(|at| self.target(at)).collect();
        let rules: Vec<_> = raw
            .rules
            .0
            .iter()
            .map(|rule| self.message_rule(rule))
            .collect();
        Some(Messages {
            at: at.into_iter().collect::<Option<_>>()?,
            rules: rules.into_iter().collect::<Option<_>>()?,
        })
    }

    fn message_rule(&self, raw: &Spanned<raw::MessageRule>) -> Option<MessageRule> {
        let rule = &raw.value;
        Some(MessageRule {
            matches: self.text_match(raw.span, [&rule.equals, &rule.contains, &rule.matches])?,
            class: class(rule.class),
            retryable: rule.retryable,
            who_acts: rule.who_acts.map(who_acts),
        })
    }
}

fn class(raw: raw::MessageClass) -> MessageClass {
    match raw {
        raw::MessageClass::Captcha => MessageClass::Captcha,
        raw::MessageClass::BadCredentials => MessageClass::BadCredentials,
        raw::MessageClass::Locked => MessageClass::Locked,
        raw::MessageClass::HumanNeeded => MessageClass::HumanNeeded,
        raw::MessageClass::SessionExpired => MessageClass::SessionExpired,
        raw::MessageClass::PortalFault => MessageClass::PortalFault,
        raw::MessageClass::Network => MessageClass::Network,
        raw::MessageClass::FormNotTaken => MessageClass::FormNotTaken,
        raw::MessageClass::DataRefused => MessageClass::DataRefused,
        raw::MessageClass::Information => MessageClass::Information,
    }
}

fn who_acts(raw: raw::WhoActs) -> WhoActs {
    match raw {
        raw::WhoActs::Nobody => WhoActs::Nobody,
        raw::WhoActs::Submitter => WhoActs::Submitter,
        raw::WhoActs::AccountKeeper => WhoActs::AccountKeeper,
        raw::WhoActs::Operator => WhoActs::Operator,
        raw::WhoActs::Developer => WhoActs::Developer,
    }
}

//! The names of the faults and what each takes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::step::Step;

/// What can go wrong. The wire name is the variant in `snake_case`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultName {
    /// All sessions end just before the request is looked at (`path` or `step`).
    ExpireAt,
    /// The request waits `delay_ms` before anything is done (`path` or `step`).
    Slow,
    /// The request waits until it is released (`path` or `step`, default save; `phase`).
    Hold,
    /// 401 (`path` or `step`).
    Unauthorized,
    /// Status 789 with `text` as status text (`path` or `step`).
    HandledFailure,
    /// `status`, 500 by default (`path` or `step`).
    ServerError,
    /// The connection is reset before anything is done (`path` or `step`, default save).
    CutBefore,
    /// The connection is reset after all is done (`path` or `step`, default save).
    CutAfter,
    /// All is done at once and answered after `delay_ms` (`path` or `step`, default save).
    SlowSuccess,
    /// A login ends the older sessions of the same user.
    SingleSession,
    /// "Captcha is not valid", whatever is typed.
    CaptchaRejected,
    /// The login form comes back without a word.
    LoginSilent,
    /// "User is locked".
    UserLocked,
    /// A one-time code is asked for after the password.
    OtpDemanded,
    /// "Password has expired".
    PasswordExpired,
    /// Save is answered with `isSuccess: false` and `text`; nothing is kept.
    SaveRefused,
    /// One click on Save sends two requests.
    SaveDoubleFires,
    /// A click on Save does nothing (`times` clicks, 1 by default).
    SaveClickDead,
    /// A click on Save only shows a client-side message, `text` (`times` clicks, 1 by default).
    SaveInvalid,
    /// The page saves by itself (`step`: `calculate`, the default, `coverage` or `form`).
    SubmitsByItself,
    /// Form 60 closes and fills nothing.
    Form60Silent,
    /// A suggestion list stays empty (`path` or `step`).
    SuggestionsEmpty,
    /// Calculate replaces the IDV by the portal's own.
    IdvOverwritten,
    /// Field `field` becomes `value` (`step`: `form` after its change, `coverage`, `calculate`).
    ValueAltered,
    /// Calculate clears the financier's name.
    FinancierCleared,
    /// Calculate answers a net premium of 0.
    NetPremiumZero,
    /// Get Coverage Details is refused with `text`.
    CoverageRefused,
    /// Calculate is refused with `text`.
    CalculateRefused,
    /// Calculate asks for an inspection.
    InspectionDialog,
    /// Validate Customer answers "Customer Already Exists".
    CustomerExists,
    /// A native alert with `text` opens (`step`; at `save` before the request leaves).
    NativeAlert,
    /// Something lies over the page that says `text`, until somebody clicks it away (`step`: `form`, `coverage`,
    /// `calculate`).
    PageCovered,
    /// The page's script never ends (`step`).
    PageHangs,
    /// The Motors menu has no size for `delay_ms` after the pointer entered.
    MenuFlat,
    /// Keys typed within `delay_ms` after a field got the focus are lost (`step`, default login).
    KeysDropped,
    /// The uploaded documents are rejected with `text`.
    KycRejected,
    /// The schedule is called `text`.
    DocumentNamed,
    /// In the place of the schedule an error page is sent as a PDF.
    DocumentIsPage,
    /// The connection ends in the middle of the schedule.
    DocumentCut,
    /// The second half of the schedule never comes.
    DocumentStalls,
}

const PLACE: &[&str] = &["path", "step"];

/// The steps that bring a page or a part of one.
const PAGES: &[Step] = PAGES_AND_SAVE.split_at(11).0;
const PAGES_AND_SAVE: &[Step] = &[
    Step::Login,
    Step::Dashboard,
    Step::Product,
    Step::Quote,
    Step::Form,
    Step::Form60,
    Step::Coverage,
    Step::Calculate,
    Step::SearchPage,
    Step::Payments,
    Step::Kyc,
    Step::Save,
];

impl FaultName {
    /// The settings that this fault takes beside `times`, `nth` and `match`.
    pub fn takes(self) -> &'static [&'static str] {
        match self {
            Self::ExpireAt | Self::Unauthorized | Self::SuggestionsEmpty => PLACE,
            Self::Slow | Self::SlowSuccess => &["path", "step", "delay_ms"],
            Self::Hold => &["path", "step", "phase"],
            Self::HandledFailure => &["path", "step", "text"],
            Self::ServerError => &["path", "step", "status"],
            Self::CutBefore | Self::CutAfter => &["path", "step", "partial_answer"],
            Self::SubmitsByItself | Self::PageHangs => &["step"],
            Self::ValueAltered => &["step", "field", "value"],
            Self::NativeAlert | Self::PageCovered => &["step", "text"],
            Self::MenuFlat => &["delay_ms"],
            Self::KeysDropped => &["step", "delay_ms"],
            Self::SaveRefused
            | Self::SaveInvalid
            | Self::CoverageRefused
            | Self::CalculateRefused
            | Self::KycRejected
            | Self::DocumentNamed => &["text"],
            Self::SingleSession
            | Self::CaptchaRejected
            | Self::LoginSilent
            | Self::UserLocked
            | Self::OtpDemanded
            | Self::PasswordExpired
            | Self::SaveDoubleFires
            | Self::SaveClickDead
            | Self::Form60Silent
            | Self::IdvOverwritten
            | Self::FinancierCleared
            | Self::NetPremiumZero
            | Self::InspectionDialog
            | Self::CustomerExists
            | Self::DocumentIsPage
            | Self::DocumentCut
            | Self::DocumentStalls => &[],
        }
    }

    /// The settings that it cannot do without.
    pub(crate) fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Slow | Self::SlowSuccess | Self::MenuFlat | Self::KeysDropped => &["delay_ms"],
            Self::ValueAltered => &["field", "value"],
            Self::NativeAlert | Self::PageCovered => &["step", "text"],
            Self::PageHangs => &["step"],
            Self::DocumentNamed => &["text"],
            _ => &[],
        }
    }

    /// The steps at which it can happen, if not at all of them.
    pub(crate) fn steps(self) -> Option<&'static [Step]> {
        use Step as S;
        match self {
            Self::PageHangs => Some(PAGES),
            // The save's own page part is the answer to Calculate, which takes the alert along.
            Self::NativeAlert => Some(PAGES_AND_SAVE),
            Self::KeysDropped => Some(&[S::Login, S::Form, S::Form60, S::SearchPage]),
            Self::ValueAltered => Some(&[S::Form, S::Form60, S::Coverage, S::Calculate]),
            Self::SubmitsByItself | Self::PageCovered => {
                Some(&[S::Form, S::Coverage, S::Calculate])
            }
            Self::SuggestionsEmpty => Some(&[S::MakeModel, S::Rto, S::Pincode, S::Financier]),
            _ => None,
        }
    }

    /// Where it happens when nothing else is said.
    pub(crate) fn default_step(self) -> Option<Step> {
        match self {
            Self::Hold | Self::CutBefore | Self::CutAfter | Self::SlowSuccess => Some(Step::Save),
            Self::SubmitsByItself | Self::ValueAltered => Some(Step::Calculate),
            Self::KeysDropped => Some(Step::Login),
            _ => None,
        }
    }
}

impl fmt::Display for FaultName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The derived `Serialize` is the one owner of the wire names.
        self.serialize(f)
    }
}

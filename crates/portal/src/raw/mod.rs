//! The definition file as it is written: shapes only. The editor's schema is made from these types.

mod condition;
mod download;
mod field;
mod message;
mod one_time_code;
mod or_off;
mod portal;
mod recovery;
mod session;
mod short;
mod step;
mod submit;
mod tries;
mod upkeep;
mod verify;

pub(crate) use condition::{Condition, ReadWhat, ValueCondition};
pub(crate) use download::{DocumentType, Download};
pub(crate) use field::{
    Check, Choose, Compare, DateField, Fill, Pick, Readback, ReadbackRule, Select, Typing, Upload,
};
pub(crate) use message::{MessageClass, MessageRule, Messages, WhoActs};
pub(crate) use one_time_code::{OneTimeCode, Otp};
pub(crate) use or_off::OrOff;
pub(crate) use portal::{Flow, Portal};
pub(crate) use recovery::{Level, Recovery};
pub(crate) use session::{Budget, Carried, CloneMode, Session};
pub(crate) use short::{At, Duration, Target, Text};
pub(crate) use step::{Answer, Captcha, Capture, Dialog, Step, When, Within};
pub(crate) use submit::{
    PageSign, ReceiptField, ReceiptSource, Rejection, ResponseCheck, Submit, Success,
};
pub(crate) use tries::Tries;
pub(crate) use upkeep::{Heartbeat, Renewal};
pub(crate) use verify::{Verify, WhenNotFound};

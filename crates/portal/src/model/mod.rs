//! What a checked definition says. Everything here is complete and consistent: the engine asks no further questions.

mod condition;
mod download;
mod flow;
mod message;
mod one_time_code;
mod portal;
mod session;
mod step;
mod submit;
mod target;
mod verify;

pub use condition::{Condition, ReadWhat, TextMatch, UrlGlob, ValueMatch};
pub use download::{DocumentType, Download, DownloadFrom};
pub use flow::Flow;
pub use message::{MessageClass, MessageRule, Messages};
pub use one_time_code::{OneTimeCode, OneTimeCodeRule};
pub use portal::Portal;
pub use session::{CaptchaRule, Carried, CloneMode, SessionRules};
pub use step::{
    Answer, Capture, Compare, Field, FieldAction, FrameOf, ItemMatch, OptionBy, Readback, Step,
    StepAction, Tries, Typing,
};
pub use submit::{Evidence, JsonCheck, ReceiptField, ReceiptSource, Rejection, Submit, Success};
pub use target::{Locator, Target};
pub use verify::Verify;

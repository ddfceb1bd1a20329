//! Steps, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    At, Check, Choose, Condition, DateField, Download, Duration, Fill, Otp, Pick, ReadWhat,
    Readback, Select, Submit, Target, Text, Tries, Upload,
};
use crate::parse::{Many, Spanned};

/// A step: exactly one action, and what modifies it. What is large is boxed: steps hold steps, and a reader that goes
/// down through them has room for its stack only so often.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// What a person calls it.
    pub(crate) name: Option<String>,
    /// Done only if this holds, such as `record.middleName is defined`.
    #[serde(rename = "if")]
    pub(crate) condition: Option<Text>,
    /// A failure is recorded and the flow goes on.
    pub(crate) optional: Option<Spanned<bool>>,
    /// How long it may take.
    pub(crate) timeout: Option<Duration>,
    /// After the `submit` only: how often it is tried, such as `3` or `{times: 3, pause: 2s}`.
    pub(crate) tries: Option<Spanned<Tries>>,
    /// What it means if an `expect` does not hold, in words for a person.
    pub(crate) otherwise: Option<Text>,

    /// Opens an address.
    pub(crate) goto: Option<Text>,
    /// Follows a link's address without clicking it.
    pub(crate) follow: Option<At>,
    /// Clicks.
    pub(crate) click: Option<At>,
    /// Moves the pointer over an element.
    pub(crate) hover: Option<At>,
    /// Presses a key.
    pub(crate) press: Option<Press>,
    /// Types text.
    pub(crate) fill: Option<Box<Fill>>,
    /// Chooses an option of a native list.
    pub(crate) select: Option<Box<Select>>,
    /// Chooses an option of a list that a click opens.
    pub(crate) pick: Option<Box<Pick>>,
    /// Chooses an item of a list that opens while one types.
    pub(crate) choose: Option<Box<Choose>>,
    /// Ticks a box or not.
    pub(crate) check: Option<Box<Check>>,
    /// Sets a date.
    pub(crate) date: Option<Box<DateField>>,
    /// Gives files.
    pub(crate) upload: Option<Box<Upload>>,
    /// Keeps a document that the portal makes.
    pub(crate) download: Option<Box<Spanned<Download>>>,
    /// Does several steps as one.
    #[serde(rename = "do")]
    pub(crate) group: Option<Many<Spanned<Self>>>,
    /// Works inside a frame or a window that opened.
    pub(crate) within: Option<Within>,
    /// Says how a native dialog is answered from here on.
    pub(crate) dialog: Option<Spanned<Dialog>>,
    /// Waits until a condition holds.
    pub(crate) wait: Option<Spanned<Condition>>,
    /// Must hold, now or within the step's time.
    pub(crate) expect: Option<Spanned<Condition>>,
    /// Reads something and keeps it.
    pub(crate) capture: Option<Box<Capture>>,
    /// Chooses between two ways.
    pub(crate) when: Option<Spanned<When>>,
    /// Does steps for every item of a list, as `item`.
    pub(crate) each: Option<Each>,
    /// Does the steps of a block.
    #[serde(rename = "use")]
    pub(crate) block: Option<Text>,
    /// Solves the captcha and types the answer.
    pub(crate) captcha: Option<Box<Captcha>>,
    /// Types the one-time code that the portal asks for.
    pub(crate) otp: Option<Otp>,
    /// Compares the fields that were set so far in this frame, and these.
    pub(crate) readback: Option<ReadbackStep>,
    /// Files the form.
    pub(crate) submit: Option<Box<Submit>>,
}

/// A key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Press {
    /// The element that gets it.
    pub(crate) at: Target,
    /// Its name, such as `Enter`.
    pub(crate) key: String,
}

/// A frame or a window, and what is done there: exactly one of `frame` and `popup`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Within {
    /// The document inside this element.
    pub(crate) frame: Option<Target>,
    /// The window that opens next.
    pub(crate) popup: Option<bool>,
    /// What is done there.
    pub(crate) steps: Many<Spanned<Step>>,
}

/// A native dialog: exactly one of `equals`, `contains` and `matches`, and the answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dialog {
    /// Its text is exactly this.
    pub(crate) equals: Option<Text>,
    /// Its text has this somewhere, whatever the case.
    pub(crate) contains: Option<Text>,
    /// Its text has this pattern somewhere.
    pub(crate) matches: Option<Text>,
    /// The answer.
    pub(crate) answer: Answer,
}

/// How a native dialog is answered.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// OK.
    Accept,
    /// Cancel.
    Dismiss,
}

/// Something that is read and kept.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Capture {
    /// Known as `captures.NAME` in later steps.
    #[serde(rename = "as")]
    pub(crate) name: Text,
    /// The element.
    pub(crate) at: Target,
    /// What is read of it; its text if not said.
    pub(crate) read: Option<ReadWhat>,
    /// Only what the first group of this pattern holds.
    pub(crate) matches: Option<Text>,
}

/// Two ways: exactly one of `record` and `page`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct When {
    /// Asked of the record.
    pub(crate) record: Option<Text>,
    /// Asked of the page as it is now, without waiting.
    pub(crate) page: Option<Spanned<Condition>>,
    /// Done if it holds.
    pub(crate) then: Many<Spanned<Step>>,
    /// Done if it does not.
    #[serde(default, rename = "else")]
    pub(crate) otherwise: Many<Spanned<Step>>,
}

/// Steps for every item of a list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Each {
    /// The list, such as `record.nominees`.
    pub(crate) of: Text,
    /// What is done, with the item as `item`.
    pub(crate) steps: Many<Spanned<Step>>,
}

/// A captcha picture and where its letters go.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Captcha {
    /// The picture.
    pub(crate) image: Target,
    /// The field for the answer.
    pub(crate) into: Target,
    /// How many characters it shows.
    pub(crate) length: Spanned<usize>,
    /// Which characters it can show.
    pub(crate) alphabet: Text,
    /// The least width and height in pixels of a whole picture, such as `[100, 30]`.
    pub(crate) min_size: [u32; 2],
}

/// Fields that the portal filled by itself.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadbackStep {
    /// Compared beside the fields that were set so far in this frame.
    #[serde(default)]
    pub(crate) fields: Many<Spanned<Readback>>,
}

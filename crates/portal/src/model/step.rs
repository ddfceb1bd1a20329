//! One thing that is done on a page.

use std::time::Duration;

use super::{
    CaptchaRule, Condition, Download, Locator, OneTimeCodeRule, ReadWhat, Submit, Target, TextMatch,
};
use crate::value::{Expression, Template};

/// A step of a flow or a login.
#[derive(Debug, Clone)]
pub struct Step {
    /// What a person calls it; shown in progress and errors.
    pub name: String,
    /// Its line in the file that it stands in, counted from 1.
    pub line: u32,
    /// Done only if this holds.
    pub condition: Option<Expression>,
    /// A failure is recorded and the flow goes on.
    pub optional: bool,
    /// How long it may take; the flow's default otherwise.
    pub timeout: Option<Duration>,
    /// How often it is tried; once if nothing is said. Only a step after the submit has more than one try.
    pub tries: Option<Tries>,
    /// What is done.
    pub action: StepAction,
}

/// How often a step is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// At most so often.
    pub times: u32,
    /// How long it rests between two tries.
    pub pause: Duration,
}

/// What is done.
#[derive(Debug, Clone)]
pub enum StepAction {
    /// Opens an address.
    Goto {
        /// The address, relative to the portal's base.
        url: Template,
    },
    /// Follows the address of a link without clicking it, for menus that need a hover.
    Follow {
        /// The link.
        link: Target,
    },
    /// Clicks.
    Click {
        /// The element.
        at: Target,
    },
    /// Moves the pointer over an element.
    Hover {
        /// The element.
        at: Target,
    },
    /// Presses a key.
    Press {
        /// The element that gets it.
        at: Target,
        /// The key's name, such as `Enter`.
        key: String,
    },
    /// Sets a field, reads it back and remembers it for the check before the submit.
    Set(Field),
    /// Keeps a document that the portal makes.
    Download(Download),
    /// Does several steps as one.
    Do {
        /// What is done.
        steps: Vec<Step>,
    },
    /// Works inside a frame or a window that opened.
    Within {
        /// Which.
        frame: FrameOf,
        /// What is done there.
        steps: Vec<Step>,
    },
    /// Says how a native dialog is answered from here on.
    Dialog {
        /// The dialog's text.
        text: TextMatch,
        /// The answer.
        answer: Answer,
    },
    /// Waits until one of these holds.
    Wait {
        /// The first that holds ends the wait.
        any: Vec<Condition>,
    },
    /// Must hold now or within the step's time.
    Expect {
        /// What.
        condition: Condition,
        /// What it means if it does not, in words for a person.
        otherwise: Option<String>,
    },
    /// Reads something and keeps it under a name.
    Capture(Capture),
    /// Chooses between two ways.
    When {
        /// Asked of the record.
        record: Option<Expression>,
        /// Asked of the page as it is now, without waiting.
        page: Option<Condition>,
        /// Done if it holds.
        then: Vec<Step>,
        /// Done if it does not.
        otherwise: Vec<Step>,
    },
    /// Does the steps for every item of a list, as `item`.
    Each {
        /// The list.
        of: Expression,
        /// What is done.
        steps: Vec<Step>,
    },
    /// Solves the captcha and types the answer.
    Captcha(CaptchaRule),
    /// Types the one-time code that the portal asks for. Only in [`OneTimeCode::steps`](super::OneTimeCode::steps).
    OneTimeCode(OneTimeCodeRule),
    /// Compares fields with what they should hold: those set so far in this frame, and these.
    Readback {
        /// Fields that the portal filled by itself.
        fields: Vec<Readback>,
    },
    /// Files the form.
    Submit(Box<Submit>),
}

/// A field and what it is set to.
#[derive(Debug, Clone)]
pub struct Field {
    /// What a person calls it.
    pub label: String,
    /// The element.
    pub at: Target,
    /// How it is set.
    pub action: FieldAction,
    /// How it is checked. Nothing only where the definition says why it cannot be: the usual check is written out.
    pub readback: Option<Readback>,
    /// Whether its value must never be shown.
    pub secret: bool,
}

/// How a field is set.
#[derive(Debug, Clone)]
pub enum FieldAction {
    /// Text.
    Fill {
        /// The text.
        value: Template,
        /// How it is typed.
        typing: Typing,
    },
    /// An option of a native list.
    Select {
        /// Which.
        option: OptionBy,
    },
    /// An option of a list that the page draws itself: opened by a click.
    Pick {
        /// The items.
        list: Locator,
        /// The text of the one that is wanted.
        option: Template,
    },
    /// An item of a list that opens while one types.
    Choose {
        /// What is typed.
        text: Template,
        /// The items.
        list: Locator,
        /// The text of the one that is wanted.
        option: Template,
        /// How that text is compared. Exactly one item must fit.
        by: ItemMatch,
    },
    /// Ticked or not.
    Check {
        /// Renders to `true` or `false`.
        on: Template,
    },
    /// A date, in the form the field shows.
    Date {
        /// The date.
        value: Template,
    },
    /// Files.
    Upload {
        /// Their paths.
        files: Vec<Template>,
    },
}

/// How text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Put in at once, with the events that follow typing.
    Paste,
    /// Key by key.
    Keys,
}

/// How an item of a list is told from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemMatch {
    /// By its whole text.
    Exact,
    /// By a part of its text, whatever the case.
    Contains,
}

/// Which option of a native list.
#[derive(Debug, Clone)]
pub enum OptionBy {
    /// The one with this value.
    Value(Template),
    /// The one with this text.
    Text(Template),
}

/// What a field should hold.
#[derive(Debug, Clone)]
pub struct Readback {
    /// What a person calls it.
    pub label: String,
    /// The element.
    pub at: Target,
    /// What is read of it.
    pub read: ReadWhat,
    /// What it should be.
    pub equals: Template,
    /// How the two are compared.
    pub compare: Compare,
}

/// How what was read is compared with what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// To the letter, white space folded.
    Exact,
    /// Whatever the case, white space folded.
    IgnoreCase,
    /// As numbers: `61,000.00` is `61000`.
    Number,
    /// What was read contains what was expected.
    Contains,
}

/// Where a frame or window is.
#[derive(Debug, Clone)]
pub enum FrameOf {
    /// The document inside this element.
    Frame(Target),
    /// The window that opens next.
    Popup,
}

/// How a native dialog is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// OK.
    Accept,
    /// Cancel.
    Dismiss,
}

/// Something that is read and kept.
#[derive(Debug, Clone)]
pub struct Capture {
    /// Known as `captures.NAME` in later steps.
    pub name: String,
    /// The element.
    pub at: Target,
    /// What is read of it.
    pub read: ReadWhat,
    /// Only what the first group of this pattern holds.
    pub matches: Option<regex::Regex>,
}

//! What can be done to an element.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::target::{Locator, Target, TextMatch};

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// To which element.
    pub target: Target,
    /// What.
    pub kind: ActionKind,
    /// The caller's name for it, for errors.
    pub label: String,
    /// How long it may take from its own turn on; nothing: until the deadline of all.
    pub timeout: Option<Duration>,
}

/// What to do.
#[derive(Clone, PartialEq, Eq)]
pub enum ActionKind {
    /// A real mouse click.
    Click,
    /// The real mouse over it.
    Hover,
    /// A text in a field.
    Fill {
        /// The text.
        value: String,
        /// How it gets there.
        keys: Typing,
    },
    /// An option of a native list.
    Select {
        /// Which.
        option: OptionBy,
    },
    /// An option of a list that a script draws: the element is clicked to open it.
    Pick {
        /// The items of the list.
        list: Locator,
        /// The whole text of the one to click.
        option: String,
    },
    /// A suggestion of a type-ahead field.
    Choose {
        /// What to type.
        text: String,
        /// The items of the list that comes.
        list: Locator,
        /// The one to click.
        option: TextMatch,
    },
    /// A checkbox, a radio button or a switch.
    Check {
        /// The state it must have afterwards.
        on: bool,
    },
    /// A date in a field with a mask or a calendar.
    Date {
        /// As the field wants it.
        value: String,
    },
    /// Files in a file field.
    Upload {
        /// Which.
        files: Vec<PathBuf>,
    },
    /// A key, for example `Enter`, `ArrowDown` or `Control+A`.
    Press {
        /// Its name.
        key: String,
    },
}

impl fmt::Debug for ActionKind {
    /// The name alone: the rest is a customer's data.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl ActionKind {
    /// Its name, as in a portal definition.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Hover => "hover",
            Self::Fill { .. } => "fill",
            Self::Select { .. } => "select",
            Self::Pick { .. } => "pick",
            Self::Choose { .. } => "choose",
            Self::Check { .. } => "check",
            Self::Date { .. } => "date",
            Self::Upload { .. } => "upload",
            Self::Press { .. } => "press",
        }
    }
}

/// How a text gets into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    /// At once, with the events of a change.
    #[default]
    Paste,
    /// Key by key.
    Keys,
}

/// Which option of a native list.
#[derive(Clone, PartialEq, Eq)]
pub enum OptionBy {
    /// By its value.
    ByValue(String),
    /// By its whole text.
    ByText(String),
}

impl fmt::Debug for OptionBy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ByValue(_) => "ByValue",
            Self::ByText(_) => "ByText",
        })
    }
}

/// What an action did.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// What the field holds afterwards, read back from the page. For a checkbox `true` or `false`.
    pub value: Option<String>,
    /// Whether anything had to be changed.
    pub changed: bool,
}

impl fmt::Debug for Done {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Done(changed: {})", self.changed)
    }
}

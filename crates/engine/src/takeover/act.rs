//! What a person can do in a page.

use std::time::Duration;

use formhand_browser::{ActErrorKind, Deadline, Page, Point};
use formhand_domain::Secret;
use thiserror::Error;

/// What a person can do in a page. `Debug` shows no text.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// A click, at a point of the picture.
    Click(Point),
    /// A text where the focus is. It may be a captcha's or a code, so it is a secret.
    Text(Secret),
    /// A key that types nothing, such as `Enter` or `Shift+Tab`.
    Key(String),
    /// The wheel, at a point of the picture.
    Scroll {
        /// Where.
        at: Point,
        /// How far down, in pixels; up if it is less than zero.
        down: f64,
    },
    /// Back to the document before.
    Back,
}

/// An act that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadAct {
    /// A point that no picture has.
    #[error("a point has x and y from 0 to 10000, in pixels of the picture")]
    NoPoint,
    /// A text that no field takes.
    #[error("a text has 1 to {LONGEST_TEXT} characters in one line")]
    NoText,
    /// A wheel that turns too far.
    #[error("a wheel turns by at most 10000 pixels, up or down")]
    TooFar,
    /// A key that types.
    #[error("a key that types something is sent as a text")]
    Types,
}

/// More than a person types into a field.
const LONGEST_TEXT: usize = 2_000;

/// A page takes a click in a few frames. One that does not is told to the person, and the act may still take effect.
const LIMIT: Duration = Duration::from_secs(5);

impl Act {
    /// The same, if it makes sense.
    pub fn checked(self) -> Result<Self, BadAct> {
        match &self {
            Self::Click(at) | Self::Scroll { at, .. } if !is_point(*at) => Err(BadAct::NoPoint),
            Self::Scroll { down, .. } if !(-LARGEST..=LARGEST).contains(down) => {
                Err(BadAct::TooFar)
            }
            Self::Text(text) if !is_text(text.expose()) => Err(BadAct::NoText),
            Self::Key(key) if types(key) => Err(BadAct::Types),
            _ => Ok(self),
        }
    }

    pub(super) async fn perform(&self, page: &Page) -> Result<(), ActErrorKind> {
        let deadline = Deadline::after(LIMIT);
        match self {
            Self::Click(at) => page.click_at(*at, deadline).await,
            Self::Text(text) => page.type_text(text.expose(), deadline).await,
            Self::Key(key) => page.press_key(key, deadline).await,
            Self::Scroll { at, down } => page.scroll_at(*at, *down, deadline).await,
            Self::Back => page.go_back(deadline).await,
        }
    }
}

/// No picture of a page is larger.
const LARGEST: f64 = 10_000.0;

fn is_point(at: Point) -> bool {
    (0.0..=LARGEST).contains(&at.x) && (0.0..=LARGEST).contains(&at.y)
}

fn is_text(text: &str) -> bool {
    (1..=LONGEST_TEXT).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

/// Whether a key types a character: such a one may be a part of a secret.
fn types(key: &str) -> bool {
    let name = key.rsplit('+').next().unwrap_or_default();
    let is_shortcut = ["Control+", "Alt+", "Meta+"]
        .iter()
        .any(|modifier| key.contains(modifier));
    name.chars().count() <= 1 && !is_shortcut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_does_not_show_itself() {
        let act = Act::Text(Secret::new("X7K2"));
        assert!(!format!("{act:?}").contains("X7K2"));
    }

    #[test]
    fn an_act_that_makes_no_sense_is_refused_in_words() {
        let point = |x, y| Point { x, y };
        let scroll = |down| Act::Scroll {
            at: point(1.0, 1.0),
            down,
        };
        let bad = [
            (Act::Click(point(-1.0, 2.0)), BadAct::NoPoint),
            (Act::Click(point(f64::NAN, 2.0)), BadAct::NoPoint),
            (scroll(1e6), BadAct::TooFar),
            (scroll(f64::INFINITY), BadAct::TooFar),
            (Act::Text(Secret::new("")), BadAct::NoText),
            (Act::Text(Secret::new("a\nb")), BadAct::NoText),
            (Act::Key("7".to_owned()), BadAct::Types),
            (Act::Key("Shift+a".to_owned()), BadAct::Types),
        ];
        for (act, why) in bad {
            assert_eq!(act.checked(), Err(why));
        }
        for key in ["Enter", "Shift+Tab", "Control+A"] {
            assert!(Act::Key(key.to_owned()).checked().is_ok(), "{key}");
        }
        assert!(Act::Click(point(0.0, 899.5)).checked().is_ok());
    }
}

//! The keyboard.

use serde_json::{Value, json};

use super::error::ActErrorKind;
use crate::cdp::Pending;
use crate::deadline::Deadline;
use crate::frame::Frame;

/// One key: its name, its place on the keyboard, its old number, and what it types.
struct Key {
    name: String,
    code: String,
    number: u32,
    text: Option<String>,
}

impl Frame {
    /// Presses one key, with its modifiers: `Enter`, `Control+A`. Gives the last answer to come.
    pub(super) fn press_key(&self, name: &str) -> Result<Pending, ActErrorKind> {
        let mut modifiers = 0;
        let mut parts: Vec<&str> = name.split('+').collect();
        // A plus itself is written as such: `+` or `Shift++`.
        let last = match parts.pop() {
            Some("") => "+",
            Some(last) => last,
            None => return Err(unknown(name)),
        };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            modifiers |= match part {
                "Alt" => 1,
                "Control" => 2,
                "Meta" => 4,
                "Shift" => 8,
                _ => return Err(unknown(name)),
            };
        }
        let mut key = named(last)
            .or_else(|| typed(last))
            .ok_or_else(|| unknown(name))?;
        if modifiers & 0b111 != 0 {
            // A shortcut types nothing.
            key.text = None;
        }
        Ok(self.key_events(&key, modifiers))
    }

    /// Types over the selected text with a key for each character, all sent together. An empty text deletes it.
    pub(super) fn replace_by_keys(&self, text: &str) -> Pending {
        let mut last = None;
        for character in text.chars() {
            let character = character.to_string();
            last = Some(match typed(&character) {
                Some(key) => self.key_events(&key, 0),
                None => self.send_key("Input.insertText", json!({"text": character})),
            });
        }
        last.unwrap_or_else(|| self.key_events(&silent("Delete", 46), 0))
    }

    /// Types a text over the selected one of a type-ahead field: the whole of it in one input, then a key that types
    /// nothing, for those that listen to keys. Key by key the field could ask for each beginning of the text, and a
    /// late answer would open the list again after the choice.
    pub(super) fn type_for_suggestions(&self, text: &str) -> Pending {
        drop(self.send_key("Input.insertText", json!({"text": text})));
        self.key_events(&silent("End", 35), 0)
    }

    fn key_events(&self, key: &Key, modifiers: u8) -> Pending {
        let base = json!({
            "key": key.name, "code": key.code, "windowsVirtualKeyCode": key.number, "modifiers": modifiers,
        });
        let mut down = base.clone();
        down["type"] = if key.text.is_some() {
            "keyDown"
        } else {
            "rawKeyDown"
        }
        .into();
        if let Some(text) = &key.text {
            down["text"] = text.as_str().into();
            down["unmodifiedText"] = text.as_str().into();
        }
        if key.name.eq_ignore_ascii_case("a") && modifiers & 2 != 0 {
            // The editing commands of the keyboard are not bound in a headless browser.
            down["commands"] = json!(["selectAll"]);
        }
        drop(self.send_key("Input.dispatchKeyEvent", down));
        let mut up = base;
        up["type"] = "keyUp".into();
        self.send_key("Input.dispatchKeyEvent", up)
    }

    fn send_key(&self, method: &'static str, params: Value) -> Pending {
        self.shared().send(&self.shared().session, method, params)
    }

    /// Waits until the page has seen the last of the keys.
    pub(super) async fn keys_taken(
        &self,
        last: Pending,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        match tokio::time::timeout_at(deadline.hung_at(), last).await {
            Err(_) => Err(ActErrorKind::TimedOut {
                waiting_for: "the page to take the keys".to_owned(),
            }),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(self.shared().explain(error).into()),
        }
    }
}

fn unknown(name: &str) -> ActErrorKind {
    ActErrorKind::Invalid {
        what: format!("there is no key {name:?}"),
    }
}

fn named(name: &str) -> Option<Key> {
    let number = match name {
        "Enter" => {
            return Some(Key {
                text: Some("\r".to_owned()),
                ..silent(name, 13)
            });
        }
        "Space" => return typed(" "),
        "Tab" => 9,
        "Escape" => 27,
        "Backspace" => 8,
        "Delete" => 46,
        "ArrowLeft" => 37,
        "ArrowUp" => 38,
        "ArrowRight" => 39,
        "ArrowDown" => 40,
        "PageUp" => 33,
        "PageDown" => 34,
        "Home" => 36,
        "End" => 35,
        _ => return None,
    };
    Some(silent(name, number))
}

/// A key that types nothing.
fn silent(name: &str, number: u32) -> Key {
    Key {
        name: name.to_owned(),
        code: name.to_owned(),
        number,
        text: None,
    }
}

/// A key that types one character. The places of the marks are those of a US keyboard; the characters are right on
/// any.
fn typed(text: &str) -> Option<Key> {
    let mut characters = text.chars();
    let (character, None) = (characters.next()?, characters.next()) else {
        return None;
    };
    let (code, number) = match character {
        'a'..='z' | 'A'..='Z' => {
            let upper = character.to_ascii_uppercase();
            (format!("Key{upper}"), u32::from(upper))
        }
        '0'..='9' => (format!("Digit{character}"), u32::from(character)),
        ' ' => ("Space".to_owned(), 32),
        '-' | '_' => ("Minus".to_owned(), 189),
        '.' | '>' => ("Period".to_owned(), 190),
        ',' | '<' => ("Comma".to_owned(), 188),
        '/' | '?' => ("Slash".to_owned(), 191),
        '@' => ("Digit2".to_owned(), 50),
        '!' => ("Digit1".to_owned(), 49),
        '#' => ("Digit3".to_owned(), 51),
        '$' => ("Digit4".to_owned(), 52),
        '%' => ("Digit5".to_owned(), 53),
        '&' => ("Digit7".to_owned(), 55),
        '*' => ("Digit8".to_owned(), 56),
        '(' => ("Digit9".to_owned(), 57),
        ')' => ("Digit0".to_owned(), 48),
        '=' | '+' => ("Equal".to_owned(), 187),
        ';' | ':' => ("Semicolon".to_owned(), 186),
        '\'' | '"' => ("Quote".to_owned(), 222),
        _ => return None,
    };
    Some(Key {
        name: character.to_string(),
        code,
        number,
        text: Some(character.to_string()),
    })
}

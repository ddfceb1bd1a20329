//! What people typed in the pages of one attempt. Kept only so that no picture, log or word of the attempt shows it.

use std::sync::{Arc, Mutex, PoisonError};

use formhand_browser::Sensitive;
use formhand_domain::Secret;

/// What people typed. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Typed(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    texts: Vec<Secret>,
    /// Whether the next text goes on where the last one ended.
    is_open: bool,
}

impl Typed {
    /// A text was typed. Texts that follow each other are one.
    pub(super) fn add(&self, text: &Secret) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = if state.is_open {
            state.texts.pop()
        } else {
            None
        };
        let whole = match before {
            Some(before) => Secret::new(format!("{}{}", before.expose(), text.expose())),
            None => text.clone(),
        };
        state.texts.push(whole);
        state.is_open = true;
    }

    /// Something else was done.
    pub(super) fn close(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_open = false;
    }

    /// What must not be seen beside what is typed.
    pub(crate) fn beside(&self, sensitive: &Sensitive) -> Sensitive {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let typed = state.texts.iter().map(|text| text.expose().to_owned());
        Sensitive {
            values: sensitive.values.iter().cloned().chain(typed).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_blanked_also_if_it_came_letter_by_letter() {
        let typed = Typed::default();
        for letter in ["X", "7", "K", "2"] {
            typed.add(&Secret::new(letter));
        }
        typed.close();
        typed.add(&Secret::new("481516"));
        let record = Sensitive {
            values: vec!["Asha Example".to_owned()],
        };
        let text = "X7K2 is not right, Asha Example; nor is 48 15 16. X 7";
        assert_eq!(
            typed.beside(&record).redact(text),
            "▒▒▒ is not right, ▒▒▒; nor is ▒▒▒. X 7"
        );
    }
}

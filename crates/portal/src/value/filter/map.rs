//! `{{ record.state | map("states") }}`

use std::sync::Arc;

use minijinja::{Error, Value};

use crate::{
    diagnostic::nearest,
    value::{CodeLists, ValueError},
};

/// The portal's code for the record's word. An unknown word is an error: no code stands in for another.
pub(in crate::value) fn map(
    lists: Arc<CodeLists>,
) -> impl Fn(Value, &str) -> Result<String, Error> + Send + Sync + 'static {
    move |word, list| {
        if word.is_undefined() {
            return Err(minijinja::ErrorKind::UndefinedError.into());
        }
        let word = word.to_string();
        let Some(words) = lists.get(list) else {
            return Err(ValueError::Other(format!("there is no code list `{list}`")).into_engine());
        };
        words.get(&word).cloned().ok_or_else(|| {
            ValueError::Unmapped {
                list: list.to_owned(),
                word: word.chars().take(40).collect(),
                valid: valid_words(&word, words.keys().map(String::as_str)),
            }
            .into_engine()
        })
    }
}

/// How many words of a list are shown when none is near.
const SAMPLE: usize = 8;

/// What would be right, in words: the nearest word, or some of them.
pub(crate) fn valid_words<'a>(word: &str, words: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(word, words.clone()) {
        return format!("did you mean {near:?}?");
    }
    let count = words.clone().count();
    let shown: Vec<String> = words.take(SAMPLE).map(|word| format!("{word:?}")).collect();
    if count > SAMPLE {
        format!("its {count} words are {} and so on", shown.join(", "))
    } else {
        format!("its words are {}", shown.join(", "))
    }
}

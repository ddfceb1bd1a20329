//! Words that jobs are searched by.

use thiserror::Error;

use crate::rules;

/// The words of a search that count; a person does not write more.
const WORDS: usize = 8;

/// The words of a search. A job has one of them if a word of its label, caller's id, business key or receipt begins with
/// it. Neither case nor accents matter.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchText(Vec<String>);

/// A text has nothing to search by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a search needs a letter or a digit")]
pub struct NothingToSearch;

impl SearchText {
    /// Takes the words out of a text.
    pub fn new(text: &str) -> Result<Self, NothingToSearch> {
        let mut words: Vec<String> = rules::words_of_text(text).take(WORDS).collect();
        words.sort_unstable();
        words.dedup();
        if words.is_empty() {
            return Err(NothingToSearch);
        }
        Ok(Self(words))
    }

    /// The words, which hold letters and digits only.
    pub(crate) fn words(&self) -> &[String] {
        &self.0
    }

    /// The same search in other words, which are sorted and each once.
    pub(crate) fn of_words(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Whether a job of these words, with blanks between them, has all that is searched.
    pub(crate) fn fits(&self, words: &str) -> bool {
        let is_there = |wanted: &String| words.split(' ').any(|word| word.starts_with(wanted));
        self.0.iter().all(is_there)
    }
}

impl std::fmt::Debug for SearchText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A customer's name, most often.
        f.debug_tuple("SearchText").field(&self.0.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_the_beginning_of_one_of_the_job() {
        let text = SearchText::new(" ASHA, exa ").unwrap();
        assert!(text.fits("asha example record 7"));
        assert!(!text.fits("asha record 7"));
        assert!(!text.fits(""));
        assert_eq!(SearchText::new(" -- "), Err(NothingToSearch));
    }
}

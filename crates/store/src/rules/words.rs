//! The words that a job is found by.

use std::collections::BTreeSet;

use formhand_domain::{BusinessKey, Job};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A longer word is cut: nobody types it, and indexes have a limit.
const LETTERS: usize = 64;

/// A job has no more: receipts and labels are short.
const WORDS: usize = 64;

/// The words of a text, in its order: letters and digits, small and without accents.
pub(crate) fn words_of_text(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text
        .nfkd()
        .filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .collect();
    // Marks are the vowels of many scripts, so they belong to a word.
    let is_between = |letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter);
    let words = plain.split(is_between).filter(|word| !word.is_empty());
    let words: Vec<String> = words
        .map(|word| word.chars().take(LETTERS).collect())
        .collect();
    words.into_iter()
}

/// The words of a job, sorted and each once: of its label, its caller's id, its business key and its receipt. A job that
/// was forgotten has none.
pub(crate) fn words_of_job(job: &Job) -> Vec<String> {
    if job.forgotten_at().is_some() {
        return Vec::new();
    }
    let receipt = job.receipt().into_iter();
    let receipt = receipt.flat_map(|receipt| receipt.0.values().map(String::as_str));
    let business_key = job.business_key.as_ref().map(BusinessKey::as_str);
    let texts = [job.caller_id.as_str(), &job.label]
        .into_iter()
        .chain(business_key)
        .chain(receipt);
    let words = texts.flat_map(words_of_text).take(WORDS);
    words.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether the words of a job may have changed.
pub(crate) fn has_other_words(before: &Job, after: &Job) -> bool {
    before.receipt() != after.receipt()
        || before.forgotten_at() != after.forgotten_at()
        || before.label != after.label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_letters_and_digits_without_case_and_accents() {
        let words = |text| words_of_text(text).collect::<Vec<_>>().join("|");
        insta::assert_snapshot!(words("Jürgen O'Neil, MA3-ERLF1S/0012"), @"jurgen|o|neil|ma3|erlf1s|0012");
        insta::assert_snapshot!(words("हिन्दी Ａｓｈａ"), @"हिन्दी|asha");
        assert_eq!(words(" .-' "), "");
        assert_eq!(words(&"x".repeat(100)).len(), 64);
    }
}

//! What must not be seen, and how it is found: in pages by `script/sensitive.js`, in lines of text here. Both by the
//! same rules.

use std::fmt;

use serde_json::{Value, json};

/// What must not be seen in pictures, snapshots and logs.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sensitive {
    /// The values of the record, logins and the like.
    pub values: Vec<String>,
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sensitive({} values)", self.values.len())
    }
}

/// What stands where something was.
const BLANK: &str = "▒▒▒";

/// Shorter ones, without what stands between their letters, are in everything.
const SHORTEST_FOLDED: usize = 6;

impl Sensitive {
    /// The same text with each value of the list blanked, also where it is put otherwise.
    pub fn redact(&self, text: &str) -> String {
        blank(text, self.found(text))
    }

    /// The same, but for what lies within one of these phrases, whatever its case. They are known to be said to
    /// everybody: a customer named Declined is not told of by "declined by underwriter".
    pub fn redact_but(&self, text: &str, phrases: &[String]) -> String {
        let mut own = Vec::new();
        let words = Folded::of(text, |c| !c.is_whitespace());
        for phrase in phrases {
            let phrase = Folded::of(phrase, |c| !c.is_whitespace()).text;
            if !phrase.is_empty() {
                words.find(&phrase, &mut own);
            }
        }
        let mut hidden = self.found(text);
        hidden.retain(|(from, to)| !own.iter().any(|(start, end)| start <= from && to <= end));
        blank(text, hidden)
    }

    /// Where the values are.
    fn found(&self, text: &str) -> Vec<(usize, usize)> {
        let mut hidden = Vec::new();
        let letters = Folded::of(text, char::is_alphanumeric);
        for needle in self.folded() {
            letters.find(&needle, &mut hidden);
        }
        let words = Folded::of(text, |c| !c.is_whitespace());
        for value in &self.values {
            let needle: String = Folded::of(value, |c| !c.is_whitespace()).text;
            // As short as in pictures.
            if needle.chars().count() > 1 {
                words.find(&needle, &mut hidden);
            }
        }
        hidden
    }

    /// Whether a text holds one of the values.
    pub fn shows(&self, text: &str) -> bool {
        self.redact(text) != text
    }

    /// What the scripts take: the values, and the same as letters and digits alone.
    pub(crate) fn arguments(&self) -> Vec<Value> {
        vec![json!(self.values), json!(self.folded())]
    }

    fn folded(&self) -> Vec<String> {
        let mut folded: Vec<String> = Vec::new();
        for value in &self.values {
            let otherwise = otherwise(value);
            for text in std::iter::once(value.as_str()).chain(otherwise.iter().map(String::as_str))
            {
                let needle = Folded::of(text, char::is_alphanumeric).text;
                if needle.chars().count() >= SHORTEST_FOLDED && !folded.contains(&needle) {
                    folded.push(needle);
                }
            }
        }
        folded
    }
}

/// A text without some of its signs, in small letters, and where each letter was.
struct Folded {
    text: String,
    /// For each byte of `text`: the range of the original letter.
    places: Vec<(usize, usize)>,
}

impl Folded {
    fn of(original: &str, keep: impl Fn(char) -> bool) -> Self {
        let mut folded = Self {
            text: String::new(),
            places: Vec::new(),
        };
        for (at, letter) in original.char_indices().filter(|(_, letter)| keep(*letter)) {
            let before = folded.text.len();
            folded.text.extend(letter.to_lowercase());
            let place = (at, at + letter.len_utf8());
            let added = folded.text.len() - before;
            folded.places.extend(std::iter::repeat_n(place, added));
        }
        folded
    }

    fn find(&self, needle: &str, hidden: &mut Vec<(usize, usize)>) {
        for (at, found) in self.text.match_indices(needle) {
            let first = self.places.get(at);
            let last = self.places.get(at + found.len() - 1);
            if let (Some((from, _)), Some((_, to))) = (first, last) {
                hidden.push((*from, *to));
            }
        }
    }
}

fn blank(text: &str, mut hidden: Vec<(usize, usize)>) -> String {
    hidden.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (from, to) in hidden {
        if from >= at {
            out.push_str(&text[at..from]);
            out.push_str(BLANK);
        }
        at = at.max(to);
    }
    out.push_str(&text[at..]);
    out
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date as other pages of a portal put it: parts in another order, or the month as a word.
fn otherwise(value: &str) -> Vec<String> {
    let parts: Vec<&str> = value.split(['-', '/', '.']).map(str::trim).collect();
    let [first, month, last] = parts.as_slice() else {
        return Vec::new();
    };
    let numeric = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(numeric) {
        return Vec::new();
    }
    let (day, year) = match (first.len(), last.len()) {
        (1 | 2, 4) => (*first, *last),
        (4, 1 | 2) => (*last, *first),
        _ => return Vec::new(),
    };
    let Ok(number @ 1..=12) = month.parse::<usize>() else {
        return Vec::new();
    };
    let word = MONTHS[number - 1];
    let bare = day.trim_start_matches('0');
    let (day, month) = (format!("{day:0>2}"), format!("{number:02}"));
    let mut ways = vec![
        format!("{year}{month}{day}"),
        format!("{day}{month}{year}"),
        format!("{month}{day}{year}"),
    ];
    for word in [word, &word[..3]] {
        for day in [bare, day.as_str()] {
            ways.push(format!("{day}{word}{year}"));
            ways.push(format!("{word}{day}{year}"));
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sensitive() -> Sensitive {
        let values = [
            "Asha  Example",
            "9876501234",
            "14-03-1991",
            "Mrs",
            "ü",
            "61000",
        ];
        Sensitive {
            values: values.map(str::to_owned).to_vec(),
        }
    }

    #[test]
    fn kf43_a_value_is_blanked_however_it_is_put() {
        let cases = [
            ("Dear ASHA example, hello", "Dear ▒▒▒, hello"),
            ("asha_example.pdf", "▒▒▒.pdf"),
            ("call +91 98765-01234 now", "call +91 ▒▒▒ now"),
            ("born 14/03/1991", "born ▒▒▒"),
            ("born 1991-03-14T00:00", "born ▒▒▒T00:00"),
            ("born 14 Mar 1991, March 14, 1991", "born ▒▒▒, ▒▒▒"),
            ("mrs. X", "▒▒▒. X"),
            ("ü is too short", "ü is too short"),
            ("61000 of it", "▒▒▒ of it"),
            ("nothing here", "nothing here"),
            ("Asha ExampleAsha Example", "▒▒▒▒▒▒"),
            ("", ""),
        ];
        for (text, redacted) in cases {
            assert_eq!(sensitive().redact(text), redacted);
            assert_eq!(sensitive().shows(text), text != redacted, "{text}");
        }
    }

    #[test]
    fn a_portals_own_phrase_stays_as_it_is_said_to_everybody() {
        let sensitive = Sensitive {
            values: ["Kiran", "Declined", "Kiran Declined"]
                .map(str::to_owned)
                .to_vec(),
        };
        let phrases = ["declined  by underwriter".to_owned(), String::new()];
        let cases = [
            (
                "Vehicle is Declined by underwriter",
                "Vehicle is Declined by underwriter",
            ),
            ("Declined: refused", "▒▒▒: refused"),
            ("Kiran Declined by underwriter", "▒▒▒ by underwriter"),
            (
                "Kiran, you are declined by underwriter",
                "▒▒▒, you are declined by underwriter",
            ),
        ];
        for (text, redacted) in cases {
            assert_eq!(sensitive.redact_but(text, &phrases), redacted);
        }
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in ["1-2-3", "14-13-1991", "a-b-1991", "14-03", "12-34-5678-9"] {
            assert_eq!(otherwise(text), Vec::<String>::new(), "{text}");
        }
        assert!(otherwise("1991-3-4").contains(&"4march1991".to_owned()));
    }
}

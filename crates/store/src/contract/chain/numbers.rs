//! Numbers of entries, as runs.

use std::fmt;

/// Numbers of entries, rising. As text: `4,7-9`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers(Vec<(u64, u64)>);

impl Numbers {
    /// Numbers in their order.
    pub fn of(numbers: impl IntoIterator<Item = u64>) -> Self {
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some((_, last)) if number == last.saturating_add(1) => *last = number,
                Some((_, last)) if number <= *last => {}
                _ => runs.push((number, number)),
            }
        }
        Self(runs)
    }

    /// Each run, its first and its last number.
    pub fn runs(&self) -> &[(u64, u64)] {
        &self.0
    }

    /// Reads the text; nothing if it is no such text.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let mut runs = Vec::new();
        let mut before = None;
        for run in text.split(',') {
            let (first, last) = run.split_once('-').unwrap_or((run, run));
            let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
            if last < first || before.is_some_and(|before| first <= before) {
                return None;
            }
            before = Some(last);
            runs.push((first, last));
        }
        Some(Self(runs))
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (first, last)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{first}")?;
            if last > first {
                write!(f, "-{last}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let numbers = Numbers::of([1, 2, 3, 7, 9, 10, 10]);
        assert_eq!(numbers.to_string(), "1-3,7,9-10");
        assert_eq!(Numbers::read("1-3,7,9-10"), Some(numbers));
        assert_eq!(Numbers::read(""), Some(Numbers::default()));
        for wrong in [",", "3-1", "2,1", "1-3,3", "x", "1-", "-1"] {
            assert_eq!(Numbers::read(wrong), None, "{wrong}");
        }
    }
}

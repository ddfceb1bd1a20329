//! Whether what a page holds is what the record says.

use formhand_portal::Compare;

/// Compares by the rule.
pub(super) fn same(expected: &str, found: &str, rule: Compare) -> bool {
    let (expected, found) = (fold(expected), fold(found));
    match rule {
        Compare::Exact => expected == found,
        Compare::IgnoreCase => expected.to_lowercase() == found.to_lowercase(),
        Compare::Contains => !expected.is_empty() && found.contains(&expected),
        Compare::Number => match (number(&expected), number(&found)) {
            (Some(expected), Some(found)) => expected == found,
            _ => false,
        },
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Digits without the grouping, and the fraction without trailing zeros: no floating point, so no rounding.
fn number(text: &str) -> Option<(bool, String, String)> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '₹' | '%'))
        .collect();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !numeric(whole) || !numeric(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole = whole.trim_start_matches('0').to_owned();
    let fraction = fraction.trim_end_matches('0').to_owned();
    let zero = whole.is_empty() && fraction.is_empty();
    Some((negative && !zero, whole, fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert!(same("61000", "61,000.00", Compare::Number));
        assert!(same("-0", "0.0", Compare::Number));
        assert!(!same("61000", "61000.5", Compare::Number));
        assert!(!same("61000", "", Compare::Number));
        assert!(!same("", "", Compare::Number));
    }

    #[test]
    fn text_is_compared_to_the_letter_but_for_white_space() {
        assert!(same("Asha  Example", " Asha Example ", Compare::Exact));
        assert!(!same("Asha Example", "ASHA EXAMPLE", Compare::Exact));
        assert!(same("Asha Example", "ASHA EXAMPLE", Compare::IgnoreCase));
        assert!(!same("", "anything", Compare::Contains));
    }
}

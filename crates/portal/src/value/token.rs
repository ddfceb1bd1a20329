//! The words of a template, for checks that the template engine leaves to the moment of rendering.

/// A word of a template or expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A name.
    Name(String),
    /// A quoted text.
    Text(String),
    /// A number.
    Number(String),
    /// Anything else, character by character; `==` and the like are one.
    Sign(String),
}

/// The words inside the tags of a template, or all words if `expression`.
pub(crate) fn tokens(source: &str, expression: bool) -> Vec<Token> {
    if expression {
        return words(source);
    }
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let close = if rest[start..].starts_with("{{") {
            "}}"
        } else {
            "%}"
        };
        let inside = &rest[start + 2..];
        let end = inside.find(close).unwrap_or(inside.len());
        found.extend(words(&inside[..end]));
        rest = inside.get(end + 2..).unwrap_or("");
    }
    found
}

fn words(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(first) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        if first == '"' || first == '\'' {
            found.push(Token::Text(quoted(first, &mut chars)));
            continue;
        }
        let same: fn(char) -> bool = if first.is_alphabetic() || first == '_' {
            |c| c.is_alphanumeric() || c == '_'
        } else if first.is_ascii_digit() {
            |c| c.is_ascii_digit() || c == '.'
        } else {
            |c| c == '='
        };
        let mut word = String::from(first);
        while let Some(next) = chars.next_if(|next| same(*next)) {
            word.push(next);
        }
        found.push(match first {
            c if c.is_alphabetic() || c == '_' => Token::Name(word),
            c if c.is_ascii_digit() => Token::Number(word),
            _ => Token::Sign(word),
        });
    }
    found
}

fn quoted(quote: char, chars: &mut impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    while let Some(next) = chars.next() {
        match next {
            '\\' => text.extend(chars.next()),
            end if end == quote => break,
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_outside_tags_are_text() {
        let found = tokens("a | b {{ record.x|map('it\\'s') }} c", false);
        let name = |text: &str| Token::Name(text.to_owned());
        let sign = |text: &str| Token::Sign(text.to_owned());
        assert_eq!(
            found,
            [
                name("record"),
                sign("."),
                name("x"),
                sign("|"),
                name("map"),
                sign("("),
                Token::Text("it's".to_owned()),
                sign(")"),
            ]
        );
    }
}

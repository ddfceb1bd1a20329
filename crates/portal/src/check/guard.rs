//! What a condition says about the presence of fields.
//!
//! Only conditions of simple form teach something: names, `not` names, `is defined`, `==` a constant, joined by `and`.
//! Whatever else a condition says is not understood, and then nothing is concluded from it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{record::Fields, value::Token};

/// What is known to hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    defined: BTreeSet<String>,
    equal: BTreeMap<String, Value>,
}

impl Facts {
    /// Whether a name such as `record.middleName` is known to be there.
    pub(super) fn defines(&self, name: &str) -> bool {
        self.defined.contains(name)
    }

    /// What holds if `expression` does, too.
    pub(super) fn and(&self, expression: &[Token], fields: Option<&Fields>) -> Self {
        let mut facts = self.clone();
        for part in conjuncts(expression).unwrap_or_default() {
            facts.learn(part);
        }
        facts.close(fields);
        facts
    }

    /// What holds if `expression` does not.
    pub(super) fn and_not(&self, expression: &[Token], fields: Option<&Fields>) -> Self {
        let mut facts = self.clone();
        if let Some([part]) = conjuncts(expression).as_deref() {
            facts.learn_opposite(part);
        }
        facts.close(fields);
        facts
    }

    fn learn(&mut self, part: &[Token]) {
        if let Some(path) = path(part) {
            self.equals(path, Value::Bool(true));
        } else if let [first, rest @ ..] = part
            && is_name(first, "not")
            && let Some(path) = path(rest)
        {
            self.equals(path, Value::Bool(false));
        } else if let Some(path) = before(part, &["is", "defined"]) {
            self.defined.insert(path);
        } else if let [start @ .., Token::Sign(sign), constant] = part
            && sign == "=="
            && let (Some(path), Some(value)) = (path(start), literal(constant))
        {
            self.equals(path, value);
        }
    }

    fn learn_opposite(&mut self, part: &[Token]) {
        if let Some(path) = path(part) {
            self.equals(path, Value::Bool(false));
        } else if let [first, rest @ ..] = part
            && is_name(first, "not")
            && let Some(path) = path(rest)
        {
            self.equals(path, Value::Bool(true));
        } else if let Some(path) =
            before(part, &["is", "undefined"]).or_else(|| before(part, &["is", "not", "defined"]))
        {
            self.defined.insert(path);
        }
    }

    fn equals(&mut self, path: String, value: Value) {
        self.defined.insert(path.clone());
        self.equal.insert(path, value);
    }

    /// Adds what the record's schema concludes from it.
    fn close(&mut self, fields: Option<&Fields>) {
        let Some(fields) = fields else {
            return;
        };
        loop {
            let equal = self
                .equal
                .iter()
                .filter_map(|(path, value)| {
                    Some((path.strip_prefix("record.")?.to_owned(), value.clone()))
                })
                .collect();
            let defined = |name: &str| self.defined.contains(&format!("record.{name}"));
            let implied: Vec<String> = fields
                .implied(&equal, &defined)
                .into_iter()
                .map(|name| format!("record.{name}"))
                .filter(|name| !self.defined.contains(name))
                .collect();
            if implied.is_empty() {
                return;
            }
            self.defined.extend(implied);
        }
    }
}

/// The names that the words themselves ask about: `is defined`, `is not defined`, `is undefined`.
pub(super) fn self_guarded(tokens: &[Token]) -> BTreeSet<String> {
    const TESTS: [&[&str]; 3] = [
        &["is", "defined"],
        &["is", "not", "defined"],
        &["is", "undefined"],
    ];
    let asks = |at: usize| {
        TESTS.iter().any(|test| {
            let words = tokens[at..]
                .iter()
                .zip(*test)
                .filter(|(token, word)| is_name(token, word));
            words.count() == test.len()
        })
    };
    (0..tokens.len())
        .filter(|at| asks(*at))
        .filter_map(|at| path(path_before(tokens, at)))
        .collect()
}

/// The words `a . b . c` that end right before a place.
fn path_before(tokens: &[Token], end: usize) -> &[Token] {
    let mut start = end.saturating_sub(1);
    while start >= 2 && matches!(&tokens[start - 1], Token::Sign(sign) if sign == ".") {
        start -= 2;
    }
    &tokens[start..end]
}

/// The parts that `and` joins; nothing if the words are of another form.
fn conjuncts(tokens: &[Token]) -> Option<Vec<&[Token]>> {
    let other = |token: &Token| {
        ["or", "if", "else"].iter().any(|word| is_name(token, word))
            || matches!(token, Token::Sign(sign) if sign == "(" || sign == "|")
    };
    if tokens.iter().any(other) {
        return None;
    }
    Some(tokens.split(|token| is_name(token, "and")).collect())
}

/// `a.b.c`
fn path(tokens: &[Token]) -> Option<String> {
    let mut path = String::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Name(name) if index % 2 == 0 => path.push_str(name),
            Token::Sign(sign) if index % 2 == 1 && sign == "." => path.push('.'),
            _ => return None,
        }
    }
    (tokens.len() % 2 == 1 && tokens.len() > 1).then_some(path)
}

/// The path before these words.
fn before(tokens: &[Token], words: &[&str]) -> Option<String> {
    let split = tokens.len().checked_sub(words.len())?;
    let (start, end) = tokens.split_at(split);
    let same = end
        .iter()
        .zip(words)
        .all(|(token, word)| is_name(token, word));
    same.then(|| path(start)).flatten()
}

fn literal(token: &Token) -> Option<Value> {
    match token {
        Token::Text(text) => Some(Value::String(text.clone())),
        Token::Number(number) => serde_json::from_str(number).ok(),
        Token::Name(name) if name == "true" => Some(Value::Bool(true)),
        Token::Name(name) if name == "false" => Some(Value::Bool(false)),
        _ => None,
    }
}

fn is_name(token: &Token, word: &str) -> bool {
    matches!(token, Token::Name(name) if name == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::tokens;

    fn facts(expression: &str) -> Facts {
        Facts::default().and(&tokens(expression, true), None)
    }

    #[test]
    fn simple_conditions_teach_presence() {
        let known = facts("record.a is defined and record.b and not record.c and record.d == 'x'");
        for name in ["record.a", "record.b", "record.c", "record.d"] {
            assert!(known.defines(name), "{name}");
        }
    }

    #[test]
    fn an_or_teaches_nothing() {
        assert!(!facts("record.a is defined or record.b").defines("record.a"));
    }

    #[test]
    fn the_other_branch_knows_the_opposite() {
        let known = Facts::default().and_not(&tokens("record.a is undefined", true), None);
        assert!(known.defines("record.a"));
    }

    #[test]
    fn a_template_guards_itself() {
        let guarded = self_guarded(&tokens(
            "{{ record.a.b if record.a.b is defined else '' }}",
            false,
        ));
        assert!(guarded.contains("record.a.b"), "{guarded:?}");
    }
}

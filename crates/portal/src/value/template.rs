//! Texts with values in them, and questions about values.

use std::{collections::BTreeSet, fmt, sync::Arc};

use serde_json::Value;

use super::{Language, Scope, ValueError, convert::to_json};

/// A text with values in it, such as `{{ record.firstName }}`. A missing value is an error, never an empty text.
#[derive(Clone)]
pub struct Template {
    source: Arc<str>,
    language: Arc<Language>,
    variables: Arc<BTreeSet<String>>,
}

impl Template {
    /// Checks that the text is well formed.
    pub fn new(source: &str, language: &Arc<Language>) -> Result<Self, ValueError> {
        check_length(source, "template")?;
        let template = language
            .environment()
            .template_from_str(source)
            .map_err(|error| ValueError::from_engine(&error, "template", source))?;
        Ok(Self {
            source: source.into(),
            language: Arc::clone(language),
            variables: Arc::new(template.undeclared_variables(true).into_iter().collect()),
        })
    }

    /// The text with its values.
    pub fn render(&self, scope: &Scope) -> Result<String, ValueError> {
        self.language
            .environment()
            .template_from_str(&self.source)
            .and_then(|template| template.render(scope.to_engine()))
            .map_err(|error| self.explain(&error, scope))
    }

    /// The text as it stands in the definition.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the account's password goes into it. What it renders to must then never be shown or written.
    pub fn is_secret(&self) -> bool {
        ["account", "account.password"]
            .iter()
            .any(|name| self.variables.contains(*name))
    }

    /// The names that it speaks of, such as `record.firstName`.
    pub fn variables(&self) -> &BTreeSet<String> {
        &self.variables
    }

    fn explain(&self, error: &minijinja::Error, scope: &Scope) -> ValueError {
        explain(error, "template", &self.source, &self.variables, scope)
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({:?})", self.source)
    }
}

/// A question about values, such as `record.hasFinancier` or `record.middleName is defined`.
#[derive(Clone)]
pub struct Expression {
    source: Arc<str>,
    language: Arc<Language>,
    variables: Arc<BTreeSet<String>>,
}

impl Expression {
    /// Checks that the expression is well formed.
    pub fn new(source: &str, language: &Arc<Language>) -> Result<Self, ValueError> {
        check_length(source, "expression")?;
        let expression = language
            .environment()
            .compile_expression(source)
            .map_err(|error| ValueError::from_engine(&error, "expression", source))?;
        Ok(Self {
            source: source.into(),
            language: Arc::clone(language),
            variables: Arc::new(expression.undeclared_variables(true).into_iter().collect()),
        })
    }

    /// Whether it holds. Only `true` and `false` are answers: there is no reading between the lines of other values.
    pub fn holds(&self, scope: &Scope) -> Result<bool, ValueError> {
        match self.value(scope)? {
            Value::Bool(holds) => Ok(holds),
            other => Err(self.wrong_kind("true or false", &other)),
        }
    }

    /// The list that it gives.
    pub fn list(&self, scope: &Scope) -> Result<Vec<Value>, ValueError> {
        match self.value(scope)? {
            Value::Array(items) => Ok(items),
            other => Err(self.wrong_kind("a list", &other)),
        }
    }

    /// The expression as it stands in the definition.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names that it speaks of, such as `record.firstName`.
    pub fn variables(&self) -> &BTreeSet<String> {
        &self.variables
    }

    fn value(&self, scope: &Scope) -> Result<Value, ValueError> {
        let explain = |error| explain(&error, "expression", &self.source, &self.variables, scope);
        let value = self
            .language
            .environment()
            .compile_expression(&self.source)
            .and_then(|expression| expression.eval(scope.to_engine()))
            .map_err(explain)?;
        if value.is_undefined() {
            return Err(missing(&self.variables, scope, &self.source));
        }
        Ok(to_json(&value))
    }

    fn wrong_kind(&self, expected: &'static str, found: &Value) -> ValueError {
        let found = match found {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "a group of fields",
        };
        ValueError::Kind {
            expected,
            found: format!("{found} (`{}`)", self.source),
        }
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expression({:?})", self.source)
    }
}

/// Whoever needs more than this has written a program; and the engine calls itself for every bracket and every `not`.
const LONGEST: usize = 500;

fn check_length(source: &str, what: &'static str) -> Result<(), ValueError> {
    if source.len() <= LONGEST {
        return Ok(());
    }
    Err(ValueError::Syntax {
        what,
        message: format!("it is longer than {LONGEST} bytes"),
    })
}

/// The template engine says that something is undefined, but not what; the scope tells.
fn explain(
    error: &minijinja::Error,
    what: &'static str,
    source: &str,
    variables: &BTreeSet<String>,
    scope: &Scope,
) -> ValueError {
    match ValueError::from_engine(error, what, source) {
        ValueError::Missing { .. } => missing(variables, scope, source),
        other => other,
    }
}

fn missing(variables: &BTreeSet<String>, scope: &Scope, source: &str) -> ValueError {
    let context = scope.to_engine();
    let absent = |name: &&String| {
        let mut value = context.clone();
        for part in name.split('.') {
            match value.get_attr(part) {
                Ok(inner) if !inner.is_undefined() => value = inner,
                _ => return true,
            }
        }
        false
    };
    let names: Vec<&str> = variables
        .iter()
        .filter(absent)
        .map(String::as_str)
        .collect();
    ValueError::Missing {
        name: if names.is_empty() {
            format!("a value in `{source}`")
        } else {
            names.join(" and ")
        },
    }
}

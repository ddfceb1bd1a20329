//! What a template may say: a few filters, and nothing that reads files, loops for ever or fills gaps.

use std::{collections::BTreeMap, fmt, sync::Arc};

use minijinja::{Environment, Output, State, UndefinedBehavior, Value, value::ValueKind};

use super::filter;

/// Code lists: the name of the list, then the record's word, then the portal's code.
pub type CodeLists = BTreeMap<String, BTreeMap<String, String>>;

/// The template language with a portal's code lists.
pub struct Language {
    environment: Environment<'static>,
    lists: Arc<CodeLists>,
}

/// A template is a line of a form: whoever needs more instructions than this has written a program.
const MOST_INSTRUCTIONS: u64 = 20_000;

impl Language {
    /// The filters that there are.
    pub const FILTERS: &'static [&'static str] =
        &["map", "date", "upper", "lower", "trim", "digits", "tuple"];
    /// The tests that there are, as in `record.middleName is defined`.
    pub const TESTS: &'static [&'static str] = &["defined", "undefined", "in"];

    /// The language with these lists.
    pub fn new(lists: CodeLists) -> Arc<Self> {
        let lists = Arc::new(lists);
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(MOST_INSTRUCTIONS));
        environment.set_formatter(format);
        environment.add_filter("map", filter::map(Arc::clone(&lists)));
        environment.add_filter("date", filter::date);
        environment.add_filter("upper", filter::upper);
        environment.add_filter("lower", filter::lower);
        environment.add_filter("trim", filter::trim);
        environment.add_filter("digits", filter::digits);
        environment.add_filter("tuple", filter::tuple);
        environment.add_test("defined", minijinja::tests::is_defined);
        environment.add_test("undefined", minijinja::tests::is_undefined);
        environment.add_test("in", minijinja::tests::is_in);
        Arc::new(Self { environment, lists })
    }

    /// The code lists.
    pub fn lists(&self) -> &CodeLists {
        &self.lists
    }

    pub(super) fn environment(&self) -> &Environment<'static> {
        &self.environment
    }
}

/// Writes values as a form takes them: `true` and `false` as in YAML, and nothing for what is not there is an error.
fn format(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if let Ok(flag) = bool::try_from(value.clone())
        && value.kind() == ValueKind::Bool
    {
        return out
            .write_str(if flag { "true" } else { "false" })
            .map_err(minijinja::Error::from);
    }
    let refused = match value.kind() {
        ValueKind::None => "there is no value to write",
        ValueKind::Seq | ValueKind::Iterable | ValueKind::Map => {
            "a list or group of fields is no text"
        }
        _ => return minijinja::escape_formatter(out, state, value),
    };
    let kind = minijinja::ErrorKind::InvalidOperation;
    Err(minijinja::Error::new(kind, refused))
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Language")
            .field("lists", &self.lists.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

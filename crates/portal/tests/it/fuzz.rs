//! Whatever is in a file or a record: diagnostics, never a panic.

use std::sync::LazyLock;

use formhand_portal::record::RecordRules;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{GOOD, load_text, practice, two_wheeler};

static RULES: LazyLock<RecordRules> = LazyLock::new(|| two_wheeler(&practice()).record.clone());

/// Shows it, too: what cannot be printed helps nobody.
fn survives(text: &str) {
    match load_text(text) {
        Ok(portal) => assert!(!format!("{portal:?}").is_empty()),
        Err(diagnostics) => {
            assert!(
                !diagnostics.0.is_empty(),
                "refused without a reason: {text}"
            );
            assert!(!diagnostics.to_string().is_empty());
        }
    }
}

/// Pieces that stand at places where they do not belong.
const PIECES: &[&str] = &[
    "{{ record.",
    "}}",
    "{%",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    ": ",
    "- ",
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "~",
    "null",
    "true",
    "99999999999999999999",
    "-1",
    "0x1F",
    ".nan",
    "\t",
    "\n",
    "\n  ",
    "#",
    "|",
    ">",
    "record.x | map(\"states\")",
    "{{ [record.name] | tuple }}",
    "{{ 1 / 0 }}",
    "{{ record.name * 99999 }}",
    "(((((",
    "é😀\u{0}",
    "submit:",
    "use: a",
    "if: record",
    "xpath=//",
    "\\",
    "%d",
    "required: 5",
    "properties: []",
    "$ref: '#/x'",
    "pattern: '('",
    "type: 7",
];

fn mutated() -> impl Strategy<Value = String> {
    let edit = (
        any::<prop::sample::Index>(),
        0_usize..30,
        prop::sample::select(PIECES),
    );
    prop::collection::vec(edit, 1..5).prop_map(|edits| {
        let mut chars: Vec<char> = GOOD.chars().collect();
        for (at, gone, piece) in edits {
            let start = at.index(chars.len());
            let end = (start + gone).min(chars.len());
            chars.splice(start..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

/// Any JSON, with names that the schema knows now and then.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("31-12-1990")),
    ];
    let name = prop_oneof![
        Just("dob".to_owned()),
        Just("state".to_owned()),
        Just("mobile".to_owned()),
        ".{0,8}"
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_definition_is_read_or_refused(text in mutated()) {
        survives(&text);
    }

    #[test]
    fn garbage_is_refused(text in "\\PC{0,200}") {
        survives(&text);
    }

    #[test]
    fn any_json_is_checked(record in any_json()) {
        let _ = RULES.check(&record, jiff::civil::date(2026, 11, 24));
        let _ = RULES.sensitive(&record);
    }

    #[test]
    fn any_row_is_read(cells in prop::collection::vec((".{0,12}", ".{0,12}"), 0..6)) {
        let (headers, row): (Vec<String>, Vec<String>) = cells.into_iter().unzip();
        let _ = RULES.from_row(&headers, &row);
    }
}

#[test]
fn every_cut_of_the_good_definition_is_survived() {
    let ends = GOOD.char_indices().map(|(end, _)| end);
    for end in ends.step_by(7) {
        survives(&GOOD[..end]);
    }
}

#[test]
fn deep_brackets_are_refused() {
    survives(&"[".repeat(5_000));
    survives(&format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)));
}

#[test]
fn deep_maps_are_refused() {
    survives(&"{a: ".repeat(5_000));
}

#[test]
fn deep_lists_are_refused() {
    survives(&"- ".repeat(5_000));
    for depth in [60, 120, 1_000] {
        let levels: Vec<String> = (0..depth)
            .map(|level| format!("{}a:", " ".repeat(level)))
            .collect();
        survives(&levels.join(
            "
",
        ));
    }
}

#[test]
fn deep_steps_are_read_or_refused() {
    for depth in 1..20 {
        let open = "{when: {page: {visible: '#x'}, then: [".repeat(depth);
        let close = "]}}".repeat(depth);
        let step = format!("- {open}{{click: '#y'}}{close}\n      - goto: /form");
        survives(&GOOD.replace("- goto: /form", &step));
    }
}

#[test]
fn deep_templates_are_refused() {
    let deep = format!(
        "{{{{ {}record.name{} }}}}",
        "(".repeat(3_000),
        ")".repeat(3_000)
    );
    survives(&GOOD.replace("{{ record.name }}\"}", &format!("{deep}\"}}")));
    let deep = format!("{{{{ {}record.name }}}}", "not ".repeat(3_000));
    survives(&GOOD.replace("{{ record.name }}\"}", &format!("{deep}\"}}")));
    let deep = format!("{{{{ {}record.name }}}}", "not ".repeat(120));
    survives(&GOOD.replace("{{ record.name }}\"}", &format!("{deep}\"}}")));
    let deep = format!(
        "{{{{ {}record.name{} }}}}",
        "(".repeat(230),
        ")".repeat(230)
    );
    survives(&GOOD.replace("{{ record.name }}\"}", &format!("{deep}\"}}")));
}

#[test]
fn an_alias_bomb_is_refused() {
    let bomb = (0..30).fold("a0: &a0 [x]\n".to_owned(), |text, n| {
        format!(
            "{text}a{}: &a{} [*a{n}, *a{n}, *a{n}, *a{n}]\n",
            n + 1,
            n + 1
        )
    });
    survives(&bomb);
}

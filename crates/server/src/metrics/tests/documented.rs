//! What is shown is what is documented.

use std::collections::BTreeMap;

use prometheus_client::registry::Registry;

use super::{
    super::{Format, expose::expose, reading::Reading, text::write},
    everything::{everything, places, reading},
};

const DOCUMENT: &str = include_str!("../../../../../docs/METRICS.md");

/// What is said of a family: type, unit, labels.
type Said = (String, String, Vec<String>);

/// What a text in OpenMetrics says of its families.
fn shown(text: &str) -> BTreeMap<String, Said> {
    let mut families: BTreeMap<String, Said> = BTreeMap::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["#", "TYPE", name, kind] => {
                let said = ((*kind).to_owned(), String::new(), Vec::new());
                assert!(
                    families.insert((*name).to_owned(), said).is_none(),
                    "{name} twice"
                );
            }
            ["#", "UNIT", name, unit] => {
                let said = families.get_mut(*name).unwrap();
                (*unit).clone_into(&mut said.1);
            }
            ["#", ..] => {}
            _ => {
                let (name, rest) = line.split_at(line.find(['{', ' ']).unwrap());
                let endings = ["_total", "_info", "_bucket", "_sum", "_count"];
                let bare = endings.iter().find_map(|ending| name.strip_suffix(ending));
                let name = bare
                    .filter(|bare| families.contains_key(*bare))
                    .unwrap_or(name);
                families.get_mut(name).unwrap().2 = labels(rest);
            }
        }
    }
    let full = |(name, said): (String, Said)| {
        let ending = match said.0.as_str() {
            "counter" => "_total",
            "info" => "_info",
            _ => "",
        };
        (name + ending, said)
    };
    families.into_iter().map(full).collect()
}

fn labels(rest: &str) -> Vec<String> {
    let Some(inner) = rest
        .strip_prefix('{')
        .and_then(|rest| rest.split('}').next())
    else {
        return Vec::new();
    };
    let names = inner.split("\",").filter_map(|pair| pair.split('=').next());
    names
        .filter(|name| *name != "le")
        .map(ToOwned::to_owned)
        .collect()
}

/// What the document says of them.
fn documented() -> BTreeMap<String, Said> {
    let rows = DOCUMENT.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let labels = cells[4]
            .split_whitespace()
            .map(|label| label.trim_matches('`').to_owned());
        assert!(matches!(cells[5], "store" | "server"), "{row}");
        assert!(!cells[6].is_empty(), "{row}");
        let said = (cells[2].to_owned(), cells[3].to_owned(), labels.collect());
        (cells[1].trim_matches('`').to_owned(), said)
    })
    .collect()
}

#[test]
fn what_is_shown_is_documented_and_what_is_documented_is_shown() {
    let text = write(&everything(), Format::OpenMetrics);
    let (shown, documented) = (shown(&text), documented());
    for (name, said) in &shown {
        assert_eq!(documented.get(name), Some(said), "{name}");
    }
    for name in documented.keys() {
        assert!(
            shown.contains_key(name),
            "{name} is documented and not there"
        );
    }
}

#[test]
fn every_family_has_a_figure_in_both_forms() {
    let registry = everything();
    for format in [Format::OpenMetrics, Format::Prometheus] {
        let text = write(&registry, format);
        for name in documented().keys() {
            let has_figure = text
                .lines()
                .any(|line| !line.starts_with('#') && line.starts_with(name.as_str()));
            assert!(has_figure, "{name} in {format:?}");
        }
    }
}

#[test]
fn a_store_that_does_not_answer_leaves_its_figures_out_and_says_so() {
    let mut registry = Registry::default();
    let down = Reading {
        kept: None,
        is_ready: false,
        ..reading()
    };
    expose(&down, &places(), &mut registry);
    let text = write(&registry, Format::OpenMetrics);
    for line in ["formhand_store_up 0.0", "formhand_ready 0.0"] {
        assert!(text.lines().any(|shown| shown == line), "{text}");
    }
    for name in [
        "formhand_jobs{",
        "formhand_session_state{",
        "formhand_store_ping_seconds ",
    ] {
        assert!(!text.contains(&format!("\n{name}")), "{name} in:\n{text}");
    }
}

//! The alert rules and the dashboard that are shipped: they can be read, and speak of nothing that the server does not show.

use std::collections::{BTreeMap, BTreeSet};

use promql_parser::{
    parser::{self, Expr, VectorSelector},
    util::{ExprVisitor, walk_expr},
};
use serde::Deserialize;
use serde_json::Value;

const DOCUMENT: &str = include_str!("../../../../docs/METRICS.md");
const RULES: &str = include_str!("../../../../deploy/prometheus/rules.yml");
const DASHBOARD: &str = include_str!("../../../../deploy/grafana/formhand.json");

/// Labels that Prometheus gives, or that histograms have.
const GIVEN: [&str; 2] = ["instance", "le"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    alert: String,
    expr: String,
    #[serde(default)]
    r#for: Option<String>,
    labels: BTreeMap<String, String>,
    annotations: BTreeMap<String, String>,
}

/// The series that the server shows, each with its labels.
fn series() -> BTreeMap<String, BTreeSet<String>> {
    let mut series = BTreeMap::new();
    for row in DOCUMENT.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let name = cells[1].trim_matches('`');
        let labels = cells[4].split_whitespace();
        let labels: BTreeSet<String> = labels.map(|label| label.trim_matches('`').into()).collect();
        let endings: &[&str] = match cells[2] {
            "histogram" => &["_bucket", "_sum", "_count"],
            _ => &[""],
        };
        for ending in endings {
            series.insert(format!("{name}{ending}"), labels.clone());
        }
    }
    series
}

/// What a query speaks of.
#[derive(Default)]
struct Spoken {
    /// Series, each with the labels that it is chosen by.
    series: Vec<(String, Vec<String>)>,
    /// Labels that figures are put together by.
    grouped: BTreeSet<String>,
}

impl ExprVisitor for Spoken {
    type Error = ();

    fn pre_visit(&mut self, expr: &Expr) -> Result<bool, ()> {
        match expr {
            Expr::VectorSelector(selector) => self.select(selector),
            Expr::MatrixSelector(matrix) => self.select(&matrix.vs),
            Expr::Aggregate(aggregate) => {
                let labels = aggregate
                    .modifier
                    .iter()
                    .flat_map(|by| by.labels().labels.clone());
                self.grouped.extend(labels);
            }
            Expr::Binary(binary) => {
                let matching = binary
                    .modifier
                    .iter()
                    .filter_map(|how| how.matching.as_ref());
                let labels = matching.flat_map(|on| on.labels().labels.clone());
                self.grouped.extend(labels);
            }
            _ => {}
        }
        Ok(true)
    }
}

impl Spoken {
    fn of(query: &str) -> Self {
        let query = query
            .replace("$__rate_interval", "5m")
            .replace("$__range", "6h");
        let expr = parser::parse(&query).unwrap_or_else(|error| panic!("{error} in {query}"));
        let mut spoken = Self::default();
        walk_expr(&mut spoken, &expr).unwrap();
        spoken
    }

    fn select(&mut self, selector: &VectorSelector) {
        let name = selector.name.clone().expect("a series has a name");
        let matchers = selector.matchers.matchers.iter();
        let labels = matchers.map(|matcher| matcher.name.clone()).collect();
        self.series.push((name, labels));
    }
}

/// Whether all that a query speaks of is there.
fn check(query: &str) {
    let (known, spoken) = (series(), Spoken::of(query));
    assert!(!spoken.series.is_empty(), "{query} speaks of nothing");
    let mut there: BTreeSet<&str> = GIVEN.into();
    for (name, labels) in &spoken.series {
        let known = known.get(name);
        let known = known.unwrap_or_else(|| panic!("{name} is not shown, but in {query}"));
        for label in labels {
            assert!(
                known.contains(label) || GIVEN.contains(&label.as_str()),
                "{name} has no label {label}, but in {query}"
            );
        }
        there.extend(known.iter().map(String::as_str));
    }
    for label in &spoken.grouped {
        assert!(
            there.contains(label.as_str()),
            "nothing has a label {label}: {query}"
        );
    }
}

#[test]
fn the_alert_rules_speak_of_what_is_shown_and_say_what_to_do() {
    let rules: Rules = serde_saphyr::from_str(RULES).unwrap();
    let mut names = BTreeSet::new();
    for group in &rules.groups {
        assert!(names.insert(group.name.as_str()), "{} twice", group.name);
        for rule in &group.rules {
            check(&rule.expr);
            let name = rule.alert.as_str();
            assert!(names.insert(name), "{name} twice");
            let lasts = rule.r#for.as_deref().unwrap_or("0s");
            assert!(
                lasts
                    .trim_end_matches(['s', 'm', 'h'])
                    .parse::<u32>()
                    .is_ok(),
                "{name}"
            );
            let severity = rule.labels.get("severity").map(String::as_str);
            assert!(matches!(severity, Some("critical" | "warning")), "{name}");
            let keys: Vec<&str> = rule.annotations.keys().map(String::as_str).collect();
            assert_eq!(keys, ["description", "summary"], "{name}");
            said_labels_are_there(rule);
        }
    }
    assert!(names.len() > 20, "{names:?}");
}

/// A label that the words use is one that the result still has.
fn said_labels_are_there(rule: &Rule) {
    let spoken = Spoken::of(&rule.expr);
    for text in rule.annotations.values() {
        for rest in text.split("$labels.").skip(1) {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let label = &rest[..end.unwrap_or(rest.len())];
            let is_kept = spoken.grouped.is_empty() || spoken.grouped.contains(label);
            assert!(is_kept, "{} has no {label} to tell", rule.alert);
        }
    }
}

#[test]
fn the_dashboard_speaks_of_what_is_shown() {
    let dashboard: Value = serde_json::from_str(DASHBOARD).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let mut ids = BTreeSet::new();
    let mut shown = BTreeSet::new();
    for panel in panels {
        assert!(ids.insert(panel["id"].as_u64().unwrap()), "{panel}");
        assert!(!panel["title"].as_str().unwrap().is_empty(), "{panel}");
        for target in panel["targets"].as_array().into_iter().flatten() {
            let query = target["expr"].as_str().unwrap();
            check(query);
            shown.extend(Spoken::of(query).series.into_iter().map(|(name, _)| name));
        }
    }
    // Whoever adds a family sees to it that it can be looked at, or knows why not.
    let unseen = [
        "formhand_http_requests_in_flight",
        "formhand_browser_processes",
        "formhand_metrics_reads_failed_total",
        "formhand_metrics_signals_lost_total",
        "formhand_node_draining",
        "formhand_node_unseen_seconds",
        "formhand_oldest_question_age_seconds",
        "formhand_runtime_queued_tasks",
        "formhand_runtime_tasks",
        "formhand_session_generation",
        "formhand_session_validations_total",
        "formhand_store_schema",
        "formhand_store_up",
        "formhand_intake_state",
    ];
    let shown_or_not: BTreeSet<&str> = shown.iter().map(String::as_str).chain(unseen).collect();
    for name in series().keys() {
        let is_of_process = name.starts_with("process_");
        let is_part = name.ends_with("_sum") || name.ends_with("_count");
        assert!(
            is_of_process || is_part || shown_or_not.contains(name.as_str()),
            "no panel shows {name}"
        );
    }
}

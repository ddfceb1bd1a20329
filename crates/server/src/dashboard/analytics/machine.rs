//! What this server takes of its machine: its browsers, those in excess, and memory.

use maud::{Markup, html};

use crate::http::{BrowsersView, KindView};

/// The tiles of it among the headline figures.
pub(super) fn tiles(browsers: &BrowsersView) -> [(String, &'static str); 2] {
    let excess = browsers.in_excess.map(|count| count.to_string());
    let memory = browsers.memory_bytes.map(megabytes);
    let told = |figure: Option<String>| figure.unwrap_or("–".to_owned());
    [
        (told(excess), "browsers in excess"),
        (told(memory), "memory of server and browsers"),
    ]
}

/// The table, and what is meant. `others` is how many more servers work on the store.
pub(super) fn sheet(browsers: &BrowsersView, others: usize) -> Markup {
    html! {
        section.sheet aria-labelledby="browsers-title" {
            h2 #browsers-title { "Browsers and memory" }
            p.quiet {
                "Counted by what runs in the data folder of " b { (browsers.server) } " now. A browser is in excess if it belongs "
                "to no session and to no clone that the server keeps; one that is just being started may show for a moment. "
                "Memory of browsers is what their processes do not share."
                @if others > 0 {
                    " " (others) @if others == 1 { " other server" } @else { " other servers" }
                    " of this store " @if others == 1 { "says" } @else { "say" } " the same of "
                    @if others == 1 { "its own machine." } @else { "their own machines." }
                }
            }
            @if browsers.kinds.is_empty() {
                p { "The machine did not answer in time." }
            } @else {
                (table(browsers))
            }
        }
    }
}

fn table(browsers: &BrowsersView) -> Markup {
    html! {
        div.wide {
            table.cards {
                thead {
                    tr {
                        th scope="col" { "What" }
                        th.number scope="col" { "Running" }
                        th.number scope="col" { "In excess" }
                        th.number scope="col" { "Processes" }
                        th.number scope="col" { "Memory" }
                    }
                }
                tbody {
                    @for kind in &browsers.kinds { (row(kind)) }
                    @if let Some(memory) = browsers.server_memory_bytes {
                        tr {
                            th scope="row" { "The server itself" }
                            td.number data-name="Running" { "1" }
                            td.number {}
                            td.number data-name="Processes" { "1" }
                            td.number data-name="Memory" { (megabytes(memory)) }
                        }
                    }
                }
            }
        }
    }
}

fn row(kind: &KindView) -> Markup {
    let name = match kind.kind {
        "master" => "Browsers of sessions",
        _ => "Browsers of clones",
    };
    html! {
        tr {
            th scope="row" { (name) }
            td.number data-name="Running" { (kind.running) }
            td.number data-name="In excess" { (kind.in_excess) }
            td.number data-name="Processes" { (kind.processes) }
            td.number data-name="Memory" { (megabytes(kind.memory_bytes)) }
        }
    }
}

/// In whole megabytes, as people count memory.
fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use formhand_domain::NodeId;

    use super::*;

    fn browsers(kinds: Vec<KindView>) -> BrowsersView {
        let known = !kinds.is_empty();
        BrowsersView {
            server: NodeId::new("node-a").unwrap(),
            in_excess: known.then_some(1),
            memory_bytes: known.then_some(912_000_001),
            server_memory_bytes: known.then_some(62_000_000),
            kinds,
        }
    }

    fn workers() -> KindView {
        KindView {
            kind: "worker",
            running: 3,
            in_excess: 1,
            processes: 20,
            memory_bytes: 850_000_000,
        }
    }

    #[test]
    fn what_runs_is_told_of_this_server_and_others_are_named_as_such() {
        let browsers = browsers(vec![workers()]);
        let told = tiles(&browsers).map(|(figure, _)| figure);
        assert_eq!(told, ["1", "913 MB"]);
        let alone = sheet(&browsers, 0).into_string();
        assert!(alone.contains("node-a") && alone.contains("850 MB"));
        assert!(!alone.contains("other server"));
        let text = sheet(&browsers, 2).into_string();
        assert!(text.contains("2 other servers of this store say the same"));
    }

    #[test]
    fn what_is_not_known_is_not_shown_as_none() {
        let browsers = browsers(Vec::new());
        let told = tiles(&browsers).map(|(figure, _)| figure);
        assert_eq!(told, ["–", "–"]);
        let text = sheet(&browsers, 0).into_string();
        assert!(text.contains("did not answer"));
    }
}

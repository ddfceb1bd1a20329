//! Servers.

use formhand_domain::NodeId;

use super::{
    super::{
        super::{list_nodes::Nodes, show_browsers::BrowsersView},
        operation::Operation,
        parameter::{Parameter, path},
    },
    example,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/nodes", "listNodes", "List the servers").gives::<Nodes>(
            "All that have said that they are there.",
            example!("nodes.json"),
        ),
        Operation::get(
            "/api/browsers",
            "showBrowsers",
            "Count the browsers of this server, and its memory",
        )
        .text(
            "Of the server that answers, by what runs on its machine now, also what is in excess.",
        )
        .gives::<BrowsersView>("What runs.", example!("browsers.json")),
        Operation::post(
            "/api/nodes/{id}/drain",
            "drainNode",
            "Take a server out of the work",
        )
        .text("It finishes what it has, hands its sessions over, and takes nothing more.")
        .with(node())
        .done("It is asked to.")
        .refuses(404, &["node_not_found"]),
        Operation::post(
            "/api/nodes/{id}/resume",
            "resumeNode",
            "Let a server work again",
        )
        .with(node())
        .done("It takes part again.")
        .refuses(404, &["node_not_found"]),
    ]
}

fn node() -> Parameter {
    path::<NodeId>("id", "The server's name.")
}

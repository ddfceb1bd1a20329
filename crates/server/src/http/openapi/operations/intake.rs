//! Intake.

use formhand_domain::SourceName;

use super::{
    super::{
        super::{
            drop_quarantine::{self, DroppedView},
            list_quarantine::QuarantineView,
            list_sources::SourcesView,
            retry_quarantine::{self, RetriedView},
            source_view::SourceView,
        },
        operation::Operation,
        parameter::{Parameter, path, query},
    },
    example, limit,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/intake", "listSources", "List the sources")
            .text("The collections of this server's configuration, and those that the store knows.")
            .gives::<SourcesView>("The sources.", example!("sources.json")),
        Operation::get("/api/intake/{name}", "showSource", "Show a source")
            .with(source())
            .gives::<SourceView>("The source.", example!("source.json"))
            .refuses(404, &["source_not_found"]),
        Operation::get("/api/intake/{name}/quarantine", "listQuarantine", "List documents that could not be taken")
            .text("In the order of the documents' ids.")
            .with(source())
            .with(limit())
            .with(query::<String>("after", "The `next` of the page before."))
            .gives::<QuarantineView>("A page of the quarantine.", example!("quarantine.json"))
            .refuses(404, &["source_not_found"]),
        Operation::post("/api/intake/{name}/quarantine/retry", "retryQuarantine", "Look at documents once more")
            .text("Looks at them as they are now: at one of them, or at the next hundred of all.")
            .with(source())
            .takes::<retry_quarantine::Which>("Which.", example!("quarantine-retry.json"))
            .gives::<RetriedView>("What came of it.", example!("retried.json"))
            .refuses(404, &["document_not_found", "source_not_found"])
            .refuses(409, &["source_elsewhere"])
            .refuses(503, &["source_unavailable"]),
        Operation::post("/api/intake/{name}/quarantine/drop", "dropQuarantine", "Forget documents")
            .text("Say which, or that it is to be all of them. A document that changes later is looked at like any other.")
            .with(source())
            .needs::<drop_quarantine::Which>("Either `document`, or `all`.", example!("quarantine-drop.json"))
            .gives::<DroppedView>("How many there were.", example!("dropped.json"))
            .refuses(404, &["document_not_found", "source_not_found"])
            .refuses(409, &["source_elsewhere"])
            .refuses(503, &["source_unavailable"]),
    ]
}

fn source() -> Parameter {
    path::<SourceName>("name", "The source.")
}

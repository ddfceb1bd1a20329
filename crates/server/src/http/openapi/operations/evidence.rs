//! Evidence.

use schemars::SchemaGenerator;

use super::{
    super::{
        super::{evidence_link::Link, list_evidence::EvidenceView},
        operation::{Content, Operation, Shape},
        parameter::{path, query},
        schemas::SchemaOf,
    },
    example, job,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/jobs/{id}/evidence",
            "listEvidence",
            "List what is kept of a job",
        )
        .text("Pictures, pages, logs and documents of its attempts, oldest attempt first.")
        .with(job())
        .gives::<EvidenceView>("The files.", example!("evidence.json"))
        .refuses(404, &["job_not_found"]),
        file(Operation::get(
            "/api/jobs/{id}/evidence/{attempt}/{name}",
            "getEvidenceFile",
            "Get a file of an attempt",
        )),
        file(Operation::get(
            "/api/jobs/{id}/evidence/{attempt}/documents/{name}",
            "getEvidenceDocument",
            "Get a document that the portal made",
        )),
    ]
}

fn file(operation: Operation) -> Operation {
    let contents = [
        "application/octet-stream",
        "application/pdf",
        "image/png",
        "text/html; charset=utf-8",
        "text/plain; charset=utf-8",
    ];
    let anything: SchemaOf = |_| schemars::json_schema!({"description": "The file."});
    let link = Shape::AnyOf(vec![SchemaGenerator::subschema_for::<Link>, anything]);
    let link = Content::of(
        "application/json",
        link,
        Some(example!("evidence-link.json")),
    );
    let contents = contents.into_iter().map(Content::bytes);
    operation
        .text(
            "What is in it was said by a portal. With `link` the answer is a \
             signed address instead, under which whoever has it may read the file for so long.",
        )
        .with(job())
        .with(path::<u32>("attempt", "The attempt, from 1."))
        .with(path::<String>("name", "The file's name."))
        .with(query::<String>(
            "link",
            "How long a signed address in object storage is to live, such as `1h`; at most 7 days.",
        ))
        .answers(
            200,
            "The file, or with `link` its signed address.",
            contents.chain([link]).collect(),
        )
        .header(
            "Content-Disposition",
            "The file's name, and whether it may be shown: a document never is.",
        )
        .refuses(404, &["evidence_not_found", "job_not_found"])
        .refuses(409, &["not_in_object_storage"])
}

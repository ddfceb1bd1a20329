//! Jobs: handed in, listed, counted.

use formhand_domain::{
    AccountName, BusinessKey, CallerId, FlowName, IdempotencyKey, JobId, PortalName, Status,
};
use schemars::SchemaGenerator;
use serde_json::json;

use super::{
    super::{
        super::{
            JobView, list_jobs::Page, outcomes::OutcomesView, stats::StatsView,
            submit_jobs::Results,
        },
        Time,
        operation::{Content, Operation, Shape},
        parameter::{header, path, query},
    },
    example, job, limit,
};
use crate::records::Envelope;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        submit(),
        list(),
        Operation::get("/api/jobs/stats", "countJobs", "Count the jobs")
            .text("By status, portal and account.")
            .gives::<StatsView>("How many jobs there are.", example!("job-stats.json")),
        Operation::get(
            "/api/jobs/outcomes",
            "countOutcomes",
            "Count how jobs ended, by hour",
        )
        .with(query::<Time>(
            "from",
            "The beginning of the span; 24 hours before its end if not said.",
        ))
        .with(query::<Time>(
            "until",
            "Its end; now if not said. The span has 366 days at most.",
        ))
        .gives::<OutcomesView>(
            "The hours in which a job ended.",
            example!("job-outcomes.json"),
        ),
        Operation::get("/api/jobs/{id}", "showJob", "Show a job")
            .text("With its changes of status, its failures and the names of its files.")
            .with(job())
            .gives::<JobView>("The job.", example!("job.json"))
            .refuses(404, &["job_not_found"]),
        Operation::get(
            "/api/jobs/{id}/sight",
            "seeJob",
            "See what its browser shows",
        )
        .text("A masked picture of the page that the job works on, as this server sees it now.")
        .with(job())
        .answers(200, "The picture.", vec![Content::bytes("image/png")])
        .done("No browser of this server works on the job.")
        .refuses(404, &["job_not_found"])
        .refuses(503, &["no_picture"]),
        Operation::get(
            "/api/job-status/{captchaId}",
            "showJobOfCaller",
            "Show the job of an id of your own",
        )
        .text("The one job of that id that is alive or filed, else the newest.")
        .with(path::<CallerId>("captchaId", "Your own id of the record."))
        .gives::<JobView>("The job.", example!("job.json"))
        .refuses(404, &["job_not_found"]),
    ]
}

fn submit() -> Operation {
    let shape = Shape::OneOrMany(SchemaGenerator::subschema_for::<Envelope>);
    let bodies = vec![
        Content::of("application/json", shape, Some(example!("new-job.json"))),
        Content::text("application/x-ndjson", Some(example!("new-jobs.jsonl"))),
        Content::text("text/csv", Some(example!("new-jobs.csv"))),
    ];
    let replayed = Shape::AnyOf(vec![
        SchemaGenerator::subschema_for::<Results>,
        SchemaGenerator::subschema_for::<JobView>,
    ]);
    let many = Content::of(
        "application/json",
        replayed,
        Some(example!("record-results.json")),
    );
    Operation::post("/api/jobs", "submitJobs", "Hand in records")
        .text(
            "One record as a JSON object, or up to 10,000 as an array, as JSON Lines or as CSV with a header line. A request that \
             cannot be read is refused as a whole. After that each record has a result of its own, in the order of the request. \
             What is acknowledged is durable. The query says where records go that do not say it themselves; a CSV can say it \
             nowhere else. Send an `Idempotency-Key`, and repeat the call with it after a lost answer.",
        )
        .with(query::<PortalName>("portal", "The portal, where a record says none."))
        .with(query::<FlowName>("flow", "The flow, where a record says none."))
        .with(query::<AccountName>("account", "The account, where a record says none."))
        .with(header::<IdempotencyKey>(
            "Idempotency-Key",
            "Your name for this call. Of many records the third has `KEY#3`, which has to fit as well.",
        ))
        .takes_one_of("The records.", true, bodies)
        .answers(201, "One record was sent, and there is a job of it now.", vec![Content::json::<JobView>(example!("job-new.json"))])
        .header("Location", "Where the job is.")
        .answers(
            200,
            "Many records were sent: what became of each. Or one was sent again with its key: its job.",
            vec![many],
        )
        .header("Idempotency-Replayed", "`true`, if one record was sent again.")
        .refuses(400, &["malformed_id"])
        .refuses(409, &["duplicate_key"])
        .refuses(415, &["unsupported_media_type"])
        .refuses(
            422,
            &["ambiguous_target", "invalid_record", "unknown_account", "unknown_flow", "unknown_portal"],
        )
}

fn list() -> Operation {
    Operation::get("/api/jobs", "listJobs", "List jobs")
        .text("Those that fit all that is asked for, newest first, without their histories.")
        .with(
            query::<Status>(
                "status",
                "One of these. `status=a&status=b` and `status=a,b` mean the same.",
            )
            .repeated(),
        )
        .with(query::<PortalName>("portal", "Of this portal."))
        .with(query::<AccountName>("account", "Of this account."))
        .with(query::<FlowName>("flow", "Of this flow."))
        .with(query::<Time>("from", "Handed in at this time or later."))
        .with(query::<Time>("until", "Handed in before this time."))
        .with(query::<CallerId>("captchaId", "With this id of your own."))
        .with(query::<BusinessKey>(
            "businessKey",
            "With this business key.",
        ))
        .with(
            query::<String>(
                "q",
                "With words that begin so, or are so where the store is sealed, in label, captchaId, business key or receipt.",
            )
            .more(json!({"minLength": 1})),
        )
        .with(limit())
        .with(query::<JobId>("cursor", "The `next` of the page before."))
        .gives::<Page>("A page of jobs.", example!("job-page.json"))
        .refuses(400, &["malformed_id", "unknown_status"])
}

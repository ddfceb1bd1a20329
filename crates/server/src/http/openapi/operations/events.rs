//! The stream of events.

use schemars::SchemaGenerator;
use serde_json::json;

use super::{
    super::{
        super::{events::JobEventView, session_view::SessionEntryView},
        operation::{Content, Operation, Shape},
        parameter::{header, query},
        schemas::SchemaOf,
    },
    example,
};

pub(super) fn operations() -> Vec<Operation> {
    let of_job: SchemaOf = SchemaGenerator::subschema_for::<JobEventView<'static>>;
    let of_session: SchemaOf = SchemaGenerator::subschema_for::<SessionEntryView>;
    let nothing: SchemaOf = |_| schemars::json_schema!({"type": "object", "maxProperties": 0});
    let events = vec![
        (
            "job",
            of_job,
            "A job has changed. The only event with an `id`, and replayed.",
        ),
        (
            "session",
            of_session,
            "Something happened to a session. Not replayed: its history has it.",
        ),
        (
            "alert",
            of_session,
            "The same once more, if somebody has to be told now.",
        ),
        ("sessions", nothing, "Sessions are worth a look."),
        ("questions", nothing, "Questions are worth a look."),
        ("servers", nothing, "Servers are worth a look."),
    ];
    let stream = Content::of(
        "text/event-stream",
        Shape::Events(events),
        Some(example!("events.txt")),
    );
    vec![
        Operation::get("/api/events", "followEvents", "Follow what happens")
            .text(
                "Server-sent events. What happens to jobs has the number of its entry in the audit as its `id`. A reader that \
                 says where it stood gets all that happened since, in order; one that does not gets what happens from now on. \
                 `x-formhand-events` has each event's name and the schema of its data. Every 15 seconds comes a comment.",
            )
            .with(
                query::<u64>("after", "The number of the last event that is known. `0` replays all that is kept.")
                    .more(json!({"example": 2116})),
            )
            .with(header::<u64>("Last-Event-ID", "The same, as browsers send it. It counts before `after`."))
            .answers(200, "The stream. It ends when the server stops, or the token is over.", vec![stream])
            .refuses(400, &["invalid_parameter"])
            .refuses(429, &["too_many_streams"])
            .endless(),
    ]
}

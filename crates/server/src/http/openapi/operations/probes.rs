//! Probes.

use super::{
    super::{
        super::health::Health,
        operation::{Content, Operation},
    },
    example,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/livez", "isAlive", "Whether the process answers")
            .gives::<Health>("It does.", example!("health.json"))
            .still()
            .lenient(),
        Operation::get("/readyz", "isReady", "Whether jobs are taken and worked on")
            .gives::<Health>("They are.", example!("health.json"))
            .refuses(503, &["not_ready"])
            .still()
            .lenient(),
        Operation::get("/metrics", "readMetrics", "Read the figures")
            .text("For Prometheus: in OpenMetrics for whoever asks for it, else in Prometheus' own text. docs/METRICS.md has each.")
            .answers(
                200,
                "All figures. What does not answer is missing.",
                vec![
                    Content::text("application/openmetrics-text; version=1.0.0; charset=utf-8", None),
                    Content::text("text/plain; version=0.0.4; charset=utf-8", Some(example!("metrics.txt"))),
                ],
            )
            .still(),
    ]
}

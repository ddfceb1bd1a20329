//! The program, its process and its browsers.

use prometheus_client::{metrics::info::Info, registry::Registry};

use super::put::{bytes, count, figure, plain, seconds};
use crate::metrics::{
    Places,
    browsers::{Browsers, by_kind},
    labels::with,
    reading::{Machine, Reading},
};

with! {
    /// What a browser is for.
    ByKind { .. kind: &'static str }
}

/// Which program this is.
pub(super) fn build(registry: &mut Registry) {
    let labels = [("version", env!("CARGO_PKG_VERSION"))];
    registry.register("formhand_build", "Which program this is", Info::new(labels));
}

/// This process. The names are those that all programs use for it.
pub(super) fn process(reading: &Reading, places: &Places, registry: &mut Registry) {
    let process = &reading.machine.process;
    seconds("process_start_time", "When the server started, since 1970").gauge(
        registry,
        Some(places.started_at.as_duration().as_secs_f64()),
    );
    seconds("process_cpu", "Processor time of the server").counter(registry, process.cpu_seconds);
    bytes("process_resident_memory", "Memory of the server")
        .gauge(registry, process.memory_bytes.map(figure));
    plain(
        "process_open_fds",
        "Files and connections that the server has open",
    )
    .gauge(registry, process.open_files.map(count));
    plain("process_max_fds", "How many it may have open")
        .gauge(registry, process.most_open_files.map(figure));
    plain("process_threads", "Threads of the server").gauge(registry, process.threads.map(figure));
    plain(
        "formhand_runtime_tasks",
        "Tasks of the asynchronous runtime",
    )
    .gauge(registry, Some(count(reading.runtime.tasks)));
    plain(
        "formhand_runtime_queued_tasks",
        "Tasks that are ready and wait for a thread",
    )
    .gauge(registry, Some(count(reading.runtime.queued)));
}

/// The browsers of this server's data folder.
pub(super) fn browsers(machine: &Machine, registry: &mut Registry) {
    let kinds = by_kind(&machine.browsers);
    let each = |figure: fn(&Browsers) -> f64| {
        let of = move |browsers: &Browsers| {
            (
                ByKind {
                    kind: browsers.kind,
                },
                figure(browsers),
            )
        };
        kinds.iter().map(of).collect::<Vec<_>>()
    };
    plain(
        "formhand_browsers",
        "Browsers that run, by what they are for",
    )
    .gauges(registry, each(|of| count(of.running)));
    plain(
        "formhand_browsers_in_excess",
        "Browsers that run in this server's folder and that it knows nothing of",
    )
    .gauges(registry, each(|of| count(of.in_excess)));
    plain("formhand_browser_processes", "Processes of browsers")
        .gauges(registry, each(|of| count(of.processes)));
    bytes(
        "formhand_browser_memory",
        "Memory of browsers that their processes do not share",
    )
    .gauges(registry, each(|of| figure(of.memory_bytes)));
}

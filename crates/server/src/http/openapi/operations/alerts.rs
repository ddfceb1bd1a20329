//! Alerts.

use super::{
    super::{
        super::{
            list_alerts::AlertsView,
            list_silences::Silences,
            silence_alerts::Wanted,
            silence_view::SilenceView,
            test_alerts::{TriedView, Which},
        },
        operation::{Content, Operation},
        parameter::path,
    },
    example,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/alerts", "listAlerts", "See what is the matter")
            .text("Alerts that fire or are about to, silences, and whether the channels take messages.")
            .gives::<AlertsView>("What is known of alerts.", example!("alerts.json")),
        Operation::post("/api/alerts/test", "testAlerts", "Send a test message")
            .text("Sends it from this server, through one channel or all of them, and waits for what they say.")
            .takes::<Which>("Which channel; all of them if not said.", example!("alert-test-request.json"))
            .gives::<TriedView>("What became of it in each channel.", example!("alert-test.json"))
            .refuses(404, &["channel_not_found"])
            .refuses(409, &["no_channel"]),
        Operation::get("/api/alerts/silences", "listSilences", "List the silences")
            .gives::<Silences>("Those that are not over.", example!("silences.json")),
        Operation::post("/api/alerts/silences", "silenceAlerts", "Silence alerts for a while")
            .text("What fits is not told, and goes on firing. Say a rule, or a portal, or a portal and an account, or a server, or a webhook.")
            .needs::<Wanted>("What is not to be told, for how long, and why.", example!("new-silence.json"))
            .answers(201, "The silence.", vec![Content::json::<SilenceView>(example!("silence.json"))]),
        Operation::delete("/api/alerts/silences/{id}", "unsilenceAlerts", "End a silence")
            .with(path::<String>("id", "The silence."))
            .done("It is over.")
            .refuses(404, &["silence_not_found"]),
    ]
}

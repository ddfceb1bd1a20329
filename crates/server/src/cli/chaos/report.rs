//! What is printed at the end.

use std::collections::BTreeMap;

use formhand_domain::FailureCode;
use formhand_store::AuditEntry;
use serde::Serialize;

use super::{
    blow::Blow,
    storm::{Storm, Strike},
    window::Windows,
};

/// What was done to the servers.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    /// Servers that were killed.
    pub(super) kills: usize,
    /// Of these, while a job was armed.
    pub(super) kills_armed: usize,
    /// Servers that were killed at their start, before they did anything or little later.
    pub(super) still_born: usize,
    /// Servers that stood still for longer than a lease.
    pub(super) pauses: usize,
    /// Of these, from a time at which a job was armed.
    pub(super) pauses_armed: usize,
    /// Jobs that were taken from a server that stood still; of several servers, from any that let its lease end.
    pub(super) taken_over: usize,
    /// Times that whole browsers were killed.
    pub(super) browsers: usize,
    /// Times that renderers were killed.
    pub(super) renderers: usize,
    /// Times that network processes of browsers were killed.
    pub(super) networks: usize,
    /// Times that the portal ended all sessions.
    pub(super) expiries: usize,
    /// Connections that were cut when a form arrived, before or after it was filed.
    pub(super) cuts: usize,
    /// Times that nothing could be written.
    pub(super) full_disks: usize,
    /// Times that the database was killed, stood still or failed.
    pub(super) databases: usize,
    /// Of these, from a time at which a job was armed.
    pub(super) databases_armed: usize,
    /// Of all that but kills, pauses and the database, while a job was armed.
    pub(super) others_armed: usize,
}

fn is_of_database(blow: Blow) -> bool {
    matches!(
        blow,
        Blow::DatabaseKill | Blow::DatabasePause | Blow::DatabaseFault
    )
}

impl Counts {
    /// Counts a storm by what the store knows of its time.
    pub(super) fn of(storm: &Storm<'_>, audit: &[AuditEntry], windows: &Windows) -> Self {
        let count = |wanted: fn(Blow) -> bool| {
            let strikes = storm.strikes.iter();
            strikes.filter(|strike| wanted(strike.blow)).count()
        };
        let armed = |wanted: fn(Blow) -> bool| {
            let inside = |strike: &&Strike| wanted(strike.blow) && windows.contain(strike.at);
            storm.strikes.iter().filter(inside).count()
        };
        Self {
            kills: count(|blow| blow == Blow::Kill),
            kills_armed: armed(|blow| blow == Blow::Kill),
            still_born: storm.still_born,
            pauses: count(|blow| blow == Blow::Pause),
            pauses_armed: armed(|blow| blow == Blow::Pause),
            taken_over: match storm.servers.len() {
                1 => storm.taken_over,
                _ => audit
                    .iter()
                    .filter(|entry| entry.event == "lease_ended")
                    .count(),
            },
            browsers: count(|blow| matches!(blow, Blow::Workers | Blow::Master)),
            renderers: count(|blow| blow == Blow::Renderers),
            networks: count(|blow| blow == Blow::Network),
            expiries: count(|blow| blow == Blow::Expire),
            cuts: count(|blow| matches!(blow, Blow::CutBefore | Blow::CutAfter)),
            full_disks: count(|blow| blow == Blow::FullDisk),
            databases: count(is_of_database),
            databases_armed: armed(is_of_database),
            others_armed: armed(|blow| {
                !is_of_database(blow) && !matches!(blow, Blow::Kill | Blow::Pause)
            }),
        }
    }
}

/// What is kept of the attempts.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Proofs {
    /// Documents that the portal made.
    pub(super) documents: usize,
    /// Files that a job speaks of, and that are not there.
    pub(super) missing: usize,
    /// Documents of another customer, or not whole.
    pub(super) foreign: usize,
}

/// What became of the jobs.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found {
    /// Jobs that were acknowledged.
    pub(super) jobs: usize,
    /// Jobs that say they were filed.
    pub(super) filed: usize,
    /// Why the others were not, each with how often.
    pub(super) unfiled: BTreeMap<FailureCode, usize>,
    /// Times that an outcome was unknown.
    pub(super) unknown: usize,
    /// Unknown outcomes that were settled.
    pub(super) settled: usize,
    /// Jobs that were acknowledged and are gone.
    pub(super) lost: usize,
    /// Customers that the portal has more than once.
    pub(super) filed_twice: usize,
    /// Jobs that say they were filed, and were not, or under another number.
    pub(super) falsely_completed: usize,
    /// Jobs that say they were not filed, and were.
    pub(super) falsely_unfiled: usize,
    /// Jobs that did not end.
    pub(super) open: usize,
    /// Records that were handed in once more and were not told of the job that there was.
    pub(super) taken_twice: usize,
    /// Attempts whose end was not told, or twice, or without a reason.
    pub(super) told_wrongly: usize,
    /// What is kept of the attempts.
    pub(super) proofs: Proofs,
    /// Tries to bring a session back that two servers made at once.
    pub(super) healers_at_once: usize,
    /// Logins for which there was no reason.
    pub(super) logins_too_many: usize,
    /// Browsers and workers' profiles that were left when the last server had stopped.
    pub(super) left_over: usize,
}

impl Found {
    /// Whether every promise held.
    pub(super) fn is_sound(&self) -> bool {
        let broken = [
            self.lost,
            self.filed_twice,
            self.falsely_completed,
            self.falsely_unfiled,
            self.open,
            self.taken_twice,
            self.told_wrongly,
            self.proofs.missing,
            self.proofs.foreign,
            self.healers_at_once,
            self.logins_too_many,
            self.left_over,
        ];
        broken.iter().all(|count| *count == 0)
    }
}

/// For a person.
pub(super) fn text(seed: u64, counts: &Counts, found: &Found) -> String {
    let armed = |count, armed| format!("{count} ({armed} while a job was armed)");
    let processes = counts.browsers + counts.renderers + counts.networks;
    let others = processes + counts.expiries + counts.cuts + counts.full_disks;
    let done = [
        ("seed", seed.to_string()),
        ("kills", armed(counts.kills, counts.kills_armed)),
        ("killed at start", format!("{} more", counts.still_born)),
        ("pauses", armed(counts.pauses, counts.pauses_armed)),
        (
            "taken over",
            format!("{} jobs meanwhile", counts.taken_over),
        ),
        ("database", armed(counts.databases, counts.databases_armed)),
        ("others", armed(others, counts.others_armed)),
        ("  browsers", counts.browsers.to_string()),
        ("  renderers", counts.renderers.to_string()),
        ("  networks", counts.networks.to_string()),
        ("  sessions", counts.expiries.to_string()),
        ("  connections", counts.cuts.to_string()),
        ("  full disks", counts.full_disks.to_string()),
    ];
    let jobs = format!("{} ({} filed{})", found.jobs, found.filed, why_not(found));
    let proofs = &found.proofs;
    let documents = format!(
        "{} ({} not the customer's own)",
        proofs.documents, proofs.foreign
    );
    let became = [
        ("jobs", jobs),
        ("unknown", format!("{} times", found.unknown)),
        ("settled", format!("{} of these", found.settled)),
        ("lost", found.lost.to_string()),
        ("filed twice", found.filed_twice.to_string()),
        ("falsely filed", found.falsely_completed.to_string()),
        ("falsely unfiled", found.falsely_unfiled.to_string()),
        ("without an end", found.open.to_string()),
        ("taken twice", found.taken_twice.to_string()),
        ("told wrongly", format!("{} attempts", found.told_wrongly)),
        ("documents", documents),
        ("proof missing", format!("{} files", proofs.missing)),
        ("healers at once", found.healers_at_once.to_string()),
        ("logins too many", found.logins_too_many.to_string()),
        ("left over", found.left_over.to_string()),
    ];
    let verdict = if found.is_sound() {
        "every promise held"
    } else {
        "A PROMISE IS BROKEN"
    };
    format!("{}\n\n{}\n\n{verdict}", table(&done), table(&became))
}

fn table(rows: &[(&str, String)]) -> String {
    let lines = rows
        .iter()
        .map(|(name, value)| format!("{name:<18}{value}"));
    lines.collect::<Vec<String>>().join("\n")
}

fn why_not(found: &Found) -> String {
    let each = found.unfiled.iter();
    let each: Vec<String> = each
        .map(|(code, count)| format!(", {count} {code}"))
        .collect();
    each.concat()
}

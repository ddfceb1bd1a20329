//! The file as it is written. Every key may be missing.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use formhand_domain::PortalName;
use serde::Deserialize;

use super::{
    accounts::AccountSection,
    alerts::AlertsSection,
    browser::BrowserSection,
    evidence::EvidenceSection,
    intake::IntakeSection,
    limits::LimitsSection,
    log::LogSection,
    portals::PortalSection,
    retention::RetentionSection,
    secrets::SecretsSection,
    store::StoreSection,
    take_over::TakeOverSection,
    telemetry::TelemetrySection,
    text::{Count, Text},
    timing::{RetrySection, TimingSection},
    tokens::TokenSection,
    webhooks::WebhookSection,
};

/// The whole file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ConfigFile {
    pub(super) listen: Option<Text<SocketAddr>>,
    pub(super) data: Option<PathBuf>,
    pub(super) workers: Option<Count<64>>,
    pub(super) open_reads: Option<bool>,
    pub(super) token_file: Option<PathBuf>,
    pub(super) hosts: Option<Vec<String>>,
    pub(super) secure_cookies: Option<bool>,
    pub(super) portals: Option<Vec<PathBuf>>,
    pub(super) store: StoreSection,
    pub(super) secrets: SecretsSection,
    pub(super) timing: TimingSection,
    pub(super) retry: RetrySection,
    pub(super) take_over: TakeOverSection,
    pub(super) evidence: EvidenceSection,
    pub(super) retention: RetentionSection,
    pub(super) browser: BrowserSection,
    pub(super) limits: LimitsSection,
    pub(super) log: LogSection,
    pub(super) tokens: Vec<TokenSection>,
    pub(super) alerts: AlertsSection,
    pub(super) webhooks: Vec<WebhookSection>,
    pub(super) telemetry: TelemetrySection,
    pub(super) accounts: Vec<AccountSection>,
    pub(super) intake: Vec<IntakeSection>,
    pub(super) portal: BTreeMap<PortalName, PortalSection>,
}

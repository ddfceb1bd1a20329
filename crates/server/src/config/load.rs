//! From the files to the values.

use std::{
    collections::BTreeMap,
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use formhand_domain::PortalName;
use formhand_engine::{Retention, Timing};

use super::{
    AccountConfig, AlertsConfig, BrowserConfig, ConfigError, EvidenceConfig, IntakeConfig,
    LimitsConfig, LogConfig, PortalOverride, RecordSeal, SecretsConfig, StoreConfig,
    TelemetryConfig, TokenConfig, WebhookConfig, WebhooksConfig, accounts::AccountSection,
    file::ConfigFile, here::Here, intake::IntakeSection, timing::contradiction,
    webhooks::WebhookSection,
};

/// Every key with its default and what it means.
pub const DEFAULT_CONFIG: &str = include_str!("default-config.toml");

/// The file that is read when none is named.
const USUAL_FILE: &str = "formhand.toml";

/// All that can be chosen.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file it was read from; nothing if the defaults are all there is.
    pub file: Option<PathBuf>,
    /// Where the HTTP API listens.
    pub listen: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// How many jobs are worked on at once.
    pub workers: usize,
    /// Whether reading needs no token.
    pub open_reads: bool,
    /// The file with the API's token.
    pub token_file: Option<PathBuf>,
    /// Names of this server.
    pub hosts: Vec<String>,
    /// Whether the cookie of a login goes over https only, whatever a request says of how it came.
    pub secure_cookies: bool,
    /// Who else may use the API.
    pub tokens: Vec<TokenConfig>,
    /// How much a client may ask, and how slowly.
    pub limits: LimitsConfig,
    /// The portal definitions.
    pub portals: Vec<PathBuf>,
    /// Other addresses of portals.
    pub portal_overrides: BTreeMap<PortalName, PortalOverride>,
    /// The logins.
    pub accounts: Vec<AccountConfig>,
    /// Where jobs and sessions are kept.
    pub store: StoreConfig,
    /// What records are sealed with there.
    pub records: RecordSeal,
    /// The sealed file of secrets.
    pub secrets: Option<Arc<SecretsConfig>>,
    /// Collections that records are taken from.
    pub intake: Vec<IntakeConfig>,
    /// Leases, retries and deadlines.
    pub timing: Timing,
    /// What is kept of attempts.
    pub evidence: EvidenceConfig,
    /// How long what belongs to ended jobs is kept.
    pub retention: Retention,
    /// The browsers.
    pub browser: BrowserConfig,
    /// Logging.
    pub log: LogConfig,
    /// What is watched, and who is told.
    pub alerts: AlertsConfig,
    /// Who is told what becomes of jobs.
    pub webhooks: WebhooksConfig,
    /// Where traces go.
    pub telemetry: TelemetryConfig,
}

impl Config {
    /// Reads the file, or `formhand.toml` of the present folder if there is one, over the defaults.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let defaults = Self::defaults()?;
        let (path, asked_for) = match file {
            Some(path) => (path, true),
            None => (Path::new(USUAL_FILE), false),
        };
        match fs::read_to_string(path) {
            Ok(text) => defaults.with(path, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !asked_for => Ok(defaults),
            Err(source) => Err(ConfigError::Unreadable {
                file: path.to_owned(),
                source,
            }),
        }
    }

    /// The defaults alone.
    pub fn defaults() -> Result<Self, ConfigError> {
        let nothing = Self {
            file: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 7070)),
            data: PathBuf::new(),
            workers: 0,
            open_reads: false,
            token_file: None,
            hosts: Vec::new(),
            secure_cookies: false,
            tokens: Vec::new(),
            limits: LimitsConfig::default(),
            portals: Vec::new(),
            portal_overrides: BTreeMap::new(),
            accounts: Vec::new(),
            store: StoreConfig::default(),
            records: RecordSeal::default(),
            secrets: None,
            intake: Vec::new(),
            timing: Timing::default(),
            evidence: EvidenceConfig::default(),
            retention: Retention::default(),
            browser: BrowserConfig::default(),
            log: LogConfig::default(),
            alerts: AlertsConfig::default(),
            webhooks: WebhooksConfig::default(),
            telemetry: TelemetryConfig::default(),
        };
        let defaults = nothing.with(Path::new("default-config.toml"), DEFAULT_CONFIG)?;
        Ok(Self {
            file: None,
            ..defaults
        })
    }

    /// Puts the text of a file over what is known.
    pub(crate) fn with(self, path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file: ConfigFile = toml::from_str(text)
            .map_err(|error| ConfigError::malformed(path.to_owned(), text, &error))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let contradicts = |message| ConfigError::Contradiction {
            file: path.display().to_string(),
            message,
        };
        let secrets = file.secrets.resolve(folder).map_err(contradicts)?;
        let secrets = secrets.map(Arc::new).or(self.secrets);
        let folder = &Here::new(folder, secrets.clone());
        let here = |path: PathBuf| folder.join(path);
        let mut timing = file.timing.over(&self.timing);
        timing.retry = file.retry.over(timing.retry);
        timing.take_over = file.take_over.over(&timing.take_over);
        if let Some(message) = contradiction(&timing) {
            return Err(contradicts(message));
        }
        let accounts = accounts(file.accounts, folder).map_err(contradicts)?;
        let tokens: Vec<TokenConfig> = file
            .tokens
            .into_iter()
            .map(|token| token.resolve(folder).map_err(contradicts))
            .collect::<Result<_, _>>()?;
        if let Some(twice) = repeated(tokens.iter().map(|token| &token.name)) {
            return Err(contradicts(format!("token {twice} is there twice")));
        }
        let store = file.store.over((self.store, self.records), folder);
        let (store, records) = store.map_err(contradicts)?;
        let evidence = file.evidence.over(self.evidence, folder);
        let evidence = evidence.map_err(contradicts)?;
        let webhooks = webhooks(file.webhooks, folder).map_err(contradicts)?;
        let intake = sources(file.intake, &store, folder).map_err(contradicts)?;
        Ok(Self {
            file: Some(path.to_owned()),
            listen: file.listen.map_or(self.listen, |listen| listen.0),
            data: file.data.map_or(self.data, here),
            workers: file.workers.map_or(self.workers, |count| count.0 as usize),
            open_reads: file.open_reads.unwrap_or(self.open_reads),
            token_file: file.token_file.map(here).or(self.token_file),
            hosts: file.hosts.unwrap_or(self.hosts),
            secure_cookies: file.secure_cookies.unwrap_or(self.secure_cookies),
            tokens,
            limits: file.limits.over(self.limits),
            portals: file
                .portals
                .map_or(self.portals, |paths| paths.into_iter().map(here).collect()),
            portal_overrides: file
                .portal
                .into_iter()
                .map(|(name, section)| (name, section.into()))
                .collect(),
            accounts,
            store,
            records,
            secrets,
            intake,
            timing,
            evidence,
            retention: file.retention.over(self.retention),
            browser: file.browser.over(self.browser, folder),
            log: file.log.over(self.log),
            alerts: file.alerts.over(self.alerts, folder).map_err(contradicts)?,
            webhooks,
            telemetry: file.telemetry.over(self.telemetry),
        })
    }
}

fn accounts(sections: Vec<AccountSection>, folder: &Here) -> Result<Vec<AccountConfig>, String> {
    let accounts: Vec<AccountConfig> = sections
        .into_iter()
        .map(|account| account.resolve(folder))
        .collect::<Result<_, _>>()?;
    match repeated(accounts.iter().map(|account| &account.key)) {
        Some(twice) => Err(format!("account {twice} is there twice")),
        None => Ok(accounts),
    }
}

fn sources(
    sections: Vec<IntakeSection>,
    store: &StoreConfig,
    folder: &Here,
) -> Result<Vec<IntakeConfig>, String> {
    let intake: Vec<IntakeConfig> = sections
        .into_iter()
        .map(|source| source.resolve(folder))
        .collect::<Result<_, _>>()?;
    if let Some(twice) = repeated(intake.iter().map(|source| &source.name)) {
        return Err(format!("intake {twice} is there twice"));
    }
    match intake.first() {
        Some(source) if *store == StoreConfig::Sqlite => Err(format!(
            "intake {} needs a store on MongoDB: expected url, url_env or url_file in [store]",
            source.name
        )),
        _ => Ok(intake),
    }
}

fn webhooks(sections: Vec<WebhookSection>, folder: &Here) -> Result<WebhooksConfig, String> {
    let sections = sections.into_iter();
    let webhooks: Vec<WebhookConfig> = sections
        .map(|webhook| webhook.resolve(folder))
        .collect::<Result<_, _>>()?;
    match repeated(webhooks.iter().map(|webhook| &webhook.name)) {
        Some(twice) => Err(format!("webhook {twice} is there twice")),
        None => Ok(WebhooksConfig(webhooks)),
    }
}

/// The first that is there twice.
pub(super) fn repeated<'a, T: PartialEq + ?Sized>(
    names: impl Iterator<Item = &'a T>,
) -> Option<&'a T> {
    let names: Vec<&T> = names.collect();
    let mut indexes = 0..names.len();
    let index = indexes.find(|index| names[..*index].contains(&names[*index]))?;
    Some(names[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> String {
        let defaults = Config::defaults().unwrap();
        defaults
            .with(Path::new("conf/formhand.toml"), text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_printed_defaults_are_the_engines_own() {
        let config = Config::defaults().unwrap();
        let timing = Timing::default();
        assert_eq!(config.timing.lease, timing.lease);
        assert_eq!(config.timing.renew_every, timing.renew_every);
        assert_eq!(config.timing.retry, timing.retry);
        assert_eq!((config.workers, config.data), (3, PathBuf::from("data")));
    }

    #[test]
    fn an_unknown_key_is_shown_with_the_valid_ones() {
        insta::assert_snapshot!(mistake("workers = 2\nlisen = \"127.0.0.1:1\"\n"), @r#"
        conf/formhand.toml:2:1: unknown field `lisen`, expected one of `listen`, `data`, `workers`, `open_reads`, `token_file`, `hosts`, `secure_cookies`, `portals`, `store`, `secrets`, `timing`, `retry`, `take_over`, `evidence`, `retention`, `browser`, `limits`, `log`, `tokens`, `alerts`, `webhooks`, `telemetry`, `accounts`, `intake`, `portal`
          |
        2 | lisen = "127.0.0.1:1"
          | ^^^^^
        "#);
        insta::assert_snapshot!(mistake("[timing]\nleese = \"3s\"\n"), @r#"
        conf/formhand.toml:2:1: unknown field `leese`, expected one of `lease`, `renew_every`, `margin`, `step`, `stale_sessions`, `session_wait`
          |
        2 | leese = "3s"
          | ^^^^^
        "#);
    }

    #[test]
    fn a_wrong_value_is_shown_with_an_example() {
        insta::assert_snapshot!(mistake("listen = \"7070\""), @r#"
        conf/formhand.toml:1:10: "7070" is not valid: expected an IP address and a port such as "127.0.0.1:7070"
          |
        1 | listen = "7070"
          |          ^^^^^^
        "#);
        insta::assert_snapshot!(mistake("workers = 0"), @"
        conf/formhand.toml:1:11: 0 is out of range: expected 1 to 64
          |
        1 | workers = 0
          |           ^
        ");
        insta::assert_snapshot!(mistake("[timing]\nlease = \"soon\""), @r#"
        conf/formhand.toml:2:9: "soon" is not valid: expected a length of time above zero such as "30s" or "1m 30s"
          |
        2 | lease = "soon"
          |         ^^^^^^
        "#);
        insta::assert_snapshot!(mistake("[log]\nformat = \"xml\""), @r#"
        conf/formhand.toml:2:10: unknown variant `xml`, expected `readable` or `json`
          |
        2 | format = "xml"
          |          ^^^^^
        "#);
        insta::assert_snapshot!(mistake("[[accounts]]\nportal = \"p\"\nname = \"m\"\nuser = \"u\"\nsolver = \"magic\""), @r#"
        conf/formhand.toml:5:10: invalid value: string "magic", expected "ocr", "human", { command = ["program", "argument"] } or { http = "http://127.0.0.1:8090/solve", token_env = "VARIABLE" }
          |
        5 | solver = "magic"
          |          ^^^^^^^
        "#);
        let account = "[[accounts]]\nportal = \"p\"\nname = \"m\"\nuser = \"u\"\n";
        let of_account = |line: &str| mistake(&format!("{account}{line}"));
        insta::assert_snapshot!(of_account("solver = { http = \"https://captcha.example/?key=k\" }"), @r#"
        conf/formhand.toml:5:10: a captcha service is reached by http, and https is not spoken here: put a proxy before a service that wants TLS, such as "http://127.0.0.1:8090/solve"
          |
        5 | solver = …
          |          ^
        "#);
        insta::assert_snapshot!(of_account("one_time_code = \"GEZDGNBV\""), @r#"
        conf/formhand.toml:5:17: expected "human", { totp_env = "VARIABLE" } or { totp_file = "PATH" }
          |
        5 | one_time_code = …
          |                 ^
        "#);
        insta::assert_snapshot!(mistake("workers 3"), @"
        conf/formhand.toml:1:9: key with no value, expected `=`
          |
        1 | workers 3
          |         ^
        ");
    }

    #[test]
    fn values_that_do_not_go_together_are_refused() {
        insta::assert_snapshot!(mistake("[timing]\nlease = \"20s\""), @"conf/formhand.toml: timing.renew_every is 10s and timing.lease 20s: expected at most a third of it");
        insta::assert_snapshot!(mistake("[timing]\nmargin = \"25s\""), @"conf/formhand.toml: timing.margin is 25s, and a lease of 30s that is renewed every 10s never has that left: expected less than timing.lease minus timing.renew_every");
        insta::assert_snapshot!(mistake("[[accounts]]\nportal = \"p\"\nname = \"m\"\nuser = \"u\""), @"conf/formhand.toml: account p/m has no password: expected password_env or password_file");
    }

    #[test]
    fn kf43_a_password_in_the_file_is_refused_and_not_repeated() {
        let text = "[[accounts]]\nportal = \"p\"\nname = \"m\"\nuser = \"u\"\npassword = \"correct horse\"\n";
        let shown = mistake(text);
        assert!(!shown.contains("correct"), "{shown}");
        insta::assert_snapshot!(shown, @r#"
        conf/formhand.toml:5:12: a password must not stand in this file, which is copied and shown around: use password_env = "VARIABLE" or password_file = "PATH"
          |
        5 | password = …
          |            ^
        "#);
    }

    #[test]
    fn kf24_an_account_is_named_and_its_password_is_elsewhere() {
        let text = "[[accounts]]\nportal = \"p\"\nname = \"m\"\nuser = \"u\"\npassword_file = \"s/pw\"\n\
                    solver = { command = [\"./solve\", \"-v\"] }\n";
        let config = Config::defaults()
            .unwrap()
            .with(Path::new("conf/formhand.toml"), text)
            .unwrap();
        assert_eq!(
            config.accounts[0].password,
            SecretSource::File("conf/s/pw".into())
        );
        assert!(matches!(
            config.accounts[0].password.read(),
            Err(SecretError::NoFile { .. })
        ));
    }

    use super::super::{SecretError, SecretSource};
}

//! Logs hold nobody's data.

use std::{
    io,
    sync::{Arc, Mutex},
};

use formhand_engine::{OneTimeCodeSetup, SolverSetup};
use formhand_practice::{FaultName, Step, User, UserState};
use formhand_testkit::{Customer, World, WorldOptions, practice_portal};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::support::{answer, hits, questions, save_requests};

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("nobody panicked")).to_lowercase()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .expect("nobody panicked")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

const CRATES: &str = "formhand_domain=trace,formhand_store=trace,formhand_portal=trace,formhand_browser=trace,formhand_evidence=trace,formhand_engine=trace";

const CODE: &str = "739152";

fn customer(number: u32) -> Customer {
    Customer::number(number)
        .with("firstName", "Quintessa")
        .with("lastName", "Zephyrine")
        .with("fatherName", "Thaddeus")
        .with("flatNo", "77-QX")
        .with("road", "Marmalade Crescent")
        .with("areaAndLocality", "Pumpernickel Nagar")
        .with("email", "quintessa@zephyrine.example")
        .with("mobile", "9876501234")
        .with("dob", "17-09-1987")
        .with("engineNumber", format!("ZQENGINE{number:04}"))
        .with("chassisNumber", format!("ZQCHASSIS{number:04}"))
        .with("pinCode", "575001")
}

#[tokio::test(flavor = "multi_thread")]
async fn kf43_no_value_of_a_record_no_password_and_no_answer_of_a_person_is_logged() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(CRATES))
        .with_ansi(false)
        // Its digits could be those of the code.
        .without_time()
        .with_writer(log.clone());
    subscriber
        .try_init()
        .expect("no other test of this program logs");

    let mut failing = hits(FaultName::ValueAltered, 2)
        .step(Step::Calculate)
        .alters("EngineNumberVehicle", "ZQALTERED");
    failing.only.get_or_insert_default().chassis = Some("ZQCHASSIS0002".into());
    let users = [User::new("zq.broker", "zq-hush-hush").with_state(UserState::Otp)];
    let mut options = WorldOptions::default().users(users).faults([failing]);
    options.practice.otp = CODE.to_owned();
    options.one_time_code = OneTimeCodeSetup::Human;
    let world = World::with(options).await;
    let records = [
        customer(1).record(),
        customer(2).record(),
        customer(3).without("email").record(),
    ];
    let person = async { answer(&world, &questions(&world, 1).await[0], CODE).await };
    let (jobs, ()) = tokio::join!(world.file_all(records.clone()), person);
    let statuses: Vec<&str> = jobs.iter().map(|job| job.status().as_str()).collect();
    assert_eq!(
        statuses,
        ["completed", "failed_login_form", "failed_validation"]
    );
    assert_eq!(save_requests(&world.practice), 1);
    let rules = practice_portal(world.practice.url())
        .flows
        .into_values()
        .next()
        .expect("a flow")
        .record;
    world.end().await;

    // A captcha that is never right, so that its answer can be known.
    let solver = SolverSetup::Command {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), "cat >/dev/null; echo ZQJX".into()],
    };
    let options = WorldOptions {
        solver,
        ..WorldOptions::default()
    }
    .captcha()
    .adapt(|portal| portal.session.budget.logins = 2);
    let world = World::with(options).await;
    let id = world.submit(customer(4).record()).await.job.id;
    world
        .when_history(id, "to be given back", |history| {
            history.iter().any(|entry| entry.event == "release")
        })
        .await;
    world.end().await;

    let text = log.text();
    assert!(
        text.contains("login") && text.contains(&jobs[0].id.to_string().to_lowercase()),
        "nothing was logged"
    );
    let personal = records.iter().flat_map(|record| rules.sensitive(record));
    let secret = [
        "zq-hush-hush",
        "ZQJX",
        "ZQALTERED",
        "not-a-real-password",
        CODE,
    ]
    .map(str::to_owned);
    for value in personal
        .chain(secret)
        .filter(|value| value.len() >= 4 && value != "true" && value != "false")
    {
        let value = value.to_lowercase();
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| line.contains(&value))
            .take(3)
            .collect();
        assert!(lines.is_empty(), "{value:?} is logged: {lines:#?}");
    }
}

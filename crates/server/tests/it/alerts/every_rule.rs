//! Every rule is seen to fire and to resolve, over a real mail server and real webhooks, and nothing that is told is
//! personal.

use std::sync::atomic::Ordering;

use formhand_domain::{
    FailureCode, Job, QuestionId,
    account::{AttemptResult, RecoveryEnd, RecoveryLevel},
};
use formhand_server::{alerts::RuleName, webhooks::Deliverer};

use super::{
    hooks::Hooks,
    scene::{PERSON, ROOM, Scene, account, everybody, node},
    smtpd::Smtpd,
};
use crate::webhooks::{Manner, Receiver, webhook};

/// What has to be remembered to put it right again.
enum Trouble {
    Passes { after_minutes: i64 },
    Session,
    Locked,
    Outcome(Box<Job>),
    Waiting,
    Disk,
    Question(QuestionId),
    Server,
    Webhook(Box<Deliverer>),
    Audit,
}

const FAILED: AttemptResult = AttemptResult::TimedOut;

async fn cause(scene: &Scene, crm: &Receiver, rule: RuleName) -> Trouble {
    let an_hour = Trouble::Passes { after_minutes: 61 };
    let a_day = Trouble::Passes {
        after_minutes: 24 * 60 + 1,
    };
    match rule {
        RuleName::RecoveryExhausted => {
            scene.recovers(RecoveryEnd::Exhausted).await;
            scene.down().await;
            Trouble::Session
        }
        RuleName::RecoveriesFrequent => {
            for _ in 0..11 {
                scene.recovers(RecoveryEnd::Recovered).await;
            }
            an_hour
        }
        RuleName::JobSuccess => {
            for _ in 0..6 {
                scene.file().await;
            }
            for _ in 0..4 {
                scene.refuse().await;
            }
            an_hour
        }
        RuleName::SoftRecoverySuccess => {
            scene.tries(RecoveryLevel::Soft, 5, FAILED).await;
            a_day
        }
        RuleName::HardRecoverySuccess => {
            let recovered = AttemptResult::Recovered;
            scene.tries(RecoveryLevel::Hard, 8, recovered).await;
            scene.tries(RecoveryLevel::Hard, 1, FAILED).await;
            a_day
        }
        RuleName::NuclearRecoverySuccess => {
            scene.tries(RecoveryLevel::Nuclear, 3, FAILED).await;
            a_day
        }
        RuleName::AccountDown => {
            scene.down().await;
            Trouble::Session
        }
        RuleName::AccountNeedsPerson => {
            scene.lock().await;
            Trouble::Locked
        }
        RuleName::OutcomeUnknown => {
            let job = scene.lose().await;
            scene.wait(16 * 60);
            Trouble::Outcome(Box::new(job))
        }
        RuleName::JobWaiting => {
            scene.submit().await;
            scene.wait(31 * 60);
            Trouble::Waiting
        }
        RuleName::DiskFull => {
            scene.free.store(1, Ordering::SeqCst);
            Trouble::Disk
        }
        RuleName::QuestionWaiting => {
            let question = scene.ask().await;
            scene.wait(61);
            Trouble::Question(question)
        }
        RuleName::UnknownWords => {
            scene.submit().await;
            let job = scene.claim().await;
            scene.fail(&job, FailureCode::UnknownMessage).await;
            an_hour
        }
        RuleName::ServerSilent => {
            scene.announce("node-b").await;
            scene.wait(121);
            Trouble::Server
        }
        RuleName::WebhookFailing => {
            let mut deliverer = Box::new(scene.deliverer());
            deliverer.round().await.unwrap();
            scene.file().await;
            crm.will([Manner::Answer(503, "")]);
            deliverer.round().await.unwrap();
            assert_eq!(crm.take().len(), 1);
            scene.wait(61 * 60);
            Trouble::Webhook(deliverer)
        }
        RuleName::AuditBroken => {
            prove(scene, r#"{"seq":3,"fault":"changed","message":""}"#).await;
            Trouble::Audit
        }
    }
}

async fn cure(scene: &Scene, trouble: Trouble) {
    match trouble {
        Trouble::Passes { after_minutes } => scene.wait(after_minutes * 60),
        Trouble::Session => scene.log_in().await,
        Trouble::Locked => {
            let forgiven = scene.store.forgive_account(&account(), scene.now()).await;
            forgiven.unwrap();
        }
        Trouble::Outcome(job) => scene.settle(&job).await,
        Trouble::Waiting => {
            scene.claim().await;
        }
        Trouble::Disk => scene.free.store(ROOM, Ordering::SeqCst),
        Trouble::Audit => prove(scene, "null").await,
        Trouble::Question(id) => {
            let answered = scene.store.answer(&id, PERSON, scene.now()).await;
            assert!(answered.unwrap());
        }
        Trouble::Server => scene.store.forget_node(&node("node-b")).await.unwrap(),
        // It is well again, and takes what has waited.
        Trouble::Webhook(mut deliverer) => drop(deliverer.round().await.unwrap()),
    }
}

/// What all channels were told in one message, which must be the same.
async fn told(smtpd: &Smtpd, hooks: &Hooks, rule: RuleName, list: &str) -> String {
    let plain = hooks.take_plain();
    assert_eq!(plain.len(), 1, "{rule} {list}: {plain:?}");
    let rules = plain[0].rules(list);
    assert!(
        rules.iter().any(|told| told == rule.as_str()),
        "{rule} {list}: {rules:?}"
    );
    let mail = smtpd.next().await;
    assert_eq!(mail.to, ["ops@example.com"]);
    assert!(mail.id.starts_with("<msg_") && mail.id.ends_with("@example.com>"));
    let heading = if list == "new" { "NEW\n" } else { "RESOLVED\n" };
    // Lines of a mail end in their own way.
    let tells =
        |text: &str| text.replace('\r', "").contains(heading) && text.contains(rule.as_str());
    assert!(tells(&mail.text), "{rule} {list}: {}", mail.text);
    let slack = hooks.take_slack();
    assert_eq!(slack.len(), 1, "{rule} {list}");
    assert!(tells(&slack[0]), "{rule} {list}: {}", slack[0]);
    format!("{}\n{}\n{}\n", plain[0].body, mail.raw, slack[0])
}

#[tokio::test]
async fn kf33_every_rule_fires_and_resolves_and_nothing_personal_is_told() {
    let (smtpd, hooks, crm) = tokio::join!(Smtpd::start(), Hooks::start(), Receiver::start());
    let mut all = String::new();
    for rule in RuleName::ALL {
        let told_of_jobs = vec![webhook("crm", &crm)];
        let mut scene = Scene::telling(everybody(&smtpd, &hooks), told_of_jobs);
        scene.watch().await;
        assert_eq!(hooks.take_plain().len(), 0, "{rule}: nothing is the matter");
        let trouble = cause(&scene, &crm, *rule).await;
        scene.watch().await;
        // What has to last for a while is told a round later.
        scene.watch().await;
        all += &told(&smtpd, &hooks, *rule, "new").await;
        cure(&scene, trouble).await;
        scene.watch().await;
        all += &told(&smtpd, &hooks, *rule, "resolved").await;
        all += &scene.written().await;
    }
    assert!(all.contains("garden/main") && all.contains("node-b") && all.contains("crm"));
    for personal in [PERSON, "Asha", "Planted", "Dear"] {
        assert!(!all.contains(personal), "{personal} was told");
    }
}

/// What a proof has written down.
async fn prove(scene: &Scene, broken: &str) {
    let was = scene.store.slate("audit-verdict").await.unwrap();
    let was = was.map_or(0, |slate| slate.revision);
    let at = scene.now();
    let text = format!(r#"{{"at":"{at}","broken":{broken},"entries":3,"head":null}}"#);
    let written = scene.store.write_slate("audit-verdict", was, &text).await;
    assert!(written.unwrap());
}
